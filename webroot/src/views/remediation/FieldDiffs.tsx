import type { FieldDiff } from '../../domain/remediation';
import { pretty } from '../../domain/yaml';
import styles from './Fix.module.css';

/** Field by field, what is there and what would be; nothing else of the object changes. */
export function FieldDiffs({ diffs }: { readonly diffs: readonly FieldDiff[] }) {
  return (
    <ul className={styles['diffs']} aria-label="Changed fields">
      {diffs.map(diff => (
        <li key={diff.path} className={styles['diff']}>
          <code className={styles['path']} title={diff.path}>
            {diff.path}
          </code>
          <Side sign="−" word="Before" value={diff.before} className={styles['before']} />
          <Side sign="+" word="After" value={diff.after} className={styles['after']} />
        </li>
      ))}
    </ul>
  );
}

type SideProps = {
  readonly sign: string;
  readonly word: string;
  readonly value: string;
  readonly className: string | undefined;
};

function Side({ sign, word, value, className }: SideProps) {
  if (value === 'null' || value === '') return null;
  return (
    <pre className={className}>
      <span className={styles['sign']} role="img" aria-label={word}>
        {sign}
      </span>
      <span>{pretty(value)}</span>
    </pre>
  );
}
