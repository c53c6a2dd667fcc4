import type { Cluster, Clusters } from './cluster';
import { unreachable } from './exhaustive';
import type { IncidentSummary } from './incident';

/** What the live feed tells, and pages of older incidents that were asked for. */
export type FeedEvent =
  | {
      readonly is: 'snapshot';
      readonly incidents: readonly IncidentSummary[];
      readonly clusters: readonly Cluster[];
    }
  | {
      readonly is: 'resumed';
      readonly incidents: readonly IncidentSummary[];
      readonly clusters: readonly Cluster[];
    }
  | { readonly is: 'changed'; readonly incident: IncidentSummary }
  | { readonly is: 'cluster'; readonly cluster: Cluster }
  | { readonly is: 'page'; readonly incidents: readonly IncidentSummary[] };

export type Incidents = ReadonlyMap<string, IncidentSummary>;

/** What the feed's events fold into. */
export type Known = {
  readonly incidents: Incidents;
  readonly clusters: Clusters;
  /** Grows with each snapshot, so that pages asked for before it are known to be void. */
  readonly generation: number;
};

export const NOTHING_KNOWN: Known = { incidents: new Map(), clusters: new Map(), generation: 0 };

/** Older news never overwrites newer, so events may arrive twice or out of order after a reconnect. */
export function apply(known: Known, event: FeedEvent): Known {
  switch (event.is) {
    case 'snapshot':
      return {
        incidents: new Map(event.incidents.map(incident => [incident.id, incident])),
        clusters: named(event.clusters),
        generation: known.generation + 1,
      };
    case 'resumed':
      return {
        ...known,
        incidents: fold(known.incidents, event.incidents),
        clusters: named(event.clusters),
      };
    case 'changed':
      return { ...known, incidents: fold(known.incidents, [event.incident]) };
    case 'page':
      return { ...known, incidents: fold(known.incidents, event.incidents) };
    case 'cluster':
      return {
        ...known,
        clusters: new Map(known.clusters).set(event.cluster.id, event.cluster),
      };
    default:
      return unreachable(event);
  }
}

function fold(incidents: Incidents, news: readonly IncidentSummary[]): Incidents {
  const newer = news.filter(one => (incidents.get(one.id)?.revision ?? 0) < one.revision);
  if (newer.length === 0) return incidents;
  const all = new Map(incidents);
  for (const incident of newer) all.set(incident.id, incident);
  return all;
}

function named(clusters: readonly Cluster[]): Clusters {
  return new Map(clusters.map(cluster => [cluster.id, cluster]));
}

/** The revisions to resume from: the server takes at most a thousand, the newest matter most. */
export function revisions(incidents: Incidents): Readonly<Record<string, number>> {
  const newest = [...incidents.values()]
    .sort((a, b) => b.changedAt.localeCompare(a.changedAt))
    .slice(0, 1000);
  return Object.fromEntries(newest.map(incident => [incident.id, incident.revision]));
}
