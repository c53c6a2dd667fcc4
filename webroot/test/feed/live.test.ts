import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { FeedEvent } from '../../src/domain/feed';
import { backoff } from '../../src/feed/backoff';
import type { Connection } from '../../src/feed/live';
import { Live } from '../../src/feed/live';
import { parse } from '../../src/feed/wire';

/** The server's end of a socket, by hand. */
class FakeSocket {
  static readonly OPEN = 1;
  static all: FakeSocket[] = [];
  readyState = 0;
  sent: unknown[] = [];
  onopen: () => void = () => undefined;
  onmessage: (message: { data: string }) => void = () => undefined;
  onclose: (closed: { code: number }) => void = () => undefined;

  constructor(readonly url: string) {
    FakeSocket.all.push(this);
  }

  send(text: string): void {
    this.sent.push(JSON.parse(text));
  }

  close(): void {
    this.readyState = 3;
  }

  opens(): void {
    this.readyState = FakeSocket.OPEN;
    this.onopen();
  }

  tells(event: unknown): void {
    this.onmessage({ data: JSON.stringify(event) });
  }
}

const SNAPSHOT = { is: 'snapshot', incidents: [], clusters: [] };
let events: FeedEvent[];
let connection: Connection;
let tokens: string[];
let renewals: boolean[];
let live: Live;

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('WebSocket', FakeSocket);
  FakeSocket.all = [];
  events = [];
  tokens = ['one', 'two', 'three', 'four'];
  renewals = [];
  live = new Live(
    {
      token: () => Promise.resolve(tokens.shift() ?? ''),
      renew: () => Promise.resolve(renewals.shift() ?? false),
      revisions: () => ({ 'inc-1': 7 }),
      onEvent: event => events.push(event),
      onConnection: next => (connection = next),
    },
    () => 'ws://here/api/v1/live',
  );
});

afterEach(() => {
  live.stop();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

async function socket(number: number): Promise<FakeSocket> {
  await vi.advanceTimersByTimeAsync(0);
  const found = FakeSocket.all[number];
  if (found === undefined) throw new Error(`there is no socket ${number}`);
  return found;
}

test('says hello with its token and what it holds, and is live once the snapshot came', async () => {
  live.start();
  const first = await socket(0);
  first.opens();
  expect(first.sent).toEqual([{ is: 'hello', token: 'one', revisions: { 'inc-1': 7 } }]);
  expect(connection.is).toBe('connecting');
  first.tells(SNAPSHOT);
  expect(connection.is).toBe('live');
  expect(events).toHaveLength(1);
});

test('reconnects after a while when the connection is lost, and starts with short waits again', async () => {
  live.start();
  (await socket(0)).onclose({ code: 1006 });
  await vi.advanceTimersByTimeAsync(0);
  expect(connection).toMatchObject({ is: 'waiting', attempt: 1 });
  await vi.advanceTimersByTimeAsync(500);
  const second = await socket(1);
  second.opens();
  second.tells({ ...SNAPSHOT, is: 'resumed' });
  second.onclose({ code: 1001 });
  await vi.advanceTimersByTimeAsync(0);
  expect(connection).toMatchObject({ is: 'waiting', attempt: 1 });
});

test('asks for a new token when the old one is refused, and gives up when there is none', async () => {
  renewals = [true, false];
  live.start();
  (await socket(0)).onclose({ code: 4401 });
  await vi.advanceTimersByTimeAsync(500);
  const second = await socket(1);
  second.opens();
  expect(second.sent[0]).toMatchObject({ token: 'two' });
  second.onclose({ code: 4401 });
  await vi.advanceTimersByTimeAsync(60_000);
  expect(FakeSocket.all).toHaveLength(2);
});

test('waits long when there are too many feeds', async () => {
  live.start();
  (await socket(0)).onclose({ code: 4429 });
  await vi.advanceTimersByTimeAsync(14_000);
  expect(FakeSocket.all).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(16_100);
  expect(FakeSocket.all).toHaveLength(2);
});

test('hands a renewed token over, so that the feed outlives the first', async () => {
  live.start();
  const first = await socket(0);
  first.opens();
  live.refresh('renewed');
  expect(first.sent.at(-1)).toEqual({ is: 'token', token: 'renewed' });
});

test('a person who does not want to wait need not', async () => {
  live.start();
  (await socket(0)).onclose({ code: 1006 });
  await vi.advanceTimersByTimeAsync(0);
  live.retryNow();
  expect((await socket(1)).url).toBe('ws://here/api/v1/live');
});

test('after it was stopped nothing happens any more', async () => {
  live.start();
  const first = await socket(0);
  live.stop();
  first.tells(SNAPSHOT);
  first.onclose({ code: 1006 });
  await vi.advanceTimersByTimeAsync(60_000);
  expect(events).toEqual([]);
  expect(FakeSocket.all).toHaveLength(1);
});

describe('the wait doubles up to half a minute, spread over its upper half', () => {
  test.each([
    [1, 250, 500],
    [2, 500, 1000],
    [6, 8000, 16_000],
    [7, 15_000, 30_000],
    [50, 15_000, 30_000],
  ])('try %i waits %i to %i ms', (attempt, least, most) => {
    expect(backoff(attempt, 0)).toBe(least);
    expect(backoff(attempt, 0.999_999)).toBe(most);
  });
});

describe('what this version does not know is left out', () => {
  test.each([
    ['{"is":"weather","sunny":true}'],
    ['{"is":"changed"}'],
    ['{"is":"changed","incident":{"id":7}}'],
    ['{"is":"cluster","cluster":null}'],
    ['null'],
    ['not json'],
    [undefined],
  ])('%s', text => expect(parse(text)).toBeUndefined());

  test('and of a snapshot only what is not understood', () =>
    expect(
      parse('{"is":"snapshot","incidents":[null,{"id":"a","revision":1}],"clusters":"?"}'),
    ).toEqual({ is: 'snapshot', incidents: [{ id: 'a', revision: 1 }], clusters: [] }));
});
