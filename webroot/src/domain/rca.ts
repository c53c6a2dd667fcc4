import type { ResourceRef } from './signal';
import type { SymptomKey } from './symptom';

/** What may be said about the cause; `UNKNOWN_CAUSE` is an answer. */
export type Verdict = 'ROOT_CAUSE' | 'CANDIDATES' | 'UNKNOWN_CAUSE';

export type Diagnosis = {
  readonly verdict: Verdict;
  readonly hypotheses: readonly Hypothesis[];
  readonly unexplained: readonly SymptomKey[];
  readonly notSeen: readonly string[];
  readonly knowledge: string;
  readonly calibrated: boolean;
};

/** A mechanism at a resource. */
export type Cause = { readonly mechanism: string; readonly at: ResourceRef };

export type Hypothesis = {
  readonly rank: number;
  readonly causes: readonly Cause[];
  readonly title: string;
  readonly probability: number;
  readonly explained: number;
  readonly status: HypothesisStatus;
  readonly support: readonly Support[];
  readonly chain: readonly Hop[];
  readonly lostBecause: string;
};

export type HypothesisStatus = 'SUSPECTED' | 'SUPPORTED' | 'VERIFIED' | 'REFUTED';

/** One observation's weight: `llr` is the natural log of the likelihood ratio, negative speaks against. */
export type Support = {
  readonly text: string;
  readonly llr: number;
  readonly evidence: readonly string[];
};

/** One step of a causal chain, from a state to the state it brought about. */
export type Hop = {
  readonly rule: string;
  readonly fromState: string;
  readonly from: ResourceRef;
  readonly toState: string;
  readonly to: ResourceRef;
  readonly relation: string;
  readonly weight: number;
  readonly status: HopStatus;
  readonly seenAt: string;
  readonly text: string;
  readonly evidence: readonly string[];
};

export type HopStatus = 'OBSERVED' | 'INFERRED' | 'TESTED' | 'BROKEN';

/** The hypotheses that the verdict names: one root cause, the candidates that hold nine tenths, or none. */
export function named(diagnosis: Diagnosis): readonly Hypothesis[] {
  switch (diagnosis.verdict) {
    case 'ROOT_CAUSE':
      return diagnosis.hypotheses.slice(0, 1);
    case 'CANDIDATES':
      return candidates(diagnosis.hypotheses);
    case 'UNKNOWN_CAUSE':
      return [];
  }
}

/** The smallest set of known causes that holds nine tenths of the probability, at most three. */
function candidates(hypotheses: readonly Hypothesis[]): readonly Hypothesis[] {
  const chosen: Hypothesis[] = [];
  let held = 0;
  for (const hypothesis of hypotheses.filter(one => !isUnknown(one))) {
    if (chosen.length === 3 || held >= 0.9) break;
    chosen.push(hypothesis);
    held += hypothesis.probability;
  }
  return chosen;
}

/** It says that something is here which the knowledge does not name. */
export function isUnknown(hypothesis: Hypothesis): boolean {
  return hypothesis.causes.every(cause => cause.mechanism === 'unknown');
}

/** A probability for people; never rounded up to certainty or down to none. */
export function percent(probability: number): string {
  if (probability >= 0.995 && probability < 1) return '> 99 %';
  if (probability > 0 && probability < 0.005) return '< 1 %';
  return `${Math.round(probability * 100)} %`;
}

/** How strongly one observation speaks, in words: what a factor of e^llr means to a person. */
export function weightWords(llr: number): string {
  const factor = Math.exp(Math.abs(llr));
  const times =
    factor >= 1000 ? 'over 1,000' : factor >= 10 ? factor.toFixed(0) : factor.toFixed(1);
  if (Math.abs(llr) < 0.05) return 'says nothing either way';
  return llr > 0 ? `${times} × more likely` : `${times} × less likely`;
}
