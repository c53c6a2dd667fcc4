/** First and longest wait between two tries, in milliseconds. */
const FIRST = 500;
const LONGEST = 30_000;

/**
 * How long to wait before the given try (from 1): doubles up to half a minute, and is spread over its upper half, so that
 * a server that comes back is not met by everyone at once.
 *
 * @param chance 0 up to but not 1
 */
export function backoff(attempt: number, chance: number): number {
  const most = Math.min(LONGEST, FIRST * 2 ** Math.max(0, attempt - 1));
  return Math.round(most / 2 + (most / 2) * chance);
}
