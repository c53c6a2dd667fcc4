import type { AuditEntry } from '../domain/access';
import type { Invitation } from '../domain/cluster';
import type { Filter } from '../domain/filter';
import type { Incident, IncidentSummary } from '../domain/incident';
import type { RejectReason } from '../domain/remediation';
import type { Session } from './session';

export type IncidentPage = {
  readonly incidents: readonly IncidentSummary[];
  readonly next: string;
};
export type AuditPage = { readonly entries: readonly AuditEntry[]; readonly next: number };

/** Every operation of the REST interface that the dashboard asks for. */
export class Rest {
  constructor(private readonly session: Session) {}

  incident(id: string): Promise<Incident> {
    return this.read(`/api/v1/incidents/${encodeURIComponent(id)}`);
  }

  /** One page, newest first; verdicts are not asked for, the caller filters by them. */
  incidents(filter: Filter, cursor: string, limit: number): Promise<IncidentPage> {
    const query = new URLSearchParams();
    for (const status of filter.statuses) query.append('status', status);
    for (const severity of filter.severities) query.append('severity', severity);
    for (const cluster of filter.clusters) query.append('cluster', cluster);
    if (filter.text !== '') query.set('text', filter.text);
    if (cursor !== '') query.set('cursor', cursor);
    query.set('limit', String(limit));
    return this.read(`/api/v1/incidents?${query.toString()}`);
  }

  audit(before: number, limit: number): Promise<AuditPage> {
    const query = new URLSearchParams({ limit: String(limit) });
    if (before > 0) query.set('before', String(before));
    return this.read(`/api/v1/audit?${query.toString()}`);
  }

  acknowledge(incident: string): Promise<void> {
    return this.tell(`${at(incident)}/acknowledge`);
  }

  resolve(incident: string, comment: string): Promise<void> {
    return this.tell(`${at(incident)}/resolve`, { comment });
  }

  judge(incident: string, right: boolean, comment: string): Promise<void> {
    return this.tell(`${at(incident)}/judgement`, { right, comment });
  }

  /** Apply exactly the plan with this digest; refused when it has changed since. */
  approve(incident: string, remediation: string, digest: string): Promise<void> {
    return this.tell(`${at(incident)}/remediations/${encodeURIComponent(remediation)}/approve`, {
      digest,
    });
  }

  reject(
    incident: string,
    remediation: string,
    reason: RejectReason,
    comment: string,
  ): Promise<void> {
    return this.tell(`${at(incident)}/remediations/${encodeURIComponent(remediation)}/reject`, {
      reason,
      comment,
    });
  }

  async addCluster(name: string): Promise<Invitation> {
    const response = await this.session.fetch('POST', '/api/v1/clusters', { name });
    return (await response.json()) as Invitation;
  }

  async revokeCluster(id: string): Promise<void> {
    await this.session.fetch('DELETE', `/api/v1/clusters/${encodeURIComponent(id)}`);
  }

  private async read<T>(path: string): Promise<T> {
    return (await (await this.session.fetch('GET', path)).json()) as T;
  }

  private async tell(path: string, body?: object): Promise<void> {
    await this.session.fetch('POST', path, body);
  }
}

function at(incident: string): string {
  return `/api/v1/incidents/${encodeURIComponent(incident)}`;
}
