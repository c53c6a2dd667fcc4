import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { problemOf } from '../../src/feed/problem';
import { Session } from '../../src/feed/session';

const PRINCIPAL = { tenant: 't', user: 'u', name: 'u@example', role: 'ADMIN' };
type Asked = { method: string; path: string; token: string };
let asked: Asked[];
let answers: (() => Response | Promise<Response>)[];
let told: string[];
let session: Session;

beforeEach(() => {
  vi.useFakeTimers();
  asked = [];
  answers = [];
  told = [];
  vi.stubGlobal('fetch', (path: string, init: RequestInit) => {
    const headers = init.headers as Record<string, string>;
    asked.push({ method: init.method ?? '', path, token: headers['Authorization'] ?? '' });
    const answer = answers.shift();
    return answer === undefined
      ? Promise.reject(new TypeError('offline'))
      : Promise.resolve(answer());
  });
  session = new Session({
    granted: (_, token) => told.push(token),
    ended: () => told.push('ended'),
  });
});

afterEach(async () => {
  await session.signOut();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const grant = (accessToken: string) => () =>
  Response.json({ accessToken, tokenType: 'Bearer', expiresIn: 600, principal: PRINCIPAL });
const refused =
  (status: number, code = 'not_signed_in') =>
  () =>
    Response.json({ status, code, title: 'No.', action: 'Try again.' }, { status });
const fine = () => Response.json({});

test('a token that was refused is renewed once, and the question asked again with the new one', async () => {
  answers = [grant('first'), refused(401), grant('second'), fine];
  await session.signIn('u@example', 'secret');
  await session.fetch('GET', '/api/v1/clusters');
  expect(asked.map(one => `${one.method} ${one.path} ${one.token}`)).toEqual([
    'POST /api/v1/session ',
    'GET /api/v1/clusters Bearer first',
    'POST /api/v1/session/refresh ',
    'GET /api/v1/clusters Bearer second',
  ]);
});

test('many who need a new token at once share one refresh, because a refresh token works once', async () => {
  answers = [grant('only'), fine, fine, fine];
  await Promise.all(['a', 'b', 'c'].map(name => session.fetch('GET', `/api/v1/${name}`)));
  expect(asked.filter(one => one.path.endsWith('/refresh'))).toHaveLength(1);
  expect(asked.slice(1).map(one => one.token)).toEqual(Array(3).fill('Bearer only'));
});

test('the token is renewed a minute before it expires', async () => {
  answers = [grant('first'), grant('second')];
  await session.signIn('u@example', 'secret');
  await vi.advanceTimersByTimeAsync(539_999);
  expect(told).toEqual(['first']);
  await vi.advanceTimersByTimeAsync(1);
  expect(told).toEqual(['first', 'second']);
});

test('when the refresh cookie is no good any more, the sign-in has ended', async () => {
  answers = [refused(401)];
  expect(await session.renew()).toBe(false);
  expect(told).toEqual(['ended']);
});

test('where no refresh cookie is, nobody is signed in', async () => {
  answers = [() => new Response(null, { status: 204 })];
  expect(await session.renew()).toBe(false);
  expect(told).toEqual(['ended']);
});

test('a server that does not answer ends nothing', async () => {
  const problem = await session.renew().then(() => undefined, problemOf);
  expect(problem).toMatchObject({ status: 0, code: 'unreached' });
  expect(told).toEqual([]);
});

test('a refusal carries what happened and what to do', async () => {
  answers = [refused(401, 'wrong_credentials')];
  const problem = await session.signIn('u@example', 'wrong').then(() => undefined, problemOf);
  expect(problem).toMatchObject({ code: 'wrong_credentials', title: 'No.', action: 'Try again.' });
});

test('an answer that is no problem document is told by its status', async () => {
  answers = [() => new Response('<html>', { status: 502 })];
  const problem = await session.signIn('u@example', 'x').then(() => undefined, problemOf);
  expect(problem).toMatchObject({ code: 'http_502', title: 'The server answered 502.' });
});
