import { describe, expect, test } from 'vitest';
import { corednsDown } from '../../dev/story-coredns';
import { clockFrom } from '../../dev/parts';
import { dnsDenied } from '../../dev/story-dns';
import { severalCandidates, visibilityLost } from '../../dev/story-doubt';
import { draw, NODE } from '../../src/domain/chain';
import { named, percent, weightWords } from '../../src/domain/rca';
import { plain } from '../../src/domain/words';

const t = clockFrom(0);

describe('what a verdict names', () => {
  test('a root cause is one hypothesis', () =>
    expect(named(dnsDenied(t).diagnosis).map(one => one.rank)).toEqual([1]));
  test('candidates are at most three, and never the unknown', () =>
    expect(named(severalCandidates(t).diagnosis).map(one => one.rank)).toEqual([1, 3, 4]));
  test('an unknown cause is none', () => expect(named(visibilityLost(t).diagnosis)).toEqual([]));
});

describe('a probability is never rounded to certainty', () => {
  test.each([
    [0, '0 %'],
    [0.0049, '< 1 %'],
    [0.005, '1 %'],
    [0.7, '70 %'],
    [0.995, '> 99 %'],
    [0.9951, '> 99 %'],
    [1, '100 %'],
  ])('%d is %s', (p, text) => expect(percent(p)).toBe(text));
});

describe('a log likelihood ratio in words', () => {
  test.each([
    [0, 'says nothing either way'],
    [Math.log(2), '2.0 × more likely'],
    [-Math.log(30), '30 × less likely'],
    [8, 'over 1,000 × more likely'],
  ])('%d', (llr, text) => expect(weightWords(llr)).toBe(text));
});

test('a chain is drawn from the cause down, and no two boxes overlap', () => {
  const drawing = draw(dnsDenied(t).diagnosis.hypotheses[0]?.chain ?? []);
  expect(drawing.direction).toBe('down');
  expect(drawing.nodes.filter(one => one.role === 'cause')).toHaveLength(1);
  expect(drawing.nodes.find(one => one.role === 'cause')?.y).toBeLessThan(10);
  for (const a of drawing.nodes)
    for (const b of drawing.nodes)
      if (a !== b)
        expect(Math.abs(a.x - b.x) >= NODE.width || Math.abs(a.y - b.y) >= NODE.height).toBe(true);
});

test('a chain with many effects beside each other runs to the right', () => {
  const drawing = draw(corednsDown(t).diagnosis.hypotheses[0]?.chain ?? []);
  expect(drawing.direction).toBe('right');
  expect(drawing.width).toBeLessThan(1000);
});

test('ids of the knowledge are written as people would', () => {
  expect(plain('container.oom_killed')).toBe('Container OOM killed');
  expect(plain('dns.resolution_failing')).toBe('DNS resolution failing');
});
