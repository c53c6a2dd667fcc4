import { useHotkeys } from '@mantine/hooks';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import type { Incident } from '../../domain/incident';
import type { Hypothesis } from '../../domain/rca';
import { Panel } from '../../ui/Panel';
import styles from './Chain.module.css';

const Chain = lazy(() => import('./Chain'));

/** How the cause brought the symptoms about, hop by hop, with the evidence of the chosen hop beside it. */
export function ChainPanel({ incident }: { readonly incident: Incident }) {
  const search = useSearch({ from: '/incidents/$id' });
  const navigate = useNavigate({ from: '/incidents/$id' });
  const shown = chosen(incident.diagnosis.hypotheses, search.hypothesis);
  const hops = shown?.chain ?? [];
  const index = Math.min(hops.length - 1, Math.max(0, Number(search.hop ?? 1) - 1 || 0));
  const choose = (next: number) =>
    void navigate({
      search: before => ({ ...before, hop: String(Math.min(hops.length, Math.max(1, next + 1))) }),
      replace: true,
      resetScroll: false,
    });
  useHotkeys([
    ['j', () => choose(index + 1)],
    ['k', () => choose(index - 1)],
  ]);
  const hop = hops[index];
  if (shown === undefined || hop === undefined) return null;
  return (
    <Panel title="Causal chain" aside={<Aside shown={shown} />}>
      <Suspense fallback={<div className={styles['waiting']} />}>
        <Chain incident={incident} hops={hops} index={index} hop={hop} onChoose={choose} />
      </Suspense>
    </Panel>
  );
}

function Aside({ shown }: { readonly shown: Hypothesis }) {
  if (shown.rank === 1) return <>From the cause to the symptoms</>;
  return (
    <>
      Chain of hypothesis {shown.rank}.{' '}
      <Link to="." search={{}} resetScroll={false}>
        Show the first
      </Link>
    </>
  );
}

function chosen(all: readonly Hypothesis[], rank: string | undefined): Hypothesis | undefined {
  return (
    all.find(one => String(one.rank) === rank && one.chain.length > 0) ??
    all.find(one => one.chain.length > 0)
  );
}
