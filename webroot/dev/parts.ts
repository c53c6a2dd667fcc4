import type { Cause, Hop, HopStatus, Hypothesis, Support } from '../src/domain/rca';
import type { Phase, Plan, Remediation, Step } from '../src/domain/remediation';
import type { ResourceRef } from '../src/domain/signal';
import { parseRef } from '../src/domain/signal';
import type { Evidence, Origin, Symptom, SymptomState } from '../src/domain/symptom';

/** Never: a moment that has not come yet. */
export const NEVER = '1970-01-01T00:00:00Z';

/** Moments of a story, told in seconds after its start. */
export type Clock = (seconds: number) => string;

export function clockFrom(start: number): Clock {
  return seconds => new Date(start + seconds * 1000).toISOString();
}

export function ref(text: string): ResourceRef {
  const parsed = parseRef(text);
  if (parsed === undefined) throw new Error(`no resource: ${text}`);
  return parsed;
}

export function evidence(
  id: string,
  about: string,
  at: string,
  origin: Origin,
  summary: string,
  excerpt = '',
): Evidence {
  return { id, about: ref(about), at, origin, summary, excerpt };
}

export function symptom(
  type: string,
  about: string,
  onset: string,
  state: SymptomState,
  [bad, all]: readonly [number, number],
  seen: readonly Evidence[],
): Symptom {
  return {
    key: { type, about: ref(about) },
    state,
    stage: 'NONE',
    onsetEarliest: onset,
    onsetLatest: onset,
    lastSeen: onset,
    bad,
    all,
    evidence: seen,
  };
}

export function hop(
  [fromState, from]: readonly [string, string],
  [toState, to]: readonly [string, string],
  relation: string,
  status: HopStatus,
  seenAt: string,
  text: string,
  ids: readonly string[],
): Hop {
  const rule = `${fromState} -> ${toState}`;
  const ends = { fromState, from: ref(from), toState, to: ref(to) };
  return { rule, ...ends, relation, weight: 0.97, status, seenAt, text, evidence: ids };
}

export function cause(mechanism: string, at: string): Cause {
  return { mechanism, at: ref(at) };
}

export function support(text: string, llr: number, ids: readonly string[] = []): Support {
  return { text, llr, evidence: ids };
}

export function hypothesis(
  rank: number,
  of: Cause,
  title: string,
  probability: number,
  status: Hypothesis['status'],
  more: Partial<Hypothesis> = {},
): Hypothesis {
  return {
    rank,
    causes: [of],
    title,
    probability,
    explained: status === 'REFUTED' ? 0.2 : 1,
    status,
    support: [],
    chain: [],
    lostBecause: '',
    ...more,
  };
}

export function step(at: string, phase: Phase, by: string, text: string): Step {
  return { at, phase, by, text };
}

export function remediation(
  id: string,
  plan: Plan,
  phase: Phase,
  proposedAt: string,
  expiresAt: string,
  history: readonly Step[],
  takesOverFrom: readonly string[] = [],
): Remediation {
  return { id, plan, phase, proposedAt, expiresAt, takesOverFrom, history };
}

/** A digest that looks like one and is the same each time. */
export function digest(seed: string): string {
  let hash = 0x811c9dc5;
  let hex = '';
  for (let i = 0; hex.length < 64; i++) {
    const code = seed.charCodeAt(i % seed.length);
    hash = Math.imul(hash ^ (code + i), 0x01000193) >>> 0;
    hex += hash.toString(16).padStart(8, '0');
  }
  return hex.slice(0, 64);
}
