import type { IncidentSummary, Severity, Status } from './incident';
import { SEVERITIES, STATUSES, VERDICTS } from './incident';
import type { Verdict } from './rca';

/** Which incidents to show. Empty lists and texts mean "any". */
export type Filter = {
  readonly statuses: readonly Status[];
  readonly severities: readonly Severity[];
  readonly verdicts: readonly Verdict[];
  readonly clusters: readonly string[];
  readonly text: string;
};

/** What people see first: everything that is not over. */
export const ACTIVE: readonly Status[] = ['OPEN', 'ACKNOWLEDGED', 'MITIGATED'];

/** Members of the address that a filter is written to. */
export type FilterSearch = {
  status?: string;
  severity?: string;
  verdict?: string;
  cluster?: string;
  q?: string;
};

/** Reads a filter from the address; what is not understood is left out. Without `status`, active ones. */
export function readFilter(search: FilterSearch): Filter {
  return {
    statuses: search.status === 'any' ? [] : orActive(known(search.status, STATUSES)),
    severities: known(search.severity, SEVERITIES),
    verdicts: known(search.verdict, VERDICTS),
    clusters: words(search.cluster),
    text: search.q ?? '',
  };
}

/** Writes a filter as short as it can be, so that the plain list has a plain address. */
export function writeFilter(filter: Filter): FilterSearch {
  const search: FilterSearch = {};
  if (filter.statuses.length === 0) search.status = 'any';
  else if (!sameStatuses(filter.statuses, ACTIVE)) search.status = filter.statuses.join(',');
  if (filter.severities.length > 0) search.severity = filter.severities.join(',');
  if (filter.verdicts.length > 0) search.verdict = filter.verdicts.join(',');
  if (filter.clusters.length > 0) search.cluster = filter.clusters.join(',');
  if (filter.text !== '') search.q = filter.text;
  return search;
}

function orActive(statuses: readonly Status[]): readonly Status[] {
  return statuses.length === 0 ? ACTIVE : statuses;
}

function sameStatuses(a: readonly Status[], b: readonly Status[]): boolean {
  return a.length === b.length && a.every(status => b.includes(status));
}

function words(text: string | undefined): readonly string[] {
  return (text ?? '').split(',').filter(word => word !== '');
}

function known<T extends string>(text: string | undefined, all: readonly T[]): readonly T[] {
  const asked = words(text);
  return all.filter(one => asked.includes(one));
}

/** Those that match, most urgent first: open before over, then severity, then the newest. */
export function select(
  incidents: Iterable<IncidentSummary>,
  filter: Filter,
  clusterName: (id: string) => string,
): readonly IncidentSummary[] {
  const needle = filter.text.trim().toLowerCase();
  const found: IncidentSummary[] = [];
  for (const one of incidents) {
    if (
      any(filter.statuses, one.status) &&
      any(filter.severities, one.severity) &&
      any(filter.verdicts, one.verdict) &&
      any(filter.clusters, one.cluster) &&
      (needle === '' || haystack(one, clusterName).includes(needle))
    )
      found.push(one);
  }
  return found.sort(byUrgency);
}

function any<T>(wanted: readonly T[], value: T): boolean {
  return wanted.length === 0 || wanted.includes(value);
}

function haystack(one: IncidentSummary, clusterName: (id: string) => string): string {
  return `${one.title} ${one.cause} ${one.causeAt} ${one.id} ${clusterName(one.cluster)}`.toLowerCase();
}

function byUrgency(a: IncidentSummary, b: IncidentSummary): number {
  const over = Number(a.status === 'RESOLVED') - Number(b.status === 'RESOLVED');
  if (over !== 0) return over;
  const severity =
    a.status === 'RESOLVED' ? 0 : SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity);
  return severity || b.openedAt.localeCompare(a.openedAt) || a.id.localeCompare(b.id);
}
