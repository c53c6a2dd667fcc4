import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import { WebSocketServer } from 'ws';
import type { Incident, IncidentSummary } from '../src/domain/incident';
import type { World } from './world';
import { summary, withPhase, worldOf } from './world';

type Answer = { readonly status: number; readonly body?: unknown; readonly cookie?: string };

/** Each step of an approved fix, and how many milliseconds it takes here. */
const AFTER_APPROVAL = [
  [1200, 'VERIFYING', 'operator', 'Applied as resource version 918311.'],
  [4200, 'VERIFIED', 'kestrel', 'All post-conditions hold.'],
] as const;

/**
 * Answers as Kestrel Cloud would, from made-up incidents: for looking at the dashboard without a cluster, and for its tests.
 * The access token is the e-mail address; `slow@` and `broken@` are answered late and not at all.
 */
export class FixtureServer {
  private readonly worlds = new Map<string, World>();
  private readonly feeds = new Map<WebSocket, string>();
  private readonly sockets = new WebSocketServer({ noServer: true });

  /** Answers what belongs to the API; false for everything else. */
  async answer(request: IncomingMessage, response: ServerResponse): Promise<boolean> {
    const url = new URL(request.url ?? '/', 'http://fixture');
    if (!url.pathname.startsWith('/api/')) return false;
    const answer = this.route(request, url, await body(request));
    const headers: Record<string, string> = { 'Content-Type': 'application/json' };
    if (answer.cookie !== undefined)
      headers['Set-Cookie'] = `kestrel_refresh=${answer.cookie}; Path=/; HttpOnly; SameSite=Strict`;
    response.writeHead(answer.status, headers);
    response.end(answer.body === undefined ? undefined : JSON.stringify(answer.body));
    return true;
  }

  attach(server: Server): void {
    server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
      if (request.url?.startsWith('/api/v1/live') !== true) return;
      this.sockets.handleUpgrade(request, socket, head, feed => this.greet(feed));
    });
  }

  /** Ends every feed, as a restart of the server does. */
  dropFeeds(): void {
    for (const feed of this.feeds.keys()) feed.close(1001);
  }

  /** Makes an incident newer and tells everyone. */
  tell(email: string, incident: Incident): void {
    this.world(email).incidents.set(incident.id, incident);
    this.send(email, { is: 'changed', incident: summary(incident) });
  }

  world(email: string): World {
    const known = this.worlds.get(email);
    if (known !== undefined) return known;
    const world = worldOf(email, Date.now());
    this.worlds.set(email, world);
    return world;
  }

  private greet(feed: WebSocket): void {
    feed.on('message', raw => {
      const message = JSON.parse((raw as Buffer).toString('utf8')) as { is: string; token: string };
      if (message.is !== 'hello') return;
      this.feeds.set(feed, message.token);
      if (message.token.startsWith('slow')) return;
      const world = this.world(message.token);
      const snapshot = { is: 'snapshot', incidents: all(world), clusters: world.clusters };
      feed.send(JSON.stringify(snapshot));
    });
    feed.on('close', () => this.feeds.delete(feed));
  }

  private send(email: string, message: unknown): void {
    for (const [feed, of] of this.feeds) if (of === email) feed.send(JSON.stringify(message));
  }

  private route(request: IncomingMessage, url: URL, sent: Record<string, unknown>): Answer {
    const [, , , kind = '', id = '', verb = '', fix = '', fixVerb = ''] = url.pathname
      .split('/')
      .map(decodeURIComponent);
    if (kind === 'session') return this.session(request, id, sent);
    const email = request.headers.authorization?.replace('Bearer ', '') ?? '';
    if (email === '') return problem(401, 'not_signed_in', 'Nobody is signed in.');
    const world = this.world(email);
    if (kind === 'audit') return audit(Number(url.searchParams.get('before') ?? 0));
    if (kind === 'clusters') return invite(world, request.method ?? '', id, String(sent['name']));
    if (id === '') return page(world, url.searchParams);
    const incident = world.incidents.get(id);
    if (incident === undefined) return problem(404, 'not_found', 'There is no such incident.');
    if (verb === '') return { status: 200, body: incident };
    return this.word(email, incident, verb === 'remediations' ? fixVerb : verb, fix, sent);
  }

  private session(request: IncomingMessage, id: string, sent: Record<string, unknown>): Answer {
    if (request.method === 'DELETE') return { status: 204, cookie: '; Max-Age=0' };
    const cookie = /kestrel_refresh=([^;]+)/.exec(request.headers.cookie ?? '')?.[1];
    const email = id === 'refresh' ? decodeURIComponent(cookie ?? '') : String(sent['email']);
    if (id === 'refresh' && email === '')
      return problem(401, 'not_signed_in', 'Nobody is signed in.');
    if (id === '' && sent['password'] === 'wrong')
      return problem(
        401,
        'wrong_credentials',
        'E-mail address or password is wrong.',
        'Try again.',
      );
    const role = this.world(email).role;
    const principal = { tenant: 'acme', user: email, name: email, role };
    const body = { accessToken: email, tokenType: 'Bearer', expiresIn: 600, principal };
    return { status: 200, body, cookie: encodeURIComponent(email) };
  }

  private word(
    email: string,
    incident: Incident,
    verb: string,
    fix: string,
    sent: Record<string, unknown>,
  ): Answer {
    const now = new Date().toISOString();
    const next = (text: string): Incident => ({
      ...incident,
      revision: incident.revision + 1,
      timeline: [...incident.timeline, { at: now, kind: 'HUMAN', by: email, text }],
    });
    if (verb === 'approve') {
      const seen = incident.remediations.find(one => one.id === fix)?.plan.manifest.digest;
      if (seen !== sent['digest'])
        return problem(409, 'refused', 'The plan has changed.', 'Look at it again.');
      this.tell(email, withPhase(incident, fix, 'APPROVED', email, 'Approved.', now));
      this.play(email, incident.id, fix);
    } else if (verb === 'reject') {
      this.tell(
        email,
        withPhase(incident, fix, 'REJECTED', email, `Rejected: ${String(sent['reason'])}`, now),
      );
    } else if (verb === 'acknowledge') {
      this.tell(email, { ...next('Acknowledged.'), status: 'ACKNOWLEDGED' });
    } else if (verb === 'resolve') {
      this.tell(email, { ...next('Resolved by hand.'), status: 'RESOLVED', resolvedAt: now });
    } else {
      this.tell(email, next(sent['right'] === true ? 'Judged right.' : 'Judged wrong.'));
    }
    return { status: 200, body: { revision: incident.revision + 1 } };
  }

  private play(email: string, id: string, fix: string): void {
    for (const [wait, phase, by, text] of AFTER_APPROVAL)
      setTimeout(() => {
        const incident = this.world(email).incidents.get(id);
        if (incident !== undefined)
          this.tell(email, withPhase(incident, fix, phase, by, text, new Date().toISOString()));
      }, wait).unref();
  }
}

