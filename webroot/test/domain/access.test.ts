import { describe, expect, test } from 'vitest';
import type { Permission, Role } from '../../src/domain/access';
import { may } from '../../src/domain/access';
import { details } from '../../src/domain/cluster';
import { worldOf } from '../../dev/world';

describe('each role may do what the ones before it may', () => {
  test.each<[Role, Permission[]]>([
    ['VIEWER', ['READ']],
    ['RESPONDER', ['READ', 'RESPOND']],
    ['APPROVER', ['READ', 'RESPOND', 'DECIDE']],
    ['ADMIN', ['READ', 'RESPOND', 'DECIDE', 'ADMINISTER']],
  ])('%s', (role, allowed) => {
    const all: Permission[] = ['READ', 'RESPOND', 'DECIDE', 'ADMINISTER'];
    const principal = { tenant: 't', user: 'u', name: 'n', role };
    expect(all.filter(one => may(principal, one))).toEqual(allowed);
  });
});

describe('what a cluster reports about itself is read as far as it is understood', () => {
  const [cluster] = worldOf('admin@acme.example', 0).clusters;
  if (cluster === undefined) throw new Error('the fixture has clusters');
  const read = (reported: unknown) => details({ ...cluster, details: reported });

  test('sources, what cannot be seen, and what may be changed', () => {
    const logs = { name: 'logs', state: 'STALE', stalenessMillis: 9000, detail: 'late', shed: 12 };
    const all = {
      sources: [logs],
      blind: ['logs is behind by 9 s: late.'],
      writeNamespaces: ['shop'],
      writeKinds: ['Deployment'],
    };
    expect(read(all)).toEqual(all);
  });

  test.each([[null], ['text'], [[]], [{ sources: 7, blind: 'x' }], [{ sources: [null, 5] }]])(
    '%o is no error',
    reported => expect(() => read(reported)).not.toThrow(),
  );
});
