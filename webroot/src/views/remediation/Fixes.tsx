import type { Incident } from '../../domain/incident';
import { inOrderOfNeed } from '../../domain/remediation';
import { Panel } from '../../ui/Panel';
import { FixCard } from './FixCard';
import styles from './Fix.module.css';

/** The fixes on offer, the one that matters now first and open. */
export function Fixes({ incident }: { readonly incident: Incident }) {
  const fixes = inOrderOfNeed(incident.remediations);
  if (fixes.length === 0)
    return (
      <Panel title="Fix">
        <p className={styles['muted']}>
          {incident.diagnosis.verdict === 'ROOT_CAUSE'
            ? 'No fix has been computed for this cause yet.'
            : 'No fix is offered while the cause is not certain enough.'}
        </p>
      </Panel>
    );
  return (
    <>
      {fixes.map((fix, index) => (
        <FixCard key={fix.id} incident={incident} fix={fix} isFirst={index === 0} />
      ))}
    </>
  );
}
