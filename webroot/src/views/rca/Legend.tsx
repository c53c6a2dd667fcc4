import type { HopStatus } from '../../domain/rca';
import { HOP_MEANING, HOP_WORDS } from '../../domain/words';
import styles from './Chain.module.css';
import { HopLine } from './HopArrow';
import { HOP_SIGNS } from './hopMarks';

const ALL: readonly HopStatus[] = ['OBSERVED', 'TESTED', 'INFERRED', 'BROKEN'];

/** What the lines and signs of the chain mean. */
export function Legend() {
  return (
    <ul className={styles['legend']} aria-label="Kinds of hops">
      {ALL.map(status => {
        const Sign = HOP_SIGNS[status];
        return (
          <li key={status} title={HOP_MEANING[status]}>
            <svg width="28" height="8" aria-hidden>
              <HopLine path="M1 4H27" status={status} />
            </svg>
            <Sign size={12} stroke={2.3} aria-hidden />
            {HOP_WORDS[status]}
          </li>
        );
      })}
    </ul>
  );
}
