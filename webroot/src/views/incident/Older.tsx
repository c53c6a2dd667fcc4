import { Button } from '@mantine/core';
import { useState } from 'react';
import type { Filter } from '../../domain/filter';
import type { Problem } from '../../store/kestrel';
import { problemOf } from '../../store/kestrel';
import { useKestrel, useKnown } from '../../store/react';
import styles from './IncidentsPage.module.css';

/** The feed tells of this many incidents that are over and that are not; there may be more. */
const TOLD = { resolved: 100, active: 500 };

/** Reads what the feed did not tell, a page at a time. */
export function Older({ filter }: { readonly filter: Filter }) {
  const kestrel = useKestrel();
  const mayBeMore = useKnown(state => isCut(state.known.incidents.values(), filter));
  const [cursor, setCursor] = useState<string>();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  if (cursor === '' || (cursor === undefined && !mayBeMore)) return null;

  const load = () => {
    setBusy(true);
    setProblem(undefined);
    kestrel
      .older(filter, cursor ?? '')
      .then(page => setCursor(page.next))
      .catch((thrown: unknown) => setProblem(problemOf(thrown)))
      .finally(() => setBusy(false));
  };
  return (
    <div className={styles['older']}>
      <Button variant="default" size="xs" loading={busy} onClick={load}>
        {problem === undefined ? 'Load older incidents' : `${problem.title} Try again`}
      </Button>
    </div>
  );
}

function isCut(incidents: Iterable<{ readonly status: string }>, filter: Filter): boolean {
  let resolved = 0;
  let active = 0;
  for (const one of incidents) {
    if (one.status === 'RESOLVED') resolved++;
    else active++;
  }
  const asksResolved = filter.statuses.length === 0 || filter.statuses.includes('RESOLVED');
  return active >= TOLD.active || (asksResolved && resolved >= TOLD.resolved);
}
