import type { Principal } from '../domain/access';
import { Refusal, refusalOf, unreached } from './problem';

/** Refresh this long before the access token expires, so that no request meets an expired one. */
const EARLY_MS = 60_000;

type Grant = {
  readonly accessToken: string;
  readonly expiresIn: number;
  readonly principal: Principal;
};

export type SessionListener = {
  /** A new access token is held. */
  granted(principal: Principal, token: string): void;
  /** The refresh cookie is gone or used up. */
  ended(): void;
};

/**
 * Signs in, keeps the access token in memory and nowhere else, and renews it with the refresh cookie.
 * A refresh token works once, so tabs of one browser take turns.
 */
export class Session {
  private token = '';
  private expiresAt = 0;
  private renewing: Promise<boolean> | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly listener: SessionListener) {}

  async signIn(email: string, password: string): Promise<void> {
    const response = await ask('POST', '/api/v1/session', JSON.stringify({ email, password }));
    if (!response.ok) throw await refusalOf(response);
    this.hold((await response.json()) as Grant);
  }

  async signOut(): Promise<void> {
    this.drop();
    await ask('DELETE', '/api/v1/session').catch(() => undefined);
  }

  /** False when nobody is signed in any more; throws when the server could not be asked. */
  renew(): Promise<boolean> {
    this.renewing ??= inTurn(() => this.renewNow()).finally(() => (this.renewing = undefined));
    return this.renewing;
  }

  /** An access token that is good for a while yet; empty when signed out. */
  async bearer(): Promise<string> {
    if (Date.now() > this.expiresAt - EARLY_MS / 2) await this.renew();
    return this.token;
  }

  /** Asks on behalf of who is signed in; renews once when the token was refused. */
  async fetch(method: string, path: string, body?: unknown): Promise<Response> {
    const text = body === undefined ? undefined : JSON.stringify(body);
    const response = await ask(method, path, text, await this.bearer());
    if (response.status !== 401) return this.succeed(response);
    if (!(await this.renew())) throw await refusalOf(response);
    return this.succeed(await ask(method, path, text, this.token));
  }

  private async succeed(response: Response): Promise<Response> {
    if (!response.ok) throw await refusalOf(response);
    return response;
  }

  private async renewNow(): Promise<boolean> {
    const response = await ask('POST', '/api/v1/session/refresh');
    if (response.status === 200) {
      this.hold((await response.json()) as Grant);
      return true;
    }
    if (response.status !== 204 && response.status !== 401) throw await refusalOf(response);
    this.drop();
    this.listener.ended();
    return false;
  }

  private hold(grant: Grant): void {
    this.drop();
    this.token = grant.accessToken;
    this.expiresAt = Date.now() + grant.expiresIn * 1000;
    const wait = Math.max(1000, grant.expiresIn * 1000 - EARLY_MS);
    this.timer = setTimeout(() => void this.renew().catch(() => undefined), wait);
    this.listener.granted(grant.principal, grant.accessToken);
  }

  private drop(): void {
    clearTimeout(this.timer);
    this.token = '';
    this.expiresAt = 0;
  }
}

/** One tab at a time where the browser can tell; pages on plain HTTP cannot, and just ask. */
function inTurn<T>(act: () => Promise<T>): Promise<T> {
  const locks = (globalThis.navigator as Partial<Navigator> | undefined)?.locks;
  return locks === undefined ? act() : locks.request('kestrel-refresh', act);
}

async function ask(method: string, path: string, body?: string, token = ''): Promise<Response> {
  const headers: Record<string, string> = { Accept: 'application/json' };
  if (body !== undefined) headers['Content-Type'] = 'application/json';
  if (token !== '') headers['Authorization'] = `Bearer ${token}`;
  try {
    return await fetch(path, {
      method,
      headers,
      credentials: 'same-origin',
      ...(body === undefined ? {} : { body }),
    });
  } catch (thrown) {
    throw thrown instanceof Refusal ? thrown : unreached();
  }
}
