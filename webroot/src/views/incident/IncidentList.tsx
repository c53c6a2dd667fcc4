import { useHotkeys, useMediaQuery } from '@mantine/hooks';
import { useVirtualizer } from '@tanstack/react-virtual';
import type { ReactNode } from 'react';
import { useRef } from 'react';
import type { Clusters } from '../../domain/cluster';
import type { IncidentSummary } from '../../domain/incident';
import styles from './IncidentList.module.css';
import { IncidentRow } from './IncidentRow';

/** Height of the line with the names of the columns, in pixels; rows scroll beneath it. */
const HEAD = 31;

type IncidentListProps = {
  readonly incidents: readonly IncidentSummary[];
  readonly clusters: Clusters;
  readonly foot: ReactNode;
};

/** Only the rows in sight exist, so ten thousand are as quick as ten. `j` and `k` walk, Enter opens. */
export function IncidentList({ incidents, clusters, foot }: IncidentListProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const isNarrow = useMediaQuery('(max-width: 47.99rem)', false, {
    getInitialValueInEffect: false,
  });
  const rows = useVirtualizer({
    count: incidents.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => (isNarrow ? 106 : 61),
    getItemKey: index => incidents[index]?.id ?? index,
    overscan: 8,
    scrollPaddingStart: HEAD,
  });

  const focus = (index: number): boolean => {
    const link = scroller.current?.querySelector<HTMLElement>(`[data-row="${index}"] a`);
    link?.focus({ preventScroll: true });
    return link !== null && link !== undefined;
  };
  const walk = (by: number) => {
    const here = document.activeElement?.closest('[data-row]')?.getAttribute('data-row');
    const next = here === null || here === undefined ? 0 : Number(here) + by;
    const index = Math.min(incidents.length - 1, Math.max(0, next));
    rows.scrollToIndex(index);
    // At once where the row exists, so that Enter right after it opens it; else when it was scrolled to.
    if (!focus(index)) requestAnimationFrame(() => requestAnimationFrame(() => focus(index)));
  };
  useHotkeys([
    ['j', () => walk(1)],
    ['k', () => walk(-1)],
    ['ArrowDown', () => walk(1)],
    ['ArrowUp', () => walk(-1)],
  ]);

  return (
    <div
      className={styles['frame']}
      role="table"
      aria-label="Incidents"
      aria-rowcount={incidents.length + 1}
    >
      <div role="presentation" className={styles['scroller']} ref={scroller}>
        <div role="rowgroup" className={styles['head']}>
          <div role="row" aria-rowindex={1} className={styles['columns']}>
            {['Severity', 'Incident', 'Cause', 'Cluster', 'State', 'Age'].map(name => (
              <span key={name} role="columnheader">
                {name}
              </span>
            ))}
          </div>
        </div>
        <div role="rowgroup" style={{ height: rows.getTotalSize(), position: 'relative' }}>
          {rows.getVirtualItems().map(row => {
            const incident = incidents[row.index];
            return incident === undefined ? null : (
              <IncidentRow
                key={incident.id}
                incident={incident}
                index={row.index}
                top={row.start}
                height={row.size}
                cluster={clusters.get(incident.cluster)?.name ?? incident.cluster}
              />
            );
          })}
        </div>
        {foot}
      </div>
    </div>
  );
}
