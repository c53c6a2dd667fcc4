import { hasCome, millis, shortSpan, span } from '../domain/time';
import { useNow } from './now';

const FULL = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'long' });
const CLOCK = new Intl.DateTimeFormat('en-GB', { timeStyle: 'medium' });
const DAY_AND_CLOCK = new Intl.DateTimeFormat('en-GB', {
  day: '2-digit',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
});

/** How long ago something was, counting on; stops at `until` where that has come. */
export function Age({ since, until = '', short = false }: AgeProps) {
  const now = useNow();
  const end = hasCome(until) ? millis(until) : now;
  const length = (short ? shortSpan : span)(end - millis(since));
  return (
    <time dateTime={since} title={FULL.format(millis(since))}>
      {length}
    </time>
  );
}

type AgeProps = {
  readonly since: string;
  readonly until?: string;
  readonly short?: boolean;
};

/** How long until something, counting down; never below zero. */
export function Until({ at }: { readonly at: string }) {
  const now = useNow();
  return (
    <time dateTime={at} title={FULL.format(millis(at))}>
      {span(millis(at) - now)}
    </time>
  );
}

/** A moment on the clock; with its day when `day` is set. */
export function Moment({ at, day = false }: { readonly at: string; readonly day?: boolean }) {
  if (!hasCome(at)) return <span>never</span>;
  return (
    <time dateTime={at} title={FULL.format(millis(at))}>
      {(day ? DAY_AND_CLOCK : CLOCK).format(millis(at))}
    </time>
  );
}
