import { Button, Skeleton } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { IconArrowLeft, IconPlugConnectedX } from '@tabler/icons-react';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { useEffect } from 'react';
import type { Incident } from '../../domain/incident';
import type { Problem } from '../../store/kestrel';
import { useKestrel, useKnown } from '../../store/react';
import { Blank } from '../../ui/Blank';
import { Notice } from '../../ui/Notice';
import { useTitle } from '../../ui/title';
import { ChainPanel } from '../rca/ChainPanel';
import { Hypotheses } from '../rca/Hypotheses';
import { Judge } from '../rca/Judge';
import { VerdictPanel } from '../rca/VerdictPanel';
import { Fixes } from '../remediation/Fixes';
import { IncidentHead } from './IncidentHead';
import styles from './IncidentPage.module.css';
import { Investigations } from './Investigations';
import { Symptoms } from './Symptoms';
import { Timeline } from './Timeline';

/** One incident: what is wrong, why, what may be done about it, and everything that grounds it. */
export function IncidentPage() {
  const { id } = useParams({ from: '/incidents/$id' });
  const kestrel = useKestrel();
  const navigate = useNavigate();
  useEffect(() => kestrel.watch(id), [kestrel, id]);
  useHotkeys([['u', () => void navigate({ to: '/incidents' })]]);
  const held = useKnown(state => state.open.get(id));
  useTitle(held?.is === 'ready' ? held.value.title : 'Incident');
  return (
    <div className={styles['page']}>
      <Link to="/incidents" className={styles['back']}>
        <IconArrowLeft size={15} aria-hidden /> Incidents
      </Link>
      {(held === undefined || held.is === 'loading') && <Loading />}
      {held?.is === 'failed' && (
        <Unread problem={held.problem} again={() => void kestrel.readIncident(id)} />
      )}
      {held?.is === 'ready' && held.stale !== undefined && (
        <Notice tone="medium" title="This page may be old.">
          {held.stale.title} {held.stale.action}
        </Notice>
      )}
      {held?.is === 'ready' && <Whole incident={held.value} />}
    </div>
  );
}

function Whole({ incident }: { readonly incident: Incident }) {
  return (
    <>
      <IncidentHead incident={incident} />
      <div className={styles['columns']}>
        <div className={styles['verdict']}>
          <VerdictPanel incident={incident} />
        </div>
        <div className={styles['aside']}>
          <Fixes incident={incident} />
          <Judge incident={incident} />
        </div>
        <div className={styles['main']}>
          <ChainPanel incident={incident} />
          <Hypotheses incident={incident} />
          <Symptoms incident={incident} />
          <Investigations incident={incident} />
          <Timeline incident={incident} />
        </div>
      </div>
    </>
  );
}

function Loading() {
  return (
    <div
      role="status"
      aria-busy="true"
      aria-label="The incident is loading"
      className={styles['loading']}
    >
      <Skeleton height={26} width="55%" />
      <Skeleton height={110} radius="lg" />
      <Skeleton height={420} radius="lg" />
    </div>
  );
}

function Unread({ problem, again }: { readonly problem: Problem; readonly again: () => void }) {
  return (
    <Blank
      icon={IconPlugConnectedX}
      alert
      title={problem.status === 404 ? 'There is no such incident.' : problem.title}
      action={problem.status !== 404 && <Button onClick={again}>Try again</Button>}
    >
      {problem.status === 404
        ? 'It may have been removed, or it belongs to somebody else.'
        : problem.action}
    </Blank>
  );
}
