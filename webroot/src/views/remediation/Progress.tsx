import { IconCheck, IconX } from '@tabler/icons-react';
import { hasDecision, milestones } from '../../domain/remediation';
import type { Remediation } from '../../domain/remediation';
import { Moment } from '../../ui/Time';
import styles from './Fix.module.css';

const WORDS = { done: 'done', now: 'under way', ahead: 'to come', failed: 'not reached' };

/** How far the fix is, and everything that happened to it; follows the feed. */
export function Progress({ fix }: { readonly fix: Remediation }) {
  return (
    <div className={styles['progress']}>
      <ol className={styles['way']} aria-label="Progress">
        {milestones(fix.phase).map(one => (
          <li
            key={one.name}
            className={styles['milestone']}
            data-state={one.state}
            aria-current={one.state === 'now' ? 'step' : undefined}
            aria-label={`${one.name}: ${WORDS[one.state]}`}
          >
            <span className={styles['pin']} aria-hidden>
              {one.state === 'done' && <IconCheck size={11} stroke={3} />}
              {one.state === 'failed' && <IconX size={11} stroke={3} />}
            </span>
            <span aria-hidden>{one.name}</span>
          </li>
        ))}
      </ol>
      {hasDecision(fix) && (
        <ol className={styles['history']} aria-label="What happened to this fix">
          {fix.history.map((step, index) => (
            <li key={`${step.at} ${index}`}>
              <span className={styles['when']}>
                <Moment at={step.at} />
              </span>
              <span>
                {step.text} <span className={styles['muted']}>{step.by}</span>
              </span>
            </li>
          ))}
        </ol>
      )}
    </div>
  );
}