function all(world: World): readonly IncidentSummary[] {
  return [...[...world.incidents.values()].map(summary), ...world.crowd];
}

function page(world: World, query: URLSearchParams): Answer {
  const statuses = query.getAll('status');
  const incidents = all(world)
    .filter(one => statuses.length === 0 || statuses.includes(one.status))
    .slice(0, Number(query.get('limit') ?? 50));
  return { status: 200, body: { incidents, next: '' } };
}

function invite(world: World, method: string, id: string, name: string): Answer {
  if (method === 'GET') return { status: 200, body: { clusters: world.clusters } };
  if (method === 'DELETE') {
    const at = world.clusters.findIndex(one => one.id === id);
    const old = world.clusters[at];
    if (old === undefined) return problem(404, 'not_found', 'There is no such cluster.');
    world.clusters[at] = { ...old, state: 'REVOKED', connected: false };
    return { status: 204 };
  }
  const { like } = { like: worldOf('admin', Date.now()).clusters.at(-1) };
  const cluster = { ...like, id: name.toLowerCase().replace(/[^a-z0-9]+/g, '-'), name };
  const joinToken = 'kj_3v9Qm2dXb7LrT0sYcW8uHnEeFpA1';
  const helmCommand = [
    'helm install kestrel-operator ./deploy/helm/kestrel-operator',
    '--namespace kestrel --create-namespace',
    `--set cloud.host=cloud.kestrel.example --set cluster.name=${name}`,
    `--set joinToken.value=${joinToken}`,
  ].join(' \\\n  ');
  const expiresAt = new Date(Date.now() + 3_600_000).toISOString();
  return { status: 201, body: { cluster, joinToken, expiresAt, helmCommand } };
}

function audit(before: number): Answer {
  const first = before > 0 ? before - 1 : 230;
  const actions = [
    'session.sign_in',
    'remediation.approve',
    'remediation.reject',
    'cluster.invite',
  ];
  const entries = Array.from({ length: Math.min(100, first) }, (_, i) => {
    const number = first - i;
    const isFix = (actions[number % 4] ?? '').startsWith('remediation');
    return {
      number,
      at: new Date(Date.now() - (230 - number) * 713_000).toISOString(),
      by: ['marta@acme.example', 'jonas@acme.example', 'kestrel'][number % 3],
      action: actions[number % 4],
      subject: isFix ? 'incident/inc-7f3a91c2/remediation/fix-1' : `cluster/prod-eu-${number}`,
      detail: isFix ? 'digest 5f1c0a9e2b77, reason TOO_RISKY' : '',
      hash: (number * 2654435761).toString(16).padStart(16, '0').repeat(4),
    };
  });
  return { status: 200, body: { entries, next: first > 100 ? first - 99 : 0 } };
}

function problem(status: number, code: string, title: string, action = ''): Answer {
  const type = `urn:kestrel:problem:${code}`;
  return { status, body: { type, title, status, code, detail: '', instance: '', action } };
}

async function body(request: IncomingMessage): Promise<Record<string, unknown>> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString('utf8');
  return text === '' ? {} : (JSON.parse(text) as Record<string, unknown>);
}
