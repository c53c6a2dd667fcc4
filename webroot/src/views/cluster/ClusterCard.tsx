import { IconChevronRight, IconLock, IconPencilCheck } from '@tabler/icons-react';
import { useId } from 'react';
import { may } from '../../domain/access';
import type { Cluster, Details } from '../../domain/cluster';
import { details, FULL_VISIBILITY } from '../../domain/cluster';
import { percent } from '../../domain/rca';
import { durationMillis, hasCome, span } from '../../domain/time';
import { plain } from '../../domain/words';
import { usePrincipal } from '../../store/react';
import { Mark } from '../../ui/Mark';
import { Meter } from '../../ui/Meter';
import { Age } from '../../ui/Time';
import styles from './Clusters.module.css';
import { SourceMark, StandingMark } from './marks';
import { Revoke } from './Revoke';

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
      {known.sources.length > 0 && <Sources known={known} />}
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
      {known.counts.map(([name, count]) => (
        <div key={name}>
          <dt>{plain(name)}</dt>
          <dd>{count.toLocaleString('en')}</dd>
        </div>
      ))}
    </dl>
  );
}

function Sources({ known }: { readonly known: Details }) {
  const ill = known.sources.filter(one => one.state === 'STALE');
  const shed = known.shed.reduce((sum, one) => sum + one.count, 0);
  return (
    <details className={styles['sources']} open={ill.length > 0}>
      <summary>
        <IconChevronRight size={14} aria-hidden /> {known.sources.length} sources
        {ill.length > 0 && `, ${ill.length} stale`}
        {shed > 0 && `, ${shed.toLocaleString('en')} signals shed`}
      </summary>
      <ul className={styles['grid']} aria-label="Sources">
        {known.sources.map(source => (
          <li key={source.name} className={styles['source']} title={source.detail}>
            <SourceMark state={source.state} />
            <span className={styles['sourceName']}>{source.name}</span>
            <span className={styles['muted']}>
              {source.state === 'ABSENT' ? 'absent' : staleness(source.staleness)}
            </span>
          </li>
        ))}
      </ul>
      {known.shed.map(one => (
        <p key={one.source + one.reason} className={styles['muted']}>
          {one.source}: {one.count.toLocaleString('en')} signals were dropped
          {one.reason !== '' && ` (${plain(one.reason).toLowerCase()})`}. Silence there means
          nothing.
        </p>
      ))}
    </details>
  );
}

function staleness(duration: string): string {
  const ms = durationMillis(duration);
  return ms < 1000 ? '< 1s' : span(ms);
}
