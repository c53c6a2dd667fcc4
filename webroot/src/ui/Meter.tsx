import styles from './Meter.module.css';

/** A share of one, drawn; the words for it belong beside it. */
export function Meter({ value, label, text, color = 'var(--accent)' }: MeterProps) {
  return (
    <span
      className={styles['meter']}
      role="meter"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round(value * 100)}
      aria-valuetext={text}
    >
      <span className={styles['fill']} style={{ width: `${value * 100}%`, background: color }} />
    </span>
  );
}

type MeterProps = {
  readonly value: number;
  readonly label: string;
  readonly text: string;
  readonly color?: string;
};
