import { createRootRoute, createRoute, createRouter, redirect } from '@tanstack/react-router';
import { AuditPage } from './views/audit/AuditPage';
import { ClustersPage } from './views/cluster/ClustersPage';
import { IncidentPage } from './views/incident/IncidentPage';
import { IncidentsPage } from './views/incident/IncidentsPage';
import { Failed } from './views/shell/Failed';
import { NotFound } from './views/shell/NotFound';
import { Shell } from './views/shell/Shell';

type Search = Readonly<Record<string, unknown>>;

const root = createRootRoute({
  component: Shell,
  notFoundComponent: NotFound,
  errorComponent: Failed,
});

const home = createRoute({
  getParentRoute: () => root,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/incidents' });
  },
});

const incidents = createRoute({
  getParentRoute: () => root,
  path: '/incidents',
  component: IncidentsPage,
  validateSearch: (search: Search) =>
    texts(search, ['status', 'severity', 'verdict', 'cluster', 'q']),
});

const incident = createRoute({
  getParentRoute: () => root,
  path: '/incidents/$id',
  component: IncidentPage,
  validateSearch: (search: Search) => texts(search, ['hop', 'hypothesis']),
});

const clusters = createRoute({
  getParentRoute: () => root,
  path: '/clusters',
  component: ClustersPage,
  validateSearch: (search: Search) => texts(search, ['add']),
});

const audit = createRoute({ getParentRoute: () => root, path: '/audit', component: AuditPage });

/** Every page is reproducible from its address; search members are plain texts. */
export function router() {
  return createRouter({
    routeTree: root.addChildren([home, incidents, incident, clusters, audit]),
    parseSearch: text => Object.fromEntries(new URLSearchParams(text)),
    stringifySearch: search => {
      const query = new URLSearchParams();
      for (const [name, value] of Object.entries(search))
        if (typeof value === 'string') query.set(name, value);
      const text = query.toString().replaceAll('%2C', ',');
      return text === '' ? '' : `?${text}`;
    },
  });
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof router>;
  }
}

/** The members of the address that a page knows, as texts; everything else is left out. */
function texts<K extends string>(search: Search, names: readonly K[]): Partial<Record<K, string>> {
  const known: Partial<Record<K, string>> = {};
  for (const name of names) {
    const value = search[name];
    if (typeof value === 'string' && value !== '') known[name] = value;
  }
  return known;
}
