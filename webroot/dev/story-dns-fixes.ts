import type { Plan } from '../src/domain/remediation';
import { cause, digest, ref } from './parts';

export const POLICY = 'NetworkPolicy/shop/deny-egress';
export const CHECKOUT = 'Deployment/shop/checkout';
export const SERVICE = 'Service/shop/checkout';
export const FRONTEND = 'Deployment/shop/frontend';

function manifest(name: string, fields: unknown, expected: Record<string, string>) {
  return {
    target: ref(POLICY),
    apiVersion: 'networking.k8s.io/v1',
    fields,
    digest: digest(name),
    expectedUid: '0d0b5c3e-8a0e-4c1c-9a56-1c8a1f3f7b11',
    expectedValues: expected,
    takeOver: ['kubectl-client-side-apply'],
  };
}

const DNS_RULE = {
  ports: [
    { port: 53, protocol: 'UDP' },
    { port: 53, protocol: 'TCP' },
  ],
  to: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'kube-system' } } }],
};
const PAYMENTS_RULE = { to: [{ podSelector: { matchLabels: { app: 'payments' } } }] };
const HEAD = {
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name: 'deny-egress', namespace: 'shop' },
};

/** Keeps the isolation, allows DNS. */
export const addRule: Plan = {
  template: 'fix.netpol_allow_dns',
  title: 'Allow DNS egress in deny-egress',
  explanation:
    'Adds one egress rule for port 53 to kube-system and keeps the isolation that the policy was made for.',
  cause: cause('netpol.denies_dns_egress', POLICY),
  risk: 1,
  manifest: manifest(
    'allow',
    { ...HEAD, spec: { egress: [PAYMENTS_RULE, DNS_RULE] } },
    { 'spec.egress': JSON.stringify([PAYMENTS_RULE]) },
  ),
  undo: manifest('undo', { ...HEAD, spec: { egress: [PAYMENTS_RULE] } }, {}),
  diff: [
    { path: 'spec.egress[1].ports', before: 'null', after: JSON.stringify(DNS_RULE.ports) },
    { path: 'spec.egress[1].to', before: 'null', after: JSON.stringify(DNS_RULE.to) },
  ],
  simulated: [
    'checkout may reach kube-dns on 53/UDP and 53/TCP again.',
    'Nothing else becomes reachable that is not now.',
  ],
  postConditions: [
    {
      clears: { type: 'flow.dns_dropped_policy', about: ref(CHECKOUT) },
      within: 'PT30S',
      quiet: 'PT0S',
    },
    {
      clears: { type: 'service.no_endpoints', about: ref(SERVICE) },
      within: 'PT3M',
      quiet: 'PT0S',
    },
  ],
};

/** Takes the policy away whole. */
export const revert: Plan = {
  ...addRule,
  template: 'fix.netpol_delete',
  title: 'Delete NetworkPolicy deny-egress',
  explanation: 'Takes the change back whole. The isolation that somebody wanted goes with it.',
  risk: 2,
  manifest: manifest('delete', HEAD, {}),
  diff: [{ path: 'metadata.name', before: '"deny-egress"', after: 'null' }],
  simulated: ['All pods of app=checkout may reach everything.'],
};
