import type { Role } from '../src/domain/access';
import type { Cluster } from '../src/domain/cluster';
import type { Incident, IncidentSummary, Severity } from '../src/domain/incident';
import { SEVERITIES } from '../src/domain/incident';
import type { Phase } from '../src/domain/remediation';
import { refText } from '../src/domain/signal';
import { clockFrom, NEVER } from './parts';
import { stories } from './stories';

/** What one signed-in person of the fixture sees; the name in the address chooses it. */
export type World = {
  readonly role: Role;
  readonly incidents: Map<string, Incident>;
  readonly crowd: readonly IncidentSummary[];
  readonly clusters: Cluster[];
};

/** `admin@…`, `viewer+empty@…`, `admin+crowd@…`: a role, and whether there is nothing, or ten thousand of it. */
export function worldOf(email: string, now: number): World {
  const [name = '', variant = ''] = (email.split('@')[0] ?? '').split('+');
  const role = (['VIEWER', 'RESPONDER', 'APPROVER', 'ADMIN'] as const).find(
    one => one.toLowerCase() === name,
  );
  const told = variant === 'empty' ? [] : stories(now);
  return {
    role: role ?? 'ADMIN',
    incidents: new Map(told.map(incident => [incident.id, incident])),
    crowd: variant === 'crowd' ? crowd(now, 10_000) : [],
    clusters: variant === 'empty' ? [] : clusters(now),
  };
}

export function summary(incident: Incident): IncidentSummary {
  const first = incident.diagnosis.hypotheses[0];
  const at = first?.causes[0];
  return {
    id: incident.id,
    cluster: incident.cluster.cluster,
    revision: incident.revision,
    status: incident.status,
    severity: incident.severity,
    title: incident.title,
    verdict: incident.diagnosis.verdict,
    cause: at?.mechanism ?? '',
    causeAt: at === undefined ? '' : refText(at.at),
    confidence: first?.probability ?? 0,
    openedAt: incident.openedAt,
    changedAt: incident.changedAt,
    resolvedAt: incident.resolvedAt,
  };
}

function crowd(now: number, size: number): readonly IncidentSummary[] {
  const names = ['cart', 'search', 'billing', 'ledger', 'mailer', 'media-transcoder', 'auth'];
  return Array.from({ length: size }, (_, i) => {
    const name = `${names[i % names.length] ?? ''}-${i}`;
    const opened = new Date(now - i * 41_000 - 60_000).toISOString();
    const verdict = (['ROOT_CAUSE', 'ROOT_CAUSE', 'CANDIDATES', 'UNKNOWN_CAUSE'] as const)[i % 4];
    const isUnknown = verdict === 'UNKNOWN_CAUSE';
    return {
      id: `inc-crowd-${i}`,
      cluster: ['prod-eu-1', 'prod-us-2', 'staging'][i % 3] ?? '',
      revision: 1,
      status: i % 5 === 4 ? 'RESOLVED' : i % 3 === 0 ? 'ACKNOWLEDGED' : 'OPEN',
      severity: (SEVERITIES[(i * 7) % 4] satisfies Severity | undefined) ?? 'LOW',
      title: `${name} is OOM-killed by its own memory limit`,
      verdict: verdict ?? 'UNKNOWN_CAUSE',
      cause: isUnknown ? '' : 'container.memory_limit_too_low',
      causeAt: isUnknown ? '' : `Deployment/shop/${name}`,
      confidence: isUnknown ? 0.2 : (verdict === 'ROOT_CAUSE' ? 0.7 : 0.3) + (i % 29) / 100,
      openedAt: opened,
      changedAt: opened,
      resolvedAt: i % 5 === 4 ? new Date(now - i * 41_000).toISOString() : NEVER,
    };
  });
}

function cluster(id: string, at: string, more: Partial<Cluster>): Cluster {
  return {
    id,
    name: id,
    state: 'ACTIVE',
    createdAt: at,
    connected: true,
    lastHeardAt: at,
    operatorVersion: '0.1.0',
    kubernetesVersion: 'v1.36.1',
    writeEnabled: false,
    visibility: 1,
    details: {},
    ...more,
  };
}

const KINDS = [
  'Pod',
  'Node',
  'Deployment',
  'ReplicaSet',
  'Service',
  'EndpointSlice',
  'Event',
  'NetworkPolicy',
];

function source(name: string, more: object = {}): unknown {
  return { name, state: 'LIVE', stalenessMillis: 400, detail: '', shed: 0, ...more };
}

function reported(more: readonly unknown[] = [], blind: readonly string[] = []): object {
  const sources = [...KINDS.map(kind => source(`watch/${kind}`)), ...more];
  return { sources, blind, writeNamespaces: [], writeKinds: [] };
}

function clusters(now: number): Cluster[] {
  const t = clockFrom(now);
  const detail = 'node-3 is behind';
  const flows = source('flows', { state: 'STALE', stalenessMillis: 40_000, detail });
  const notServed = { state: 'ABSENT', detail: 'The kind is not served here.' };
  const absent = source('watch/HorizontalPodAutoscaler', notServed);
  const logs = source('logs');
  const blind = [
    'flows is behind by 40 s: node-3 is behind.',
    '1204 signals of logs were dropped in the last 10 minutes.',
  ];
  const writable = {
    writeNamespaces: ['payments', 'shop', 'analytics', 'kube-system'],
    writeKinds: ['Deployment', 'StatefulSet', 'DaemonSet', 'Service'],
  };
  return [
    cluster('prod-eu-1', t(-2), {
      writeEnabled: true,
      visibility: 0.94,
      details: {
        ...reported([source('logs', { shed: 1204 }), flows, absent], blind),
        ...writable,
      },
    }),
    cluster('prod-us-2', t(-1), { details: reported([logs]) }),
    cluster('staging', t(-1), {
      writeEnabled: true,
      details: { ...reported([logs]), ...writable },
    }),
    cluster('edge-berlin', t(-2520), {
      connected: false,
      visibility: 0,
      details: { blind: ['The operator is not connected: nothing can be seen.'] },
    }),
    cluster('a-cluster-whose-name-is-as-long-as-the-rules-for-names-allow-it', t(-3), {
      details: reported(),
    }),
    cluster('new-in-town', t(-300), {
      state: 'INVITED',
      connected: false,
      lastHeardAt: NEVER,
      visibility: 0,
      operatorVersion: '',
      kubernetesVersion: '',
    }),
  ];
}

/** The incident after one more thing happened to a fix of it; the diagnosis stays as it is. */
export function withPhase(
  incident: Incident,
  fix: string,
  phase: Phase,
  by: string,
  text: string,
  at: string,
): Incident {
  const isVerified = phase === 'VERIFIED';
  return {
    ...incident,
    revision: incident.revision + 1,
    changedAt: at,
    status: isVerified ? 'RESOLVED' : incident.status,
    resolvedAt: isVerified ? at : incident.resolvedAt,
    symptoms: incident.symptoms.map(one =>
      isVerified ? { ...one, state: 'CLEARED', bad: 0 } : one,
    ),
    timeline: [...incident.timeline, { at, kind: 'REMEDIATION', by, text }],
    remediations: incident.remediations.map(one =>
      one.id === fix ? { ...one, phase, history: [...one.history, { at, phase, by, text }] } : one,
    ),
  };
}
