const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A moment that has not come yet is written as the epoch. */
export function hasCome(instant: string): boolean {
  return millis(instant) > 0;
}

/** Milliseconds since the epoch; 0 for what is no instant. */
export function millis(instant: string): number {
  const at = Date.parse(instant);
  return Number.isNaN(at) ? 0 : at;
}

/** How long something took or has lasted, in its two largest units: `42s`, `3m 20s`, `5h 12m`, `3d 4h`. */
export function span(ms: number): string {
  const left = Math.max(0, ms);
  if (left < MINUTE) return `${Math.floor(left / SECOND)}s`;
  if (left < HOUR) return two(left, MINUTE, 'm', SECOND, 's');
  if (left < DAY) return two(left, HOUR, 'h', MINUTE, 'm');
  return two(left, DAY, 'd', HOUR, 'h');
}

function two(ms: number, large: number, l: string, small: number, s: string): string {
  const rest = Math.floor((ms % large) / small);
  const whole = `${Math.floor(ms / large)}${l}`;
  return rest === 0 ? whole : `${whole} ${rest}${s}`;
}

/** {@link span} in its largest unit only, for narrow columns: `42s`, `3m`, `5h`, `3d`. */
export function shortSpan(ms: number): string {
  return span(ms).split(' ')[0] ?? '';
}

/** How far after (or before) another moment something was: `+4s`, `−1m 3s`; milliseconds below one second. */
export function offset(from: string, to: string): string {
  const ms = millis(to) - millis(from);
  const size = Math.abs(ms);
  const text = size > 0 && size < SECOND ? `${size}ms` : span(size);
  return ms < 0 ? `−${text}` : `+${text}`;
}

const DURATION =
  /^PT?(?:(\d+(?:\.\d+)?)D)?T?(?:(\d+(?:\.\d+)?)H)?(?:(\d+(?:\.\d+)?)M)?(?:(\d+(?:\.\d+)?)S)?$/;

/** Milliseconds of an ISO-8601 duration without years and months; 0 for what is none. */
export function durationMillis(duration: string): number {
  const match = DURATION.exec(duration);
  if (match === null) return 0;
  const [, days, hours, minutes, seconds] = match;
  return (
    Number(days ?? 0) * DAY +
    Number(hours ?? 0) * HOUR +
    Number(minutes ?? 0) * MINUTE +
    Math.round(Number(seconds ?? 0) * SECOND)
  );
}
