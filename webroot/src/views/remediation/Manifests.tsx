import { IconChevronRight } from '@tabler/icons-react';
import type { Plan } from '../../domain/remediation';
import { yaml } from '../../domain/yaml';
import { Copyable } from '../../ui/Copyable';
import styles from './Fix.module.css';

/** Exactly what would be applied, and exactly what would take it back. */
export function Manifests({ plan }: { readonly plan: Plan }) {
  return (
    <div className={styles['folds']}>
      <details className={styles['fold']}>
        <summary>
          <IconChevronRight size={14} aria-hidden /> Manifest
          <code className={styles['digest']} title={`SHA-256 ${plan.manifest.digest}`}>
            {plan.manifest.digest.slice(0, 12)}
          </code>
        </summary>
        <Copyable label="Manifest as YAML" text={yaml(plan.manifest.fields)} />
      </details>
      <details className={styles['fold']}>
        <summary>
          <IconChevronRight size={14} aria-hidden /> Undo
          <span className={styles['muted']}>applied by itself when the fix does not help</span>
        </summary>
        <Copyable label="Undo as YAML" text={yaml(plan.undo.fields)} />
      </details>
    </div>
  );
}
