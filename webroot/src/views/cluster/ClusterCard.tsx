import { IconLock, IconPencilCheck } from '@tabler/icons-react';
import { useId } from 'react';
import { may } from '../../domain/access';
import type { Cluster, Details } from '../../domain/cluster';
import { details, FULL_VISIBILITY } from '../../domain/cluster';
import { percent } from '../../domain/rca';
import { hasCome } from '../../domain/time';
import { usePrincipal } from '../../store/react';
import { Mark } from '../../ui/Mark';
import { Meter } from '../../ui/Meter';
import { Age } from '../../ui/Time';
import styles from './Clusters.module.css';
import { StandingMark } from './marks';
import { Revoke } from './Revoke';
import { Blind, Sources } from './Sources';

/** One cluster: connection, what is seen of it, and whether it may be changed. */
export function ClusterCard({ cluster }: { readonly cluster: Cluster }) {
  const heading = useId();
  const isAdmin = may(usePrincipal(), 'ADMINISTER');
  const known = details(cluster);
  return (
    <li className={styles['card']} aria-labelledby={heading}>
      <div className={styles['cardHead']}>
        <h2 className={styles['name']} id={heading} title={cluster.name}>
          {cluster.name}
        </h2>
        <StandingMark cluster={cluster} />
        {cluster.state === 'ACTIVE' && <WriteMark isOn={cluster.writeEnabled} />}
        {isAdmin && cluster.state !== 'REVOKED' && <Revoke cluster={cluster} />}
      </div>
      {cluster.state !== 'INVITED' && <Facts cluster={cluster} known={known} />}
      {cluster.state === 'INVITED' && (
        <p className={styles['muted']}>
          The operator has not joined yet. Its join token works once, for one hour after the
          invitation.
        </p>
      )}
      {known.blind.length > 0 && <Blind sentences={known.blind} />}
      {known.sources.length > 0 && <Sources sources={known.sources} />}
    </li>
  );
}

function WriteMark({ isOn }: { readonly isOn: boolean }) {
  return isOn ? (
    <Mark tone="accent" icon={IconPencilCheck} title="Approved fixes can be applied here.">
      Write mode
    </Mark>
  ) : (
    <Mark
      tone="plain"
      icon={IconLock}
      title="The operator only reads here; fixes cannot be applied."
    >
      Read-only
    </Mark>
  );
}

function Facts({ cluster, known }: { readonly cluster: Cluster; readonly known: Details }) {
  const seen = percent(cluster.visibility);
  const color = cluster.visibility < FULL_VISIBILITY ? 'var(--medium)' : 'var(--good)';
  return (
    <dl className={styles['facts']}>
      <div className={styles['visibility']}>
        <dt title="Share of the expected sources that are live and unshed.">Visibility</dt>
        <dd>
          <span className={styles['number']}>{seen}</span>
          <Meter value={cluster.visibility} label="Visibility" text={seen} color={color} />
        </dd>
      </div>
      <div>
        <dt>Last heard</dt>
        <dd>
          {hasCome(cluster.lastHeardAt) ? (
            <>
              <Age since={cluster.lastHeardAt} /> ago
            </>
          ) : (
            'never'
          )}
        </dd>
      </div>
      <div>
        <dt>Kubernetes</dt>
        <dd>{cluster.kubernetesVersion || '–'}</dd>
      </div>
      <div>
        <dt>Operator</dt>
        <dd>{cluster.operatorVersion || '–'}</dd>
      </div>
      {cluster.writeEnabled && known.writeKinds.length > 0 && (
        <div className={styles['writable']}>
          <dt title="Only with a person's approval, each time.">May be changed</dt>
          <dd>
            {known.writeKinds.join(', ')} in {known.writeNamespaces.join(', ')}
          </dd>
        </div>
      )}
    </dl>
  );
}
