import { Button, Skeleton } from '@mantine/core';
import { IconServer2 } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { Clusters } from '../../domain/cluster';
import { standing } from '../../domain/cluster';
import type { Filter } from '../../domain/filter';
import { ACTIVE, writeFilter } from '../../domain/filter';
import { Blank } from '../../ui/Blank';
import styles from './IncidentsPage.module.css';
import { AllQuiet, Unseen } from './marks';

type NothingProps = {
  readonly isLoading: boolean;
  readonly filter: Filter;
  readonly clusters: Clusters;
  readonly onChange: (filter: Filter) => void;
};

/** Why no incident is shown: not loaded yet, filtered away, nothing watched, not seen, or really nothing. */
export function Nothing({ isLoading, filter, clusters, onChange }: NothingProps) {
  if (isLoading) return <Loading />;
  if (Object.keys(writeFilter(filter)).length > 0)
    return (
      <Blank
        icon={AllQuiet}
        title="No incident matches."
        action={
          <Button
            variant="default"
            onClick={() =>
              onChange({ statuses: ACTIVE, severities: [], verdicts: [], clusters: [], text: '' })
            }
          >
            Show all active incidents
          </Button>
        }
      >
        Nothing that is known here matches all of the filters.
      </Blank>
    );
  if (clusters.size === 0)
    return (
      <Blank
        icon={IconServer2}
        title="No cluster is watched yet."
        action={
          <Button renderRoot={props => <Link to="/clusters" search={{ add: 'true' }} {...props} />}>
            Add a cluster
          </Button>
        }
      >
        Install the operator in a cluster; it is read-only unless you decide otherwise.
      </Blank>
    );
  const unseen = [...clusters.values()].filter(one =>
    ['silent', 'partial'].includes(standing(one)),
  );
  if (unseen.length > 0)
    return (
      <Blank
        icon={Unseen}
        title="No incident that can be seen."
        action={
          <Button variant="default" renderRoot={props => <Link to="/clusters" {...props} />}>
            Look at the clusters
          </Button>
        }
      >
        {unseen.map(one => one.name).join(', ')} {unseen.length === 1 ? 'is' : 'are'} silent or only
        partly visible, so this says little about {unseen.length === 1 ? 'it' : 'them'}.
      </Blank>
    );
  return (
    <Blank icon={AllQuiet} title="All quiet.">
      Every cluster is connected and fully visible, and nothing is wrong in any of them.
    </Blank>
  );
}

function Loading() {
  return (
    <div
      className={styles['skeleton']}
      aria-busy="true"
      aria-label="Incidents are loading"
      role="status"
    >
      {[62, 48, 71, 55, 66, 43].map(width => (
        <div key={width} className={styles['skeletonRow']}>
          <Skeleton width={72} height={20} radius="xl" />
          <div style={{ flex: 1 }}>
            <Skeleton width={`${width}%`} height={13} mb={7} />
            <Skeleton width={`${width / 2}%`} height={10} />
          </div>
          <Skeleton width={90} height={13} visibleFrom="md" />
        </div>
      ))}
    </div>
  );
}
