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

/** How a source of telemetry is doing; `shed` counts what was dropped before it could be sent. */
export type Source = {
  readonly name: string;
  readonly state: string;
  readonly stalenessMillis: number;
  readonly detail: string;
  readonly shed: number;
};

/** What a cluster's owner reports in `details`, as far as it is understood. */
export type Details = {
  readonly sources: readonly Source[];
  /** What cannot be seen, in sentences. */
  readonly blind: readonly string[];
  readonly writeNamespaces: readonly string[];
  readonly writeKinds: readonly string[];
};

/** Reads the free form of `details`: what is not there is left out, never an error. */
export function details(cluster: Cluster): Details {
  const all = members(cluster.details);
  return {
    sources: list(all['sources']).map(members).map(readSource),
    blind: list(all['blind']).map(text).filter(Boolean),
    writeNamespaces: list(all['writeNamespaces']).map(text).filter(Boolean),
    writeKinds: list(all['writeKinds']).map(text).filter(Boolean),
  };
}

function readSource(raw: Readonly<Record<string, unknown>>): Source {
  return {
    name: text(raw['name']),
    state: text(raw['state']),
    stalenessMillis: amount(raw['stalenessMillis']),
    detail: text(raw['detail']),
    shed: amount(raw['shed']),
  };
}

function amount(value: unknown): number {
  return typeof value === 'number' ? value : 0;
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function members(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : {};
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
