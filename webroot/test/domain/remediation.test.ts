import { describe, expect, test } from 'vitest';
import { dnsDenied } from '../../dev/story-dns';
import { clockFrom } from '../../dev/parts';
import type { Phase, Remediation } from '../../src/domain/remediation';
import { check, inOrderOfNeed, isDecidable, milestones } from '../../src/domain/remediation';
import { yaml } from '../../src/domain/yaml';

const START = Date.parse('2026-01-01T00:00:00Z');
const story = dnsDenied(clockFrom(START));
const fix = story.remediations[0] as Remediation;
const applied: Remediation = {
  ...fix,
  phase: 'VERIFYING',
  history: [{ at: clockFrom(START)(100), phase: 'VERIFYING', by: 'operator', text: 'Applied.' }],
};
const [drops] = fix.plan.postConditions;
if (drops === undefined) throw new Error('the fixture has post-conditions');

describe('how far a fix is', () => {
  test.each<[Phase, string]>([
    ['VALIDATING', 'now ahead ahead ahead'],
    ['PROPOSED', 'done now ahead ahead'],
    ['BLOCKED', 'failed ahead ahead ahead'],
    ['APPROVED', 'done done now ahead'],
    ['VERIFYING', 'done done done now'],
    ['VERIFIED', 'done done done done'],
    ['REJECTED', 'done failed ahead ahead'],
    ['FAILED', 'done done failed ahead'],
    ['UNDOING', 'done done done failed now'],
    ['UNDONE', 'done done done failed done'],
  ])('%s', (phase, states) =>
    expect(
      milestones(phase)
        .map(one => one.state)
        .join(' '),
    ).toBe(states),
  );
});

test('a proposal can be decided until the moment it expires', () => {
  const expires = Date.parse(fix.expiresAt);
  expect(isDecidable(fix, expires - 1)).toBe(true);
  expect(isDecidable(fix, expires)).toBe(false);
  expect(isDecidable({ ...fix, phase: 'APPROVED' }, expires - 1)).toBe(false);
});

describe('a post-condition', () => {
  const cleared = story.symptoms.map(one => ({ ...one, state: 'CLEARED' as const }));
  test('is not asked before the fix was applied', () =>
    expect(check(drops, fix, story.symptoms, START).is).toBe('pending'));
  test('waits for its time', () =>
    expect(check(drops, applied, story.symptoms, START + 129_999)).toEqual({
      is: 'waiting',
      until: START + 130_000,
    }));
  test('is late at its limit', () =>
    expect(check(drops, applied, story.symptoms, START + 130_000).is).toBe('late'));
  test('is watched while it may come back', () =>
    expect(check({ ...drops, quiet: 'PT20S' }, applied, cleared, START + 110_000).is).toBe(
      'quiet',
    ));
  test('is met once it stayed away', () =>
    expect(check({ ...drops, quiet: 'PT20S' }, applied, cleared, START + 120_000).is).toBe('met'));
  test('is met when the symptom cleared', () =>
    expect(check(drops, applied, cleared, START + 110_000).is).toBe('met'));
});

test('what is under way comes before what waits, and what waits before what cannot be applied', () => {
  const blocked = story.remediations[1] as Remediation;
  expect(inOrderOfNeed([blocked, fix, applied])).toEqual([applied, fix, blocked]);
});

test('a manifest is shown whole, as YAML', () => {
  expect(yaml(fix.plan.manifest.fields)).toContain('  name: deny-egress\n  namespace: shop\n');
  expect(yaml(fix.plan.manifest.fields)).not.toContain('&a1');
});
