import type { Diagnosis, Verdict } from './rca';
import type { Remediation } from './remediation';
import type { ResourceRef } from './signal';
import type { Evidence, Symptom } from './symptom';

export const STATUSES = ['OPEN', 'ACKNOWLEDGED', 'MITIGATED', 'RESOLVED'] as const;
export type Status = (typeof STATUSES)[number];

export const SEVERITIES = ['CRITICAL', 'HIGH', 'MEDIUM', 'LOW'] as const;
export type Severity = (typeof SEVERITIES)[number];

export const VERDICTS: readonly Verdict[] = ['ROOT_CAUSE', 'CANDIDATES', 'UNKNOWN_CAUSE'];

/** What the list shows of an incident. */
export type IncidentSummary = {
  readonly id: string;
  readonly cluster: string;
  readonly revision: number;
  readonly status: Status;
  readonly severity: Severity;
  readonly title: string;
  readonly verdict: Verdict;
  readonly cause: string;
  readonly causeAt: string;
  readonly confidence: number;
  readonly openedAt: string;
  readonly changedAt: string;
  readonly resolvedAt: string;
};

/** The whole of it: symptoms, diagnosis, fixes, and everything they refer to. */
export type Incident = {
  readonly id: string;
  readonly cluster: { readonly tenant: string; readonly cluster: string };
  readonly revision: number;
  readonly status: Status;
  readonly severity: Severity;
  readonly title: string;
  readonly openedAt: string;
  readonly changedAt: string;
  readonly resolvedAt: string;
  readonly mergedInto: string;
  readonly resources: readonly ResourceRef[];
  readonly symptoms: readonly Symptom[];
  readonly diagnosis: Diagnosis;
  readonly remediations: readonly Remediation[];
  readonly investigations: readonly InvestigationRun[];
  readonly timeline: readonly TimelineEntry[];
  readonly evidence: readonly Evidence[];
};

export type TimelineEntry = {
  readonly at: string;
  readonly kind: TimelineKind;
  readonly by: string;
  readonly text: string;
};

export type TimelineKind =
  | 'OPENED'
  | 'CHANGE'
  | 'SYMPTOM'
  | 'DIAGNOSIS'
  | 'INVESTIGATION'
  | 'REMEDIATION'
  | 'HUMAN'
  | 'RESOLVED'
  | 'REOPENED'
  | 'MERGED';

/** A question that was asked, and what came of it; the answer is empty while it runs. */
export type InvestigationRun = {
  readonly id: string;
  readonly tool: string;
  readonly arguments: string;
  readonly why: string;
  readonly askedAt: string;
  readonly answer: string;
  readonly answered: boolean;
};

/** Everything that hops and hypotheses refer to by id, found by id. */
export function evidenceById(incident: Incident): ReadonlyMap<string, Evidence> {
  const all = new Map<string, Evidence>();
  for (const symptom of incident.symptoms)
    for (const evidence of symptom.evidence) all.set(evidence.id, evidence);
  for (const evidence of incident.evidence) all.set(evidence.id, evidence);
  return all;
}

/** The evidence with these ids that is known, oldest first. */
export function evidenceOf(
  ids: readonly string[],
  all: ReadonlyMap<string, Evidence>,
): readonly Evidence[] {
  return ids
    .map(id => all.get(id))
    .filter(evidence => evidence !== undefined)
    .sort((a, b) => a.at.localeCompare(b.at));
}
