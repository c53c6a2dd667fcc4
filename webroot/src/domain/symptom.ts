import type { ResourceRef } from './signal';
import { refText } from './signal';

/** What is abnormal, on which logical resource. */
export type SymptomKey = { readonly type: string; readonly about: ResourceRef };

/** A named abnormal state on a logical resource, as it stands. */
export type Symptom = {
  readonly key: SymptomKey;
  readonly state: SymptomState;
  readonly stage: string;
  readonly onsetEarliest: string;
  readonly onsetLatest: string;
  readonly lastSeen: string;
  readonly bad: number;
  readonly all: number;
  readonly evidence: readonly Evidence[];
};

export type SymptomState =
  'PENDING' | 'ACTIVE' | 'CLEARING' | 'CLEARED' | 'FLAPPING' | 'AMBIENT' | 'VOID';

/** One thing that was seen and that anyone can check. */
export type Evidence = {
  readonly id: string;
  readonly about: ResourceRef;
  readonly at: string;
  readonly origin: Origin;
  readonly summary: string;
  readonly excerpt: string;
};

export type Origin =
  'OBJECT' | 'EVENT' | 'LOG' | 'FLOW' | 'ANALYSIS' | 'INVESTIGATION' | 'CHANGE' | 'HUMAN';

/** One text per symptom, for keys and comparisons. */
export function symptomText(key: SymptomKey): string {
  return `${key.type}@${refText(key.about)}`;
}

/** Seen, believed and not yet known to be over. */
export function isLive(symptom: Symptom): boolean {
  return symptom.state === 'ACTIVE' || symptom.state === 'CLEARING' || symptom.state === 'FLAPPING';
}
