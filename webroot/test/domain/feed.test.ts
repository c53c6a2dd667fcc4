import { expect, test } from 'vitest';
import { summary, worldOf } from '../../dev/world';
import type { FeedEvent, Known } from '../../src/domain/feed';
import { apply, NOTHING_KNOWN, revisions } from '../../src/domain/feed';
import type { IncidentSummary } from '../../src/domain/incident';

const world = worldOf('admin@acme.example', Date.parse('2026-01-01T00:00:00Z'));
const incidents = [...world.incidents.values()].map(summary);
const first = incidents[0] as IncidentSummary;
const snapshot: FeedEvent = { is: 'snapshot', incidents, clusters: world.clusters };

function after(...events: readonly FeedEvent[]): Known {
  return events.reduce(apply, NOTHING_KNOWN);
}

test('a snapshot replaces everything that was known', () => {
  const known = after(snapshot, { is: 'snapshot', incidents: [first], clusters: [] });
  expect([...known.incidents.keys()]).toEqual([first.id]);
  expect(known.clusters.size).toBe(0);
  expect(known.generation).toBe(2);
});

test('newer news replaces older, and never the other way round', () => {
  const newer = { ...first, revision: 9, title: 'newer' };
  const older = { ...first, revision: 8, title: 'older' };
  const known = after(
    snapshot,
    { is: 'changed', incident: newer },
    { is: 'changed', incident: older },
  );
  expect(known.incidents.get(first.id)?.title).toBe('newer');
});

test('news that repeats changes nothing, so nothing is drawn again', () => {
  const before = after(snapshot);
  expect(apply(before, { is: 'changed', incident: first }).incidents).toBe(before.incidents);
});

test('after a resume what is held stays, what changed is folded in, and pages asked for stay good', () => {
  const known = after(snapshot, {
    is: 'resumed',
    incidents: [{ ...first, revision: 99 }],
    clusters: world.clusters,
  });
  expect(known.incidents.size).toBe(incidents.length);
  expect(known.incidents.get(first.id)?.revision).toBe(99);
  expect(known.generation).toBe(1);
});

test('a page of older incidents adds, and does not undo what the feed told since', () => {
  const old = { ...first, id: 'inc-old', revision: 1 };
  const known = after(
    snapshot,
    { is: 'changed', incident: { ...first, revision: 50 } },
    { is: 'page', incidents: [old, first] },
  );
  expect(known.incidents.get(first.id)?.revision).toBe(50);
  expect(known.incidents.has('inc-old')).toBe(true);
});

test('a cluster that changed replaces the one that was held', () => {
  const [cluster] = world.clusters;
  if (cluster === undefined) throw new Error('the fixture has clusters');
  const known = after(snapshot, { is: 'cluster', cluster: { ...cluster, connected: false } });
  expect(known.clusters.get(cluster.id)?.connected).toBe(false);
});

test('at most a thousand revisions are named to resume from, the newest ones', () => {
  const many = worldOf('admin+crowd@acme.example', Date.parse('2026-01-01T00:00:00Z')).crowd;
  const named = revisions(new Map(many.map(one => [one.id, one])));
  expect(Object.keys(named)).toHaveLength(1000);
  expect(named['inc-crowd-0']).toBe(1);
  expect(named['inc-crowd-9999']).toBeUndefined();
});
