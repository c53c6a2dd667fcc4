import { Loader } from '@mantine/core';
import type { Incident } from '../../domain/incident';
import { Panel } from '../../ui/Panel';
import { Moment } from '../../ui/Time';
import styles from './IncidentPage.module.css';

/** Read-only questions that were asked inside the cluster, why, and what came of them. */
export function Investigations({ incident }: { readonly incident: Incident }) {
  const runs = incident.investigations;
  return (
    <Panel title="Investigations" aside="Read-only, run inside the cluster">
      {runs.length === 0 && <p className={styles['why']}>None was needed so far.</p>}
      <ol className={styles['runs']}>
        {runs.map(run => (
          <li key={run.id} className={styles['run']}>
            <div className={styles['question']}>
              <code className={styles['tool']}>{run.tool}</code>
              <code>{run.arguments}</code>
              <span className={styles['when']}>
                <Moment at={run.askedAt} />
              </span>
            </div>
            <p className={styles['why']}>{run.why}</p>
            {run.answered ? (
              <pre
                className={styles['answer']}
                role="region"
                aria-label={`Answer of ${run.tool}`}
                tabIndex={0}
              >
                {spread(run.answer)}
              </pre>
            ) : (
              <p className={styles['pending']} role="status">
                <Loader size={13} aria-hidden /> Waiting for the operator’s answer
              </p>
            )}
          </li>
        ))}
      </ol>
    </Panel>
  );
}

/** An answer in JSON over several lines; any other as it is, also one that was cut off. */
function spread(answer: string): string {
  try {
    return JSON.stringify(JSON.parse(answer), null, 2);
  } catch {
    return answer;
  }
}
