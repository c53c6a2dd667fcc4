import { Button, Skeleton } from '@mantine/core';
import { IconPlus, IconServer2 } from '@tabler/icons-react';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { may } from '../../domain/access';
import { byNeed } from '../../domain/cluster';
import { useKnown, usePrincipal } from '../../store/react';
import { Blank } from '../../ui/Blank';
import { Notice } from '../../ui/Notice';
import { useTitle } from '../../ui/title';
import { AddCluster } from './AddCluster';
import { ClusterCard } from './ClusterCard';
import styles from './Clusters.module.css';

/** How well each cluster is seen, and how another is added. */
export function ClustersPage() {
  useTitle('Clusters');
  const search = useSearch({ from: '/clusters' });
  const navigate = useNavigate({ from: '/clusters' });
  const known = useKnown(state => state.known);
  const isAdmin = may(usePrincipal(), 'ADMINISTER');
  const clusters = byNeed(known.clusters);
  const add = isAdmin && (
    <Button
      size="sm"
      leftSection={<IconPlus size={16} />}
      onClick={() => void navigate({ search: { add: 'true' } })}
    >
      Add a cluster
    </Button>
  );
  return (
    <div className={styles['page']}>
      <div className={styles['head']}>
        <h1 className={styles['title']}>Clusters</h1>
        {add}
      </div>
      {!isAdmin && <Notice tone="plain">Admins add and revoke clusters.</Notice>}
      {known.generation === 0 && (
        <Skeleton
          height={180}
          radius="lg"
          role="status"
          aria-busy="true"
          aria-label="Clusters are loading"
        />
      )}
      {known.generation > 0 && clusters.length === 0 && (
        <Blank icon={IconServer2} title="No cluster is watched yet." action={add}>
          Install the operator in a cluster. It only reads, unless you start it with write mode.
        </Blank>
      )}
      <ul className={styles['list']} aria-label="Clusters">
        {clusters.map(cluster => (
          <ClusterCard key={cluster.id} cluster={cluster} />
        ))}
      </ul>
      {isAdmin && (
        <AddCluster
          opened={search.add !== undefined}
          onClose={() => void navigate({ search: {} })}
        />
      )}
    </div>
  );
}
