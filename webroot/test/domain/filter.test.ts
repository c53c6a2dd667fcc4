import { describe, expect, test } from 'vitest';
import { summary, worldOf } from '../../dev/world';
import type { FilterSearch } from '../../src/domain/filter';
import { readFilter, select, writeFilter } from '../../src/domain/filter';

const world = worldOf('admin@acme.example', Date.parse('2026-01-01T00:00:00Z'));
const incidents = [...world.incidents.values()].map(summary);
const found = (search: FilterSearch) =>
  select(incidents, readFilter(search), id => id).map(one => one.id);

test('the plain list shows what is not over, the most urgent and then the newest first', () => {
  expect(found({})).toEqual([
    'inc-7f3a91c2',
    'inc-8d05dd05',
    'inc-2c90d17e',
    'inc-c0ffee12',
    'inc-51be08aa',
    'inc-10a90a3e',
    'inc-000d15c0',
  ]);
});

describe('filters narrow', () => {
  test.each<[string, FilterSearch, string[]]>([
    ['by state', { status: 'RESOLVED' }, ['inc-9d44f0b7']],
    ['by severity', { severity: 'CRITICAL' }, ['inc-7f3a91c2', 'inc-8d05dd05']],
    ['by verdict', { verdict: 'UNKNOWN_CAUSE' }, ['inc-000d15c0']],
    ['by cluster', { cluster: 'prod-us-2' }, ['inc-c0ffee12']],
    ['by text in the title, whatever its case', { q: 'OOM-KILLED' }, ['inc-2c90d17e']],
    ['by the resource of the cause', { q: 'shop/deny-egress' }, ['inc-7f3a91c2']],
    ['by all of them together', { severity: 'HIGH', cluster: 'prod-eu-1' }, ['inc-2c90d17e']],
    ['down to nothing', { q: 'no such thing' }, []],
  ])('%s', (_, search, ids) => expect(found(search)).toEqual(ids));
});

describe('the address and the filter say the same', () => {
  test.each<[FilterSearch]>([
    [{}],
    [{ status: 'any' }],
    [{ status: 'OPEN,RESOLVED' }],
    [{ severity: 'CRITICAL,LOW', verdict: 'CANDIDATES', cluster: 'a,b', q: 'dns' }],
  ])('%o', search => expect(writeFilter(readFilter(search))).toEqual(search));
});

test('what an address asks for that does not exist is left out', () => {
  expect(readFilter({ severity: 'CRITICAL,TERRIBLE', status: 'GONE' })).toEqual(
    readFilter({ severity: 'CRITICAL' }),
  );
});
