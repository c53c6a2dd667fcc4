import { describe, expect, test } from 'vitest';
import { durationMillis, hasCome, offset, shortSpan, span } from '../../src/domain/time';

describe('a span is told in its two largest units', () => {
  test.each([
    [-5, '0s'],
    [0, '0s'],
    [59_999, '59s'],
    [60_000, '1m'],
    [200_000, '3m 20s'],
    [3_599_000, '59m 59s'],
    [3_600_000, '1h'],
    [18_720_000, '5h 12m'],
    [86_400_000, '1d'],
    [100 * 3_600_000, '4d 4h'],
  ])('%i ms is %s', (ms, text) => expect(span(ms)).toBe(text));

  test('and in its largest for narrow columns', () => expect(shortSpan(200_000)).toBe('3m'));
});

describe('an ISO duration is read', () => {
  test.each([
    ['PT30S', 30_000],
    ['PT3M', 180_000],
    ['PT1H30M', 5_400_000],
    ['PT0.4S', 400],
    ['P1D', 86_400_000],
    ['P1DT2H', 93_600_000],
    ['soon', 0],
    ['', 0],
  ])('%s is %i ms', (text, ms) => expect(durationMillis(text)).toBe(ms));
});

test('what came before the incident opened has a negative offset', () => {
  expect(offset('2026-01-01T00:00:04Z', '2026-01-01T00:00:00Z')).toBe('−4s');
  expect(offset('2026-01-01T00:00:00Z', '2026-01-01T00:00:00.250Z')).toBe('+250ms');
  expect(offset('2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z')).toBe('+0s');
});

test('the epoch is a moment that has not come', () => {
  expect(hasCome('1970-01-01T00:00:00Z')).toBe(false);
  expect(hasCome('')).toBe(false);
  expect(hasCome('2026-01-01T00:00:00Z')).toBe(true);
});
