import type { Cluster } from '../domain/cluster';
import type { FeedEvent } from '../domain/feed';
import type { IncidentSummary } from '../domain/incident';

/** Reads one message of the feed; undefined for what this version does not know, which is no error. */
export function parse(text: unknown): FeedEvent | undefined {
  const message = object(typeof text === 'string' ? json(text) : undefined);
  switch (message?.['is']) {
    case 'snapshot':
    case 'resumed':
      return {
        is: message['is'],
        incidents: list(message['incidents']).filter(isIncident),
        clusters: list(message['clusters']).filter(isCluster),
      };
    case 'changed':
      return isIncident(message['incident'])
        ? { is: 'changed', incident: message['incident'] }
        : undefined;
    case 'cluster':
      return isCluster(message['cluster'])
        ? { is: 'cluster', cluster: message['cluster'] }
        : undefined;
    default:
      return undefined;
  }
}

function isIncident(value: unknown): value is IncidentSummary {
  const it = object(value);
  return typeof it?.['id'] === 'string' && typeof it['revision'] === 'number';
}

function isCluster(value: unknown): value is Cluster {
  const it = object(value);
  return typeof it?.['id'] === 'string' && typeof it['name'] === 'string';
}

function object(value: unknown): Record<string, unknown> | undefined {
  return typeof value === 'object' && value !== null
    ? (value as Record<string, unknown>)
    : undefined;
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function json(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
