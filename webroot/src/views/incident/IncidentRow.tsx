import { Link } from '@tanstack/react-router';
import { clsx } from 'clsx';
import { memo } from 'react';
import type { IncidentSummary } from '../../domain/incident';
import { percent } from '../../domain/rca';
import { parseRef } from '../../domain/signal';
import { plain } from '../../domain/words';
import { Meter } from '../../ui/Meter';
import { Resource } from '../../ui/Resource';
import { Age } from '../../ui/Time';
import styles from './IncidentList.module.css';
import { SeverityMark, StatusMark, VerdictMark } from './marks';

type IncidentRowProps = {
  readonly incident: IncidentSummary;
  readonly index: number;
  readonly top: number;
  readonly height: number;
  readonly cluster: string;
};

/** One incident in the list: what, where, how bad, why and how sure, since when. */
export const IncidentRow = memo(function IncidentRow(props: IncidentRowProps) {
  const { incident, index, top, height, cluster } = props;
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      data-row={index}
      className={clsx(
        styles['columns'],
        styles['row'],
        incident.status === 'RESOLVED' && styles['over'],
      )}
      data-severity={incident.severity}
      style={{ transform: `translateY(${top}px)`, height }}
    >
      <span role="cell" className={styles['severity']}>
        <SeverityMark severity={incident.severity} />
      </span>
      <span role="cell" className={styles['what']}>
        <Link
          to="/incidents/$id"
          params={{ id: incident.id }}
          className={styles['title']}
          title={incident.title}
        >
          {incident.title}
        </Link>
        <CauseLine incident={incident} />
      </span>
      <span role="cell" className={styles['verdict']}>
        <VerdictMark verdict={incident.verdict} />
        <Confidence incident={incident} />
      </span>
      <span role="cell" className={styles['cluster']} title={cluster}>
        {cluster}
      </span>
      <span role="cell" className={styles['status']}>
        <StatusMark status={incident.status} />
      </span>
      <span role="cell" className={styles['age']}>
        <Age since={incident.openedAt} until={incident.resolvedAt} />
      </span>
    </div>
  );
});

function CauseLine({ incident }: { readonly incident: IncidentSummary }) {
  const at = parseRef(incident.causeAt);
  if (incident.verdict === 'UNKNOWN_CAUSE' || incident.cause === '' || incident.cause === 'unknown')
    return <span className={styles['cause']}>No cause named</span>;
  return (
    <span className={styles['cause']}>
      <span className={styles['mechanism']} title={incident.cause}>
        {plain(incident.cause)}
      </span>
      {at !== undefined && <Resource at={at} />}
    </span>
  );
}

/** How sure; for an unknown cause there is nothing to be sure of. */
function Confidence({ incident }: { readonly incident: IncidentSummary }) {
  if (incident.verdict === 'UNKNOWN_CAUSE') return null;
  const text = percent(incident.confidence);
  const color = incident.verdict === 'ROOT_CAUSE' ? 'var(--good)' : 'var(--medium)';
  return (
    <span className={styles['confidence']}>
      <Meter value={incident.confidence} label="Confidence" text={text} color={color} />
      <span>{incident.verdict === 'CANDIDATES' ? `best ${text}` : text}</span>
    </span>
  );
}
