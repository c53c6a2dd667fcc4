import { Button, Skeleton } from '@mantine/core';
import { IconLock, IconPlugConnectedX } from '@tabler/icons-react';
import { useCallback, useEffect, useState } from 'react';
import type { AuditEntry } from '../../domain/access';
import { may } from '../../domain/access';
import { plain } from '../../domain/words';
import type { Problem } from '../../store/kestrel';
import { problemOf } from '../../store/kestrel';
import { useKestrel, usePrincipal } from '../../store/react';
import { Blank } from '../../ui/Blank';
import { Moment } from '../../ui/Time';
import { useTitle } from '../../ui/title';
import styles from './Audit.module.css';

/** Who did what; append only, each entry chained to the one before by its hash. */
export function AuditPage() {
  useTitle('Audit');
  const isAdmin = may(usePrincipal(), 'ADMINISTER');
  return (
    <div className={styles['page']}>
      <h1 className={styles['title']}>Audit</h1>
      {isAdmin ? (
        <Log />
      ) : (
        <Blank icon={IconLock} title="The audit log is for admins.">
          Ask an admin of your tenant when you need to know who did what.
        </Blank>
      )}
    </div>
  );
}

function Log() {
  const kestrel = useKestrel();
  const [entries, setEntries] = useState<readonly AuditEntry[]>([]);
  const [next, setNext] = useState<number>();
  const [problem, setProblem] = useState<Problem>();
  const load = useCallback(
    (before: number) =>
      kestrel.rest.audit(before, 100).then(
        page => {
          setEntries(held => (before === 0 ? page.entries : [...held, ...page.entries]));
          setNext(page.next);
          setProblem(undefined);
        },
        (thrown: unknown) => setProblem(problemOf(thrown)),
      ),
    [kestrel],
  );
  useEffect(() => void load(0), [load]);
  if (problem !== undefined && entries.length === 0)
    return (
      <Blank
        icon={IconPlugConnectedX}
        alert
        title={problem.title}
        action={<Button onClick={() => void load(0)}>Try again</Button>}
      >
        {problem.action}
      </Blank>
    );
  if (next === undefined)
    return (
      <Skeleton
        height={300}
        radius="lg"
        role="status"
        aria-busy="true"
        aria-label="The audit log is loading"
      />
    );
  return (
    <>
      <div className={styles['frame']}>
        <table className={styles['table']} aria-label="Audit log">
          <thead>
            <tr>
              {['No.', 'When', 'Who', 'What', 'On', 'Hash'].map(name => (
                <th key={name} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {entries.map(entry => (
              <Row key={entry.number} entry={entry} />
            ))}
          </tbody>
        </table>
        {entries.length === 0 && <p className={styles['none']}>Nothing has been done yet.</p>}
      </div>
      {next > 0 && (
        <Button
          variant="default"
          size="xs"
          className={styles['older'] ?? ''}
          onClick={() => void load(next)}
        >
          Load older entries
        </Button>
      )}
    </>
  );
}

function Row({ entry }: { readonly entry: AuditEntry }) {
  return (
    <tr>
      <td className={styles['number']}>{entry.number}</td>
      <td className={styles['when']}>
        <Moment at={entry.at} day />
      </td>
      <td title={entry.by}>{entry.by}</td>
      <td title={entry.action}>{plain(entry.action)}</td>
      <td className={styles['subject']}>
        <code>{entry.subject}</code>
        {entry.detail !== '' && <span>{entry.detail}</span>}
      </td>
      <td>
        <code title={entry.hash}>{entry.hash.slice(0, 8)}</code>
      </td>
    </tr>
  );
}
