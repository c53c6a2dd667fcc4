import type { Clock } from './parts';
import { evidence } from './parts';
import { FRONTEND, POLICY, SERVICE } from './story-dns-fixes';

/** What was seen, in the cluster's own words. */
export function seenEvidence(t: Clock) {
  return [
    evidence(
      'e1',
      POLICY,
      t(0),
      'CHANGE',
      'Created by kubectl (alice@acme.example)',
      '+ spec.podSelector.matchLabels.app: checkout\n+ spec.policyTypes: [Egress]\n+ spec.egress: [{to: [{podSelector: {matchLabels: {app: payments}}}]}]',
    ),
    evidence(
      'e2',
      'Pod/shop/checkout-6d9f7c5b8-x2lqp',
      t(4),
      'FLOW',
      '214 flows dropped in 10 s, egress to kube-dns',
      '10.244.1.17:41822 -> 10.96.0.10:53 UDP  DROPPED  POLICY_DENIED',
    ),
    evidence(
      'e3',
      'Pod/shop/checkout-6d9f7c5b8-x2lqp',
      t(6),
      'LOG',
      'checkout: 188 lines like this in 20 s',
      'level=error msg="charge failed" err="dial tcp: lookup payments.shop.svc.cluster.local on 10.96.0.10:53: read udp: i/o timeout"',
    ),
    evidence(
      'e4',
      'Pod/shop/checkout-6d9f7c5b8-x2lqp',
      t(25),
      'EVENT',
      'Unhealthy (kubelet), 9 times on 3 pods',
      'Readiness probe failed: HTTP probe failed with statuscode: 503',
    ),
    evidence(
      'e5',
      'Pod/shop/checkout-6d9f7c5b8-x2lqp',
      t(31),
      'OBJECT',
      'Ready=False on 3 of 3 pods',
      'status.conditions[Ready]: {"status":"False","reason":"ContainersNotReady"}',
    ),
    evidence(
      'e6',
      SERVICE,
      t(32),
      'OBJECT',
      'EndpointSlice checkout-h4k2v has no ready endpoint',
      'endpoints[*].conditions.ready: false, false, false',
    ),
    evidence(
      'e7',
      POLICY,
      t(35),
      'ANALYSIS',
      'Policy evaluation: 53/UDP to kube-system is denied',
      'isolated by: shop/deny-egress; allowed by: none',
    ),
    evidence(
      'e8',
      'Service/kube-system/kube-dns',
      t(39),
      'INVESTIGATION',
      'Names resolve in namespace search',
      'kubernetes.default.svc.cluster.local. 5 IN A 10.96.0.1   (2 ms)',
    ),
    evidence(
      'e9',
      FRONTEND,
      t(33),
      'LOG',
      'Access log: 503 UH to checkout, 41 requests/s',
      '"POST /cart/checkout HTTP/2" 503 UH no_healthy_upstream 0 0 "checkout.shop:8080"',
    ),
  ];
}

/** What happened, oldest first. */
export function timeline(t: Clock) {
  return [
    {
      at: t(0),
      kind: 'CHANGE',
      by: 'alice@acme.example',
      text: 'NetworkPolicy shop/deny-egress created: egress only to app=payments.',
    },
    {
      at: t(4),
      kind: 'OPENED',
      by: 'kestrel',
      text: 'DNS lookups of checkout are dropped by a policy on 3 of 3 pods.',
    },
    { at: t(6), kind: 'SYMPTOM', by: 'kestrel', text: 'checkout logs DNS timeouts.' },
    { at: t(25), kind: 'SYMPTOM', by: 'kestrel', text: 'Readiness probes of checkout fail.' },
    { at: t(31), kind: 'SYMPTOM', by: 'kestrel', text: '3 of 3 pods of checkout are not ready.' },
    { at: t(32), kind: 'SYMPTOM', by: 'kestrel', text: 'Service checkout has no endpoints.' },
    { at: t(33), kind: 'SYMPTOM', by: 'kestrel', text: 'frontend answers 503 for checkout.' },
    { at: t(35), kind: 'INVESTIGATION', by: 'kestrel', text: 'Policy evaluation: denied.' },
    {
      at: t(36),
      kind: 'DIAGNOSIS',
      by: 'kestrel',
      text: 'Root cause: NetworkPolicy deny-egress denies DNS egress (99.8 %).',
    },
    {
      at: t(60),
      kind: 'REMEDIATION',
      by: 'kestrel',
      text: 'Proposed: allow DNS egress in deny-egress.',
    },
  ] as const;
}
