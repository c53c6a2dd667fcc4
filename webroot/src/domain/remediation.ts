import type { Cause } from './rca';
import type { ResourceRef } from './signal';
import type { Symptom, SymptomKey } from './symptom';
import { symptomText } from './symptom';
import { durationMillis, millis } from './time';

export type Remediation = {
  readonly id: string;
  readonly plan: Plan;
  readonly phase: Phase;
  readonly proposedAt: string;
  readonly expiresAt: string;
  readonly takesOverFrom: readonly string[];
  readonly history: readonly Step[];
};

export type Phase =
  | 'VALIDATING'
  | 'PROPOSED'
  | 'BLOCKED'
  | 'APPROVED'
  | 'VERIFYING'
  | 'VERIFIED'
  | 'UNDOING'
  | 'UNDONE'
  | 'REJECTED'
  | 'EXPIRED'
  | 'WITHDRAWN'
  | 'FAILED';

export type Step = {
  readonly at: string;
  readonly phase: Phase;
  readonly by: string;
  readonly text: string;
};

/** One concrete fix. */
export type Plan = {
  readonly template: string;
  readonly title: string;
  readonly explanation: string;
  readonly cause: Cause;
  readonly risk: number;
  readonly manifest: Manifest;
  readonly undo: Manifest;
  readonly diff: readonly FieldDiff[];
  readonly simulated: readonly string[];
  readonly postConditions: readonly PostCondition[];
};

/** What is applied: only the fields it sets. Its digest is what a person approves. */
export type Manifest = {
  readonly target: ResourceRef;
  readonly apiVersion: string;
  readonly fields: unknown;
  readonly digest: string;
  readonly expectedUid: string;
  readonly expectedValues: Readonly<Record<string, string>>;
  readonly takeOver: readonly string[];
};

/** Values are canonical JSON, `null` where there is none. */
export type FieldDiff = { readonly path: string; readonly before: string; readonly after: string };

/** A symptom that must be gone `within` a time, and then not be seen for `quiet` before it counts. */
export type PostCondition = {
  readonly clears: SymptomKey;
  readonly within: string;
  readonly quiet: string;
};

/** Why a fix was rejected; each is used differently. */
export const REJECT_REASONS = [
  'WRONG_CAUSE',
  'RIGHT_CAUSE_WRONG_FIX',
  'TOO_RISKY',
  'ALREADY_DOING_IT',
  'BAD_TIMING',
] as const;
export type RejectReason = (typeof REJECT_REASONS)[number];

/** A person may decide about it now. */
export function isDecidable(remediation: Remediation, now: number): boolean {
  return remediation.phase === 'PROPOSED' && now < millis(remediation.expiresAt);
}

export function isOver(phase: Phase): boolean {
  switch (phase) {
    case 'VALIDATING':
    case 'PROPOSED':
    case 'BLOCKED':
    case 'APPROVED':
    case 'VERIFYING':
    case 'UNDOING':
      return false;
    case 'VERIFIED':
    case 'UNDONE':
    case 'REJECTED':
    case 'EXPIRED':
    case 'WITHDRAWN':
    case 'FAILED':
      return true;
  }
}

/** The way of a fix that goes well; where it left that way is told by its phase. */
export type Milestone = {
  readonly name: string;
  readonly state: 'done' | 'now' | 'ahead' | 'failed';
};

/** What each milestone is called before and after it was reached. */
const WAY = [
  ['Proposal', 'Proposed'],
  ['Approval', 'Approved'],
  ['Apply', 'Applied'],
  ['Verify', 'Verified'],
] as const;

/** Where a fix stands on its way: the steps done, the one under way, and the one it failed at. */
export function milestones(phase: Phase): readonly Milestone[] {
  const [reached, current] = standing(phase);
  const way = WAY.map(([ahead, done], i): Milestone => {
    if (i < reached) return { name: done, state: 'done' };
    return { name: ahead, state: i === reached ? current : 'ahead' };
  });
  if (phase === 'UNDOING') return [...way, { name: 'Undo', state: 'now' }];
  if (phase === 'UNDONE') return [...way, { name: 'Undone', state: 'done' }];
  return way;
}

/** How many milestones lie behind a phase, and how the next one stands. */
function standing(phase: Phase): readonly [number, Milestone['state']] {
  switch (phase) {
    case 'VALIDATING':
      return [0, 'now'];
    case 'PROPOSED':
      return [1, 'now'];
    case 'BLOCKED':
    case 'WITHDRAWN':
      return [0, 'failed'];
    case 'REJECTED':
    case 'EXPIRED':
      return [1, 'failed'];
    case 'APPROVED':
      return [2, 'now'];
    case 'FAILED':
      return [2, 'failed'];
    case 'VERIFYING':
      return [3, 'now'];
    case 'UNDOING':
    case 'UNDONE':
      return [3, 'failed'];
    case 'VERIFIED':
      return [4, 'done'];
  }
}

/** How one post-condition stands: not yet asked, waiting until a moment, gone but watched until one, met, or late. */
export type Check =
  | { readonly is: 'pending' }
  | { readonly is: 'waiting'; readonly until: number }
  | { readonly is: 'quiet'; readonly until: number }
  | { readonly is: 'met' }
  | { readonly is: 'late' };

export function check(
  condition: PostCondition,
  remediation: Remediation,
  symptoms: readonly Symptom[],
  now: number,
): Check {
  if (remediation.phase === 'VERIFIED') return { is: 'met' };
  const applied = appliedAt(remediation);
  if (applied === undefined) return { is: 'pending' };
  const wanted = symptomText(condition.clears);
  const symptom = symptoms.find(one => symptomText(one.key) === wanted);
  if (symptom === undefined || symptom.state === 'CLEARED' || symptom.state === 'VOID') {
    const seen = symptom === undefined ? applied : Math.max(applied, millis(symptom.lastSeen));
    const quiet = seen + durationMillis(condition.quiet);
    return now < quiet ? { is: 'quiet', until: quiet } : { is: 'met' };
  }
  const until = applied + durationMillis(condition.within);
  return now < until ? { is: 'waiting', until } : { is: 'late' };
}

/** When it was applied, in milliseconds; undefined while it was not. */
export function appliedAt(remediation: Remediation): number | undefined {
  const step = remediation.history.find(one => one.phase === 'VERIFYING');
  return step === undefined ? undefined : millis(step.at);
}

/** What is under way first, then what waits for a person, then what may yet, then what is over; safest first. */
export function inOrderOfNeed(remediations: readonly Remediation[]): readonly Remediation[] {
  return [...remediations].sort(
    (a, b) => need(a.phase) - need(b.phase) || a.plan.risk - b.plan.risk,
  );
}

function need(phase: Phase): number {
  switch (phase) {
    case 'APPROVED':
    case 'VERIFYING':
    case 'UNDOING':
      return 0;
    case 'PROPOSED':
      return 1;
    case 'VALIDATING':
    case 'BLOCKED':
      return 2;
    case 'VERIFIED':
      return 3;
    case 'UNDONE':
    case 'FAILED':
    case 'REJECTED':
    case 'EXPIRED':
    case 'WITHDRAWN':
      return 4;
  }
}

/** Somebody has decided, or it went on without: there is more to tell than that it was proposed. */
export function hasDecision(remediation: Remediation): boolean {
  return remediation.history.some(
    one => one.phase !== 'VALIDATING' && one.phase !== 'PROPOSED' && one.phase !== 'BLOCKED',
  );
}
