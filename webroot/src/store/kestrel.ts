import type { Principal } from '../domain/access';
import type { FeedEvent, Known } from '../domain/feed';
import { apply, NOTHING_KNOWN, revisions } from '../domain/feed';
import type { Filter } from '../domain/filter';
import type { Incident } from '../domain/incident';
import type { Connection } from '../feed/live';
import { Live } from '../feed/live';
import type { Problem } from '../feed/problem';
import { problemOf } from '../feed/problem';
import type { IncidentPage } from '../feed/rest';
import { Rest } from '../feed/rest';
import { Session } from '../feed/session';

export type { Connection } from '../feed/live';
export type { Problem } from '../feed/problem';
export { problemOf } from '../feed/problem';

/** Who is at the screen. */
export type Standing =
  | { readonly is: 'starting' }
  | { readonly is: 'unreached'; readonly problem: Problem }
  | { readonly is: 'signedOut'; readonly expired: boolean }
  | { readonly is: 'signedIn'; readonly principal: Principal };

/** Something that is read from the server. What is shown stays while it is read again. */
export type Loaded<T> =
  | { readonly is: 'loading' }
  | { readonly is: 'failed'; readonly problem: Problem }
  | { readonly is: 'ready'; readonly value: T; readonly stale?: Problem };

export type State = {
  readonly standing: Standing;
  readonly connection: Connection;
  readonly known: Known;
  readonly open: ReadonlyMap<string, Loaded<Incident>>;
};

const START: State = {
  standing: { is: 'starting' },
  connection: { is: 'connecting' },
  known: NOTHING_KNOWN,
  open: new Map(),
};

/** Holds what the page shows, folds the feed's news into it, and tells who listens. */
export class Kestrel {
  readonly rest: Rest;
  private state: State = START;
  private readonly reading = new Set<string>();
  private readonly listeners = new Set<() => void>();
  private readonly session: Session;
  private readonly live: Live;

  constructor() {
    this.session = new Session({
      granted: (principal, token) => this.granted(principal, token),
      ended: () => this.ended(true),
    });
    this.rest = new Rest(this.session);
    this.live = new Live({
      token: () => this.session.bearer(),
      renew: () => this.session.renew(),
      revisions: () => revisions(this.state.known.incidents),
      onEvent: event => this.onEvent(event),
      onConnection: connection => this.set({ connection }),
    });
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly snapshot = (): State => this.state;

  /** Finds out whether the refresh cookie still signs somebody in. */
  async start(): Promise<void> {
    this.set({ standing: { is: 'starting' } });
    try {
      if (!(await this.session.renew())) this.ended(false);
    } catch (thrown) {
      this.set({ standing: { is: 'unreached', problem: problemOf(thrown) } });
    }
  }

  signIn(email: string, password: string): Promise<void> {
    return this.session.signIn(email, password);
  }

  async signOut(): Promise<void> {
    this.live.stop();
    await this.session.signOut();
    this.ended(false);
  }

  /** Tries the feed again at once. */
  retry(): void {
    this.live.retryNow();
  }

  /** Reads an incident and keeps it up to date while it is watched. */
  watch(id: string): () => void {
    void this.readIncident(id);
    return () => {
      const open = new Map(this.state.open);
      open.delete(id);
      this.set({ open });
    };
  }

  /** Reads an incident, again until what is held is as new as what the feed told of. One read at a time. */
  async readIncident(id: string): Promise<void> {
    if (this.reading.has(id)) return;
    this.reading.add(id);
    if (!this.state.open.has(id)) this.put(id, { is: 'loading' });
    const result = await this.rest.incident(id).then(
      (value): Loaded<Incident> => ({ is: 'ready', value }),
      (thrown: unknown): Loaded<Incident> => ({ is: 'failed', problem: problemOf(thrown) }),
    );
    this.reading.delete(id);
    const held = this.state.open.get(id);
    if (held === undefined) return;
    this.put(id, newer(held, result));
    if (result.is === 'ready' && this.isBehind(id)) void this.readIncident(id);
  }

  /** Reads a page of incidents that the feed does not hold, and folds it in. */
  async older(filter: Filter, cursor: string): Promise<IncidentPage> {
    const generation = this.state.known.generation;
    const page = await this.rest.incidents(filter, cursor, 500);
    if (generation === this.state.known.generation)
      this.set({ known: apply(this.state.known, { is: 'page', incidents: page.incidents }) });
    return page;
  }

  private onEvent(event: FeedEvent): void {
    this.set({ known: apply(this.state.known, event) });
    for (const [id, held] of this.state.open)
      if (this.isBehind(id) || (held.is === 'failed' && event.is !== 'cluster'))
        void this.readIncident(id);
  }

  private isBehind(id: string): boolean {
    const held = this.state.open.get(id);
    const news = this.state.known.incidents.get(id)?.revision ?? 0;
    return held?.is === 'ready' && held.value.revision < news;
  }

  private granted(principal: Principal, token: string): void {
    const before = this.state.standing;
    if (before.is === 'signedIn' && before.principal.user === principal.user) {
      this.live.refresh(token);
      this.set({ standing: { is: 'signedIn', principal } });
      return;
    }
    this.set({ ...START, standing: { is: 'signedIn', principal } });
    this.live.start();
  }

  private ended(expired: boolean): void {
    this.live.stop();
    const wasIn = this.state.standing.is === 'signedIn';
    this.set({ ...START, standing: { is: 'signedOut', expired: expired && wasIn } });
  }

  private put(id: string, loaded: Loaded<Incident>): void {
    this.set({ open: new Map(this.state.open).set(id, loaded) });
  }

  private set(part: Partial<State>): void {
    this.state = { ...this.state, ...part };
    for (const listener of this.listeners) listener();
  }
}

/** What to show after a read: an older answer or a failure never replaces what is there. */
function newer(held: Loaded<Incident>, result: Loaded<Incident>): Loaded<Incident> {
  if (held.is !== 'ready') return result;
  if (result.is === 'failed') return { ...held, stale: result.problem };
  if (result.is === 'loading' || held.value.revision > result.value.revision) return held;
  return result;
}
