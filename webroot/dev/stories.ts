import type { Incident } from '../src/domain/incident';
import type { Clock } from './parts';
import { clockFrom, NEVER } from './parts';
import { dnsDenied } from './story-dns';
import { corednsDown } from './story-coredns';
import { outOfMemory } from './story-memory';
import { imageNotFound, selectorMatchesNothing } from './story-workloads';
import { longNames, severalCandidates, visibilityLost } from './story-doubt';

export type Story = (clock: Clock) => Omit<Incident, 'cluster' | 'revision'> & {
  readonly at: string;
};

const MINUTE = 60_000;

/** The incidents of the fixture: what an evening on call looks like. */
export function stories(now: number): readonly Incident[] {
  return [
    tell(dnsDenied, now - 3 * MINUTE),
    tell(outOfMemory, now - 11 * MINUTE),
    tell(corednsDown, now - 19 * MINUTE),
    tell(severalCandidates, now - 26 * MINUTE),
    tell(visibilityLost, now - 42 * MINUTE),
    tell(imageNotFound, now - 95 * MINUTE),
    tell(selectorMatchesNothing, now - 27 * 60 * MINUTE),
    tell(longNames, now - 49 * 60 * MINUTE),
  ];
}

function tell(story: Story, start: number): Incident {
  const { at, ...incident } = story(clockFrom(start));
  return { ...incident, cluster: { tenant: 'acme', cluster: at }, revision: 7 };
}

/** Members that most stories leave as they are. */
export const QUIET = {
  resolvedAt: NEVER,
  mergedInto: '',
  investigations: [],
  remediations: [],
} as const;
