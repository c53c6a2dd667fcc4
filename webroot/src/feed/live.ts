import type { FeedEvent } from '../domain/feed';
import { backoff } from './backoff';
import { parse } from './wire';

/** How the live feed stands. */
export type Connection =
  | { readonly is: 'connecting' }
  | { readonly is: 'live' }
  | { readonly is: 'waiting'; readonly attempt: number; readonly until: number };

/** What the feed needs from the rest of the program. */
export type LivePorts = {
  /** An access token; empty when nobody is signed in; throws when the server cannot be asked. */
  token(): Promise<string>;
  /** Ends the token it has, because the server refused it. */
  renew(): Promise<boolean>;
  revisions(): Readonly<Record<string, number>>;
  onEvent(event: FeedEvent): void;
  onConnection(connection: Connection): void;
};

/** The server closed because the token is missing, wrong or expired. */
const TOKEN_REFUSED = 4401;
/** The server closed because there are too many feeds or messages: come back much later. */
const TOO_MANY = 4429;
/** Attempt number from which the wait is long. */
const PATIENT = 7;

/**
 * The WebSocket: connects, says hello with what is held, folds what comes, and reconnects with back-off from the last
 * revisions. Silent about who listens; one feed per page.
 */
export class Live {
  private socket: WebSocket | undefined;
  private attempt = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  /** Grows with each start and stop: what belongs to an earlier one is ignored. */
  private run = 0;

  constructor(
    private readonly ports: LivePorts,
    private readonly url: () => string = feedAddress,
  ) {}

  start(): void {
    this.stop();
    this.attempt = 0;
    this.ports.onConnection({ is: 'connecting' });
    void this.connect(this.run);
  }

  stop(): void {
    this.run++;
    clearTimeout(this.timer);
    this.socket?.close(1000);
    this.socket = undefined;
  }

  /** Does not wait any longer for the next try; for a person who asks, and for a browser that is online again. */
  retryNow(): void {
    if (this.socket !== undefined) return;
    clearTimeout(this.timer);
    this.ports.onConnection({ is: 'connecting' });
    void this.connect(this.run);
  }

  /** Hands over a renewed token, so that the feed outlives the first. */
  refresh(token: string): void {
    if (this.socket?.readyState === WebSocket.OPEN)
      this.socket.send(JSON.stringify({ is: 'token', token }));
  }

  private async connect(run: number): Promise<void> {
    const token = await this.ports.token().catch(() => undefined);
    if (run !== this.run) return;
    if (token === undefined) {
      this.again(run);
      return;
    }
    if (token !== '') this.open(run, token);
  }

  private open(run: number, token: string): void {
    const socket = new WebSocket(this.url());
    this.socket = socket;
    socket.onopen = () =>
      socket.send(JSON.stringify({ is: 'hello', token, revisions: this.ports.revisions() }));
    socket.onmessage = message => {
      if (run === this.run) this.onText(message.data);
    };
    socket.onclose = closed => {
      if (run === this.run) void this.onClose(run, closed.code);
    };
  }

  private onText(text: unknown): void {
    const event = parse(text);
    if (event === undefined) return;
    if (event.is === 'snapshot' || event.is === 'resumed') {
      this.attempt = 0;
      this.ports.onConnection({ is: 'live' });
    }
    this.ports.onEvent(event);
  }

  private async onClose(run: number, code: number): Promise<void> {
    this.socket = undefined;
    if (code === TOO_MANY) this.attempt = Math.max(this.attempt, PATIENT);
    if (code === TOKEN_REFUSED && !(await this.ports.renew().catch(() => true))) return;
    this.again(run);
  }

  private again(run: number): void {
    if (run !== this.run) return;
    this.attempt++;
    const wait = backoff(this.attempt, Math.random());
    this.ports.onConnection({ is: 'waiting', attempt: this.attempt, until: Date.now() + wait });
    this.timer = setTimeout(() => {
      this.ports.onConnection({ is: 'connecting' });
      void this.connect(run);
    }, wait);
  }
}

function feedAddress(): string {
  const scheme = location.protocol === 'https:' ? 'wss' : 'ws';
  return `${scheme}://${location.host}/api/v1/live`;
}
