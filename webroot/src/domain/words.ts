import type { HopStatus, HypothesisStatus, Verdict } from './rca';
import type { Phase, RejectReason } from './remediation';
import type { Severity, Status, TimelineKind } from './incident';
import type { Origin, SymptomState } from './symptom';

const SPELLED: Readonly<Record<string, string>> = {
  oom: 'OOM',
  dns: 'DNS',
  coredns: 'CoreDNS',
  cpu: 'CPU',
  pvc: 'PVC',
  pv: 'PV',
  hpa: 'HPA',
  pdb: 'PDB',
  tls: 'TLS',
  tcp: 'TCP',
  http: 'HTTP',
  l7: 'L7',
  uh: 'UH',
  cni: 'CNI',
  api: 'API',
  io: 'I/O',
  crashloop: 'crash loop',
  netpol: 'NetworkPolicy',
  id: 'id',
  rbac: 'RBAC',
  ip: 'IP',
};

/** An id of the knowledge as people would write it: `container.oom_killed` → `Container OOM killed`. */
export function plain(id: string): string {
  const text = id
    .split(/[._\s]+/)
    .map(word => SPELLED[word.toLowerCase()] ?? word)
    .join(' ');
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** A sentence of the journal for people: where it names a state on a resource, the state is spelled out. */
export function sentence(text: string): string {
  return text.replace(
    /([a-z0-9_]+(?:\.[a-z0-9_]+)+)@/g,
    (_, state: string) => `${plain(state).toLowerCase()} at `,
  );
}

export const SOURCE_WORDS: Readonly<Record<string, string>> = {
  LIVE: 'live',
  STALE: 'behind',
  STARTING: 'starting',
  ABSENT: 'absent',
};

export const VERDICT_WORDS: Readonly<Record<Verdict, string>> = {
  ROOT_CAUSE: 'Root cause',
  CANDIDATES: 'Candidates',
  UNKNOWN_CAUSE: 'Cause unknown',
};

export const SEVERITY_WORDS: Readonly<Record<Severity, string>> = {
  CRITICAL: 'Critical',
  HIGH: 'High',
  MEDIUM: 'Medium',
  LOW: 'Low',
};

export const STATUS_WORDS: Readonly<Record<Status, string>> = {
  OPEN: 'Open',
  ACKNOWLEDGED: 'Acknowledged',
  MITIGATED: 'Mitigated',
  RESOLVED: 'Resolved',
};

export const HYPOTHESIS_WORDS: Readonly<Record<HypothesisStatus, string>> = {
  SUSPECTED: 'Suspected',
  SUPPORTED: 'Supported',
  VERIFIED: 'Verified',
  REFUTED: 'Refuted',
};

export const HYPOTHESIS_MEANING: Readonly<Record<HypothesisStatus, string>> = {
  SUSPECTED: 'It would explain the symptoms, but nothing specific to it was seen.',
  SUPPORTED: 'At least one specific observation speaks for it, and no hop of its chain is broken.',
  VERIFIED: 'An analyzer or an investigation confirmed it, and the symptoms are explained.',
  REFUTED: 'A test or an observation rules it out.',
};

export const HOP_WORDS: Readonly<Record<HopStatus, string>> = {
  OBSERVED: 'Observed',
  INFERRED: 'Inferred',
  TESTED: 'Tested',
  BROKEN: 'Broken',
};

export const HOP_MEANING: Readonly<Record<HopStatus, string>> = {
  OBSERVED: 'Both ends and the edge were seen, in the right order.',
  INFERRED: 'Nothing shows the effect directly; it follows from what was seen after it.',
  TESTED: 'An analyzer or an investigation confirmed it.',
  BROKEN: 'The edge did not exist, or the order is wrong.',
};

export const PHASE_WORDS: Readonly<Record<Phase, string>> = {
  VALIDATING: 'Checking with the API server',
  PROPOSED: 'Waits for approval',
  BLOCKED: 'Cannot be applied',
  APPROVED: 'Approved, being applied',
  VERIFYING: 'Applied, verifying',
  VERIFIED: 'Verified',
  UNDOING: 'Being undone',
  UNDONE: 'Undone',
  REJECTED: 'Rejected',
  EXPIRED: 'Expired',
  WITHDRAWN: 'Withdrawn',
  FAILED: 'Failed',
};

export const REJECT_WORDS: Readonly<Record<RejectReason, string>> = {
  WRONG_CAUSE: 'Wrong cause',
  RIGHT_CAUSE_WRONG_FIX: 'Right cause, wrong fix',
  TOO_RISKY: 'Too risky',
  ALREADY_DOING_IT: 'Already doing it',
  BAD_TIMING: 'Bad timing',
};

export const RISK_WORDS: readonly string[] = ['Harmless', 'Low risk', 'Some risk', 'May hurt'];

export const TIMELINE_WORDS: Readonly<Record<TimelineKind, string>> = {
  OPENED: 'Opened',
  CHANGE: 'Change',
  SYMPTOM: 'Symptom',
  DIAGNOSIS: 'Diagnosis',
  INVESTIGATION: 'Investigation',
  REMEDIATION: 'Fix',
  HUMAN: 'Person',
  RESOLVED: 'Resolved',
  REOPENED: 'Reopened',
  MERGED: 'Merged',
};

export const ORIGIN_WORDS: Readonly<Record<Origin, string>> = {
  OBJECT: 'Object',
  EVENT: 'Event',
  LOG: 'Log',
  FLOW: 'Flow',
  ANALYSIS: 'Analysis',
  INVESTIGATION: 'Investigation',
  CHANGE: 'Change',
  HUMAN: 'Person',
};

export const SYMPTOM_WORDS: Readonly<Record<SymptomState, string>> = {
  PENDING: 'Pending',
  ACTIVE: 'Active',
  CLEARING: 'Clearing',
  CLEARED: 'Cleared',
  FLAPPING: 'Comes and goes',
  AMBIENT: 'Was there before',
  VOID: 'Contradicted',
};
