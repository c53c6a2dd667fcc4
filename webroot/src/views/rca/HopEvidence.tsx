import { ActionIcon } from '@mantine/core';
import { IconChevronDown, IconChevronUp } from '@tabler/icons-react';
import type { Incident } from '../../domain/incident';
import { evidenceById, evidenceOf } from '../../domain/incident';
import type { Hop } from '../../domain/rca';
import { percent } from '../../domain/rca';
import { HOP_MEANING, HOP_WORDS, plain } from '../../domain/words';
import styles from './Evidence.module.css';
import { EvidenceItem } from './EvidenceItem';
import { HOP_SIGNS } from './hopMarks';

type HopEvidenceProps = {
  readonly incident: Incident;
  readonly hop: Hop;
  readonly index: number;
  readonly count: number;
  readonly onChoose: (index: number) => void;
};

/** What grounds the chosen hop: the rule, the edge, and what was seen. */
export function HopEvidence({ incident, hop, index, count, onChoose }: HopEvidenceProps) {
  const seen = evidenceOf(hop.evidence, evidenceById(incident));
  const Sign = HOP_SIGNS[hop.status];
  return (
    <section className={styles['panel']} aria-label="Evidence of the hop" aria-live="polite">
      <div className={styles['head']}>
        <span className={styles['place']}>
          Hop {index + 1} of {count}
        </span>
        <ActionIcon
          variant="default"
          size="sm"
          aria-label="Previous hop"
          disabled={index === 0}
          onClick={() => onChoose(index - 1)}
        >
          <IconChevronUp size={14} />
        </ActionIcon>
        <ActionIcon
          variant="default"
          size="sm"
          aria-label="Next hop"
          disabled={index === count - 1}
          onClick={() => onChoose(index + 1)}
        >
          <IconChevronDown size={14} />
        </ActionIcon>
      </div>
      <h3 className={styles['title']}>
        {plain(hop.fromState)} <span aria-label="brings about">→</span> {plain(hop.toState)}
      </h3>
      <p>{hop.text}</p>
      <dl className={styles['facts']}>
        <div>
          <dt>Grounding</dt>
          <dd>
            <Sign size={13} stroke={2.2} aria-hidden /> <strong>{HOP_WORDS[hop.status]}</strong>.{' '}
            {HOP_MEANING[hop.status]}
          </dd>
        </div>
        <div>
          <dt>Edge</dt>
          <dd>{hop.relation === 'self' ? 'on the same resource' : <code>{hop.relation}</code>}</dd>
        </div>
        <div>
          <dt>Rule</dt>
          <dd>
            <code>{hop.rule}</code>, follows in {percent(hop.weight)} of cases
          </dd>
        </div>
      </dl>
      <ul className={styles['list']} aria-label="Evidence">
        {seen.map(evidence => (
          <EvidenceItem key={evidence.id} evidence={evidence} openedAt={incident.openedAt} />
        ))}
      </ul>
      {seen.length === 0 && (
        <p className={styles['none']}>
          Nothing shows this hop directly; it rests on its rule and on the hops around it.
        </p>
      )}
    </section>
  );
}
