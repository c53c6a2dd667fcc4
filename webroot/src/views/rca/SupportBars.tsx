import { IconMinus, IconPlus } from '@tabler/icons-react';
import { clsx } from 'clsx';
import type { Support } from '../../domain/rca';
import { weightWords } from '../../domain/rca';
import styles from './Hypotheses.module.css';

type SupportBarsProps = {
  readonly support: readonly Support[];
  readonly titleOf: (evidence: readonly string[]) => string;
};

/** What speaks for a hypothesis to the right, against it to the left; lengths are log likelihood ratios. */
export function SupportBars({ support, titleOf }: SupportBarsProps) {
  if (support.length === 0)
    return <p className={styles['facts']}>Nothing specific speaks for or against it.</p>;
  const most = Math.max(3, ...support.map(one => Math.abs(one.llr)));
  return (
    <ul className={styles['bars']} aria-label="What speaks for and against it">
      {support.map(one => {
        const isFor = one.llr >= 0;
        const Sign = isFor ? IconPlus : IconMinus;
        return (
          <li key={one.text} className={styles['bar']} title={titleOf(one.evidence)}>
            <Sign size={13} stroke={2.4} role="img" aria-label={isFor ? 'For' : 'Against'} />
            <span className={styles['barText']}>{one.text}</span>
            <span className={styles['scale']} aria-hidden>
              <span
                className={clsx(styles['fill'], isFor ? styles['for'] : styles['against'])}
                style={{ width: `${(Math.abs(one.llr) / most) * 50}%` }}
              />
            </span>
            <span className={styles['weight']} title={`Log likelihood ratio ${one.llr.toFixed(2)}`}>
              {weightWords(one.llr)}
            </span>
          </li>
        );
      })}
    </ul>
  );
}
