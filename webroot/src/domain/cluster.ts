/** A cluster of the tenant and how it is doing. */
export type Cluster = {
  readonly id: string;
  readonly name: string;
  readonly state: 'INVITED' | 'ACTIVE' | 'REVOKED';
  readonly createdAt: string;
  readonly connected: boolean;
  readonly lastHeardAt: string;
  readonly operatorVersion: string;
  readonly kubernetesVersion: string;
  readonly writeEnabled: boolean;
  readonly visibility: number;
  readonly details: unknown;
};

export type Clusters = ReadonlyMap<string, Cluster>;

/** What is handed out once for a new cluster. */
export type Invitation = {
  readonly cluster: Cluster;
  readonly joinToken: string;
  readonly expiresAt: string;
  readonly helmCommand: string;
};

/** How a source of telemetry is doing. */
export type Source = {
  readonly name: string;
  readonly state: string;
  readonly staleness: string;
  readonly detail: string;
  readonly shed: number;
};

/** What was dropped before it could be sent. */
export type Shed = { readonly source: string; readonly count: number; readonly reason: string };

/** What a cluster's owner reports in `details`, as far as it is understood. */
export type Details = {
  readonly sources: readonly Source[];
  readonly shed: readonly Shed[];
  readonly counts: readonly (readonly [string, number])[];
};

/** Reads the free form of `details`: what is not there is left out, never an error. */
export function details(cluster: Cluster): Details {
  const all = members(cluster.details);
  const counts = Object.entries({ ...members(all['counts']), ...all });
  const sources = entries(all['sources'], 'source').map(readSource);
  const shed = sources.filter(one => one.shed > 0);
  return {
    sources,
    shed: [
      ...entries(all['shed'], 'source').map(readShed),
      ...shed.map(one => ({ source: one.name, count: one.shed, reason: '' })),
    ],
    counts: counts.filter((pair): pair is [string, number] => typeof pair[1] === 'number'),
  };
}

function readSource(raw: Readonly<Record<string, unknown>>): Source {
  return {
    name: text(raw['source'] ?? raw['name']),
    state: text(raw['state']),
    staleness: text(raw['staleness']),
    detail: text(raw['detail']),
    shed: amount(raw['shed']),
  };
}

function readShed(raw: Readonly<Record<string, unknown>>): Shed {
  return {
    source: text(raw['source']),
    count: amount(raw['count']),
    reason: text(raw['reason']),
  };
}

function amount(value: unknown): number {
  return typeof value === 'number' ? value : 0;
}

/** A list of objects, or an object of objects whose names become a member. */
function entries(value: unknown, name: string): readonly Readonly<Record<string, unknown>>[] {
  if (Array.isArray(value)) return value.map(members);
  return Object.entries(members(value)).map(([key, member]) =>
    typeof member === 'object'
      ? { [name]: key, ...members(member) }
      : { [name]: key, state: member, count: member },
  );
}

function members(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : {};
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';
}

/** How a cluster stands, in one word; what people look at first comes first when sorted. */
export type Standing = 'silent' | 'partial' | 'invited' | 'healthy' | 'revoked';

/** Below this share of live sources a cluster's silence must not be read as health. */
export const FULL_VISIBILITY = 0.995;

export function standing(cluster: Cluster): Standing {
  switch (cluster.state) {
    case 'REVOKED':
      return 'revoked';
    case 'INVITED':
      return 'invited';
    case 'ACTIVE':
      if (!cluster.connected) return 'silent';
      return cluster.visibility < FULL_VISIBILITY ? 'partial' : 'healthy';
  }
}

const ORDER: readonly Standing[] = ['silent', 'partial', 'invited', 'healthy', 'revoked'];

export function byNeed(clusters: Clusters): readonly Cluster[] {
  return [...clusters.values()].sort(
    (a, b) =>
      ORDER.indexOf(standing(a)) - ORDER.indexOf(standing(b)) || a.name.localeCompare(b.name),
  );
}
