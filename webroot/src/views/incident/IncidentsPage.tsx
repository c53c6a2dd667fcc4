import { useNavigate, useSearch } from '@tanstack/react-router';
import { useDeferredValue, useMemo } from 'react';
import type { Filter } from '../../domain/filter';
import { readFilter, select, writeFilter } from '../../domain/filter';
import { useKnown } from '../../store/react';
import { useTitle } from '../../ui/title';
import { Filters } from './Filters';
import { IncidentList } from './IncidentList';
import styles from './IncidentsPage.module.css';
import { Nothing } from './Nothing';
import { Older } from './Older';

/** Everything that is not over, most urgent first; the address holds what is looked for. */
export function IncidentsPage() {
  const search = useSearch({ from: '/incidents' });
  const navigate = useNavigate({ from: '/incidents' });
  const known = useKnown(state => state.known);
  const filter = useMemo(() => readFilter(search), [search]);
  const deferred = useDeferredValue(filter);
  const found = useMemo(
    () => select(known.incidents.values(), deferred, id => known.clusters.get(id)?.name ?? id),
    [known, deferred],
  );
  useTitle(found.length === 0 ? 'Incidents' : `Incidents (${found.length})`);
  const isLoading = known.generation === 0;
  const change = (next: Filter) => void navigate({ search: writeFilter(next), replace: true });

  return (
    <div className={styles['page']}>
      <div className={styles['head']}>
        <h1 className={styles['title']}>Incidents</h1>
        <p className={styles['count']} role="status">
          {isLoading ? 'Loading…' : `${found.length.toLocaleString('en')} shown`}
        </p>
      </div>
      <Filters filter={filter} clusters={known.clusters} onChange={change} />
      {found.length > 0 && (
        <IncidentList
          incidents={found}
          clusters={known.clusters}
          foot={<Older key={`${known.generation} ${JSON.stringify(filter)}`} filter={filter} />}
        />
      )}
      {found.length === 0 && (
        <Nothing
          isLoading={isLoading}
          filter={filter}
          clusters={known.clusters}
          onChange={change}
        />
      )}
    </div>
  );
}
