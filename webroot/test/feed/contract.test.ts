import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { POLICY } from '../../dev/policy';
import { stories } from '../../dev/stories';
import { summary, worldOf } from '../../dev/world';
import { Rest } from '../../src/feed/rest';
import type { Session } from '../../src/feed/session';

type Operations = Readonly<Record<string, Readonly<Record<string, unknown>>>>;
type Described = { paths: Operations; components: { schemas: Record<string, unknown> } };

const FILE = '../../../modules/api/src/main/resources/openapi/kestrel.yaml';
const api = parse(readFileSync(new URL(FILE, import.meta.url), 'utf8')) as Described;
const ajv = new Ajv2020({ strict: false, allErrors: true });
(addFormats as unknown as { default: (on: Ajv2020) => void }).default(ajv);
ajv.addSchema({ $id: 'api', ...api });

/** What is wrong with a value as the given schema has it; empty when nothing is. */
function mistakes(schema: string, value: unknown): unknown {
  const validate = ajv.getSchema(`api#/components/schemas/${schema}`);
  if (validate === undefined) throw new Error(`there is no schema ${schema}`);
  return validate(value) ? [] : validate.errors;
}

const world = worldOf('admin@acme.example', Date.parse('2026-01-01T00:00:00Z'));

describe('what the tests show is what the server may answer', () => {
  test.each(stories(0).map(one => [one.id, one] as const))('%s', (_, incident) => {
    expect(mistakes('Incident', incident)).toEqual([]);
    expect(mistakes('IncidentSummary', summary(incident))).toEqual([]);
  });

  test.each(world.clusters.map(one => [one.name, one] as const))('cluster %s', (_, cluster) =>
    expect(mistakes('Cluster', cluster)).toEqual([]),
  );

  test('and a value that is not is noticed', () =>
    expect(mistakes('Cluster', { id: 7 })).not.toEqual([]));
});

test('every operation that is asked for is described', async () => {
  const asked: string[] = [];
  const session = {
    fetch: (method: string, path: string) => {
      asked.push(`${method.toLowerCase()} ${path.replace(/\?.*/, '')}`);
      return Promise.resolve(Response.json({}));
    },
  };
  const rest = new Rest(session as unknown as Session);
  const filter = { statuses: [], severities: [], verdicts: [], clusters: [], text: '' };
  await Promise.all([
    rest.incident('{id}'),
    rest.incidents(filter, '', 500),
    rest.audit(0, 100),
    rest.acknowledge('{id}'),
    rest.resolve('{id}', ''),
    rest.judge('{id}', true, ''),
    rest.approve('{id}', '{rid}', ''),
    rest.reject('{id}', '{rid}', 'TOO_RISKY', ''),
    rest.addCluster('name'),
    rest.revokeCluster('{id}'),
  ]);
  const described = Object.entries(api.paths).flatMap(([path, operations]) =>
    Object.keys(operations).map(method => `${method} ${path}`),
  );
  expect(asked.map(decodeURIComponent).filter(one => !described.includes(one))).toEqual([]);
});

test('the policy that the tests run under is the one that the server sends', () => {
  const file = '../../../modules/api/src/main/java/dev/kestrel/api/http/SecurityHeaders.java';
  const source = readFileSync(new URL(file, import.meta.url), 'utf8');
  const sent = /POLICY =(.*?);\n/s.exec(source)?.[1]?.match(/"([^"]*)"/g) ?? [];
  expect(sent.map(part => part.slice(1, -1)).join('')).toBe(POLICY);
});
