import { Button, Checkbox, CloseButton, Kbd, Popover, TextInput } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { IconChevronDown, IconSearch } from '@tabler/icons-react';
import { useRef } from 'react';
import type { Clusters } from '../../domain/cluster';
import type { Filter } from '../../domain/filter';
import { ACTIVE } from '../../domain/filter';
import { SEVERITIES, STATUSES, VERDICTS } from '../../domain/incident';
import { SEVERITY_WORDS, STATUS_WORDS, VERDICT_WORDS } from '../../domain/words';
import styles from './IncidentsPage.module.css';

type FiltersProps = {
  readonly filter: Filter;
  readonly clusters: Clusters;
  readonly onChange: (filter: Filter) => void;
};

/** What to look for; every change goes into the address. */
export function Filters({ filter, clusters, onChange }: FiltersProps) {
  const isActive =
    filter.statuses.length === ACTIVE.length && ACTIVE.every(one => filter.statuses.includes(one));
  const isNarrow =
    !isActive ||
    filter.severities.length + filter.verdicts.length + filter.clusters.length > 0 ||
    filter.text !== '';
  return (
    <div className={styles['filters']} role="search" aria-label="Filter incidents">
      <Search text={filter.text} onChange={text => onChange({ ...filter, text })} />
      <Choice
        name="State"
        summary={isActive ? 'Active' : undefined}
        options={STATUSES.map(value => [value, STATUS_WORDS[value]])}
        chosen={filter.statuses}
        onChange={statuses =>
          onChange({ ...filter, statuses: STATUSES.filter(one => statuses.includes(one)) })
        }
      />
      <Choice
        name="Severity"
        options={SEVERITIES.map(value => [value, SEVERITY_WORDS[value]])}
        chosen={filter.severities}
        onChange={severities =>
          onChange({ ...filter, severities: SEVERITIES.filter(one => severities.includes(one)) })
        }
      />
      <Choice
        name="Verdict"
        options={VERDICTS.map(value => [value, VERDICT_WORDS[value]])}
        chosen={filter.verdicts}
        onChange={verdicts =>
          onChange({ ...filter, verdicts: VERDICTS.filter(one => verdicts.includes(one)) })
        }
      />
      <Choice
        name="Cluster"
        options={[...clusters.values()].map(cluster => [cluster.id, cluster.name])}
        chosen={filter.clusters}
        onChange={chosen => onChange({ ...filter, clusters: chosen })}
      />
      {isNarrow && (
        <Button
          variant="subtle"
          size="compact-sm"
          onClick={() =>
            onChange({ statuses: ACTIVE, severities: [], verdicts: [], clusters: [], text: '' })
          }
        >
          Clear filters
        </Button>
      )}
    </div>
  );
}

function Search({
  text,
  onChange,
}: {
  readonly text: string;
  readonly onChange: (text: string) => void;
}) {
  const input = useRef<HTMLInputElement>(null);
  useHotkeys([['/', () => input.current?.focus()]]);
  return (
    <TextInput
      ref={input}
      className={styles['search'] ?? ''}
      size="sm"
      type="search"
      aria-label="Search incidents"
      aria-keyshortcuts="/"
      placeholder="Title, cause, resource or cluster"
      leftSection={<IconSearch size={15} aria-hidden />}
      rightSection={
        text === '' ? (
          <Kbd size="xs">/</Kbd>
        ) : (
          <CloseButton size="sm" aria-label="Clear search" onClick={() => onChange('')} />
        )
      }
      value={text}
      onChange={event => onChange(event.currentTarget.value)}
      onKeyDown={event => {
        if (event.key === 'Escape') input.current?.blur();
      }}
    />
  );
}

type ChoiceProps = {
  readonly name: string;
  readonly summary?: string | undefined;
  readonly options: readonly (readonly [string, string])[];
  readonly chosen: readonly string[];
  readonly onChange: (chosen: readonly string[]) => void;
};

function Choice({ name, summary, options, chosen, onChange }: ChoiceProps) {
  const words = options.filter(([value]) => chosen.includes(value)).map(([, word]) => word);
  const shown = summary ?? (words.length > 2 ? `${words.length} chosen` : words.join(', '));
  return (
    <Popover position="bottom-start" trapFocus returnFocus>
      <Popover.Target>
        <Button
          variant="default"
          size="sm"
          px={10}
          fw={450}
          rightSection={<IconChevronDown size={14} aria-hidden />}
          aria-label={shown === '' ? name : `${name}: ${shown}`}
        >
          {name}
          {shown !== '' && <span className={styles['chosen']}>&nbsp;{shown}</span>}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={name}>
        <Checkbox.Group value={[...chosen]} onChange={onChange} aria-label={name}>
          <div className={styles['options']}>
            {options.map(([value, word]) => (
              <Checkbox key={value} value={value} label={word} size="sm" />
            ))}
            {options.length === 0 && <span>None yet</span>}
          </div>
        </Checkbox.Group>
      </Popover.Dropdown>
    </Popover>
  );
}
