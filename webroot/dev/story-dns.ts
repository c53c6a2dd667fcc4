import type { Clock } from './parts';
import {
  cause,
  digest,
  hop,
  hypothesis,
  NEVER,
  ref,
  remediation,
  step,
  support,
  symptom,
} from './parts';
import type { Story } from './stories';
import { FRONTEND, addRule, POLICY, CHECKOUT, revert, SERVICE } from './story-dns-fixes';
import { seenEvidence, timeline } from './story-dns-evidence';

/** A network policy without a rule for DNS: the worked example of the causal engine. */
export const dnsDenied: Story = t => {
  const seen = seenEvidence(t);
  return {
    id: 'inc-7f3a91c2',
    at: 'prod-eu-1',
    status: 'OPEN',
    severity: 'CRITICAL',
    title: 'NetworkPolicy deny-egress blocks DNS for checkout',
    openedAt: t(4),
    changedAt: t(61),
    resolvedAt: NEVER,
    mergedInto: '',
    resources: [ref(CHECKOUT), ref(SERVICE), ref(FRONTEND)],
    evidence: seen,
    symptoms: [
      symptom('flow.dns_dropped_policy', CHECKOUT, t(4), 'ACTIVE', [3, 3], []),
      symptom('log.dns_timeout', CHECKOUT, t(6), 'ACTIVE', [3, 3], []),
      symptom('probe.readiness_failed', CHECKOUT, t(25), 'ACTIVE', [3, 3], []),
      symptom('pod.not_ready', CHECKOUT, t(31), 'ACTIVE', [3, 3], []),
      symptom('service.no_endpoints', SERVICE, t(32), 'ACTIVE', [1, 1], []),
      symptom('l7.503_uh', FRONTEND, t(33), 'FLAPPING', [2, 4], []),
    ],
    diagnosis: {
      verdict: 'ROOT_CAUSE',
      knowledge: digest('knowledge'),
      calibrated: false,
      unexplained: [],
      notSeen: ['Network flows of node-3: the flow source is 40 s behind there.'],
      hypotheses: [winner(t), ...losers()],
    },
    investigations: [
      {
        id: 'q-1',
        tool: 'analysis.netpol',
        arguments: `policy=shop/deny-egress, port=53`,
        why: 'Separates the policy from CoreDNS and from a node fault (0.88 bits for 0.05 s).',
        askedAt: t(34),
        answered: true,
        answer:
          'denies: true\nreason: policyTypes contains Egress; no egress rule allows 53/UDP or 53/TCP to kube-system',
      },
      {
        id: 'q-2',
        tool: 'dns.lookup',
        arguments: 'name=kubernetes.default, from=namespace/search',
        why: 'If names resolve elsewhere, CoreDNS is not the cause.',
        askedAt: t(38),
        answered: true,
        answer: 'kubernetes.default.svc.cluster.local. 5 IN A 10.96.0.1   (2 ms)',
      },
    ],
    timeline: timeline(t),
    remediations: [
      remediation(
        'fix-1',
        addRule,
        'PROPOSED',
        t(60),
        t(60 + 1800),
        [
          step(t(52), 'VALIDATING', 'kestrel', 'Asked the API server for a dry-run.'),
          step(t(60), 'PROPOSED', 'kestrel', 'The dry-run was accepted without warnings.'),
        ],
        ['kubectl-client-side-apply'],
      ),
      remediation('fix-2', revert, 'BLOCKED', t(60), t(60 + 1800), [
        step(
          t(60),
          'BLOCKED',
          'operator',
          'KIND_NOT_ALLOWED: this operator may not delete a NetworkPolicy. Delete it yourself, or allow the kind in the chart’s values.',
        ),
      ]),
    ],
  };
};

function winner(t: Clock) {
  return hypothesis(
    1,
    cause('netpol.denies_dns_egress', POLICY),
    'NetworkPolicy deny-egress allows no egress to port 53, so checkout cannot resolve names',
    0.9984,
    'VERIFIED',
    {
      chain: chain(t),
      support: [
        support('The policy was created 4 s before the first symptom', 4.6, ['e1']),
        support('214 flows to kube-dns:53 were dropped with reason POLICY_DENIED', 6.2, ['e2']),
        support('The policy evaluates to "denied" for 53/UDP', 3.4, ['e7']),
        support('The application logs "i/o timeout" for lookups', 1.9, ['e3']),
        support('CoreDNS is ready and other namespaces resolve names', 0.4, ['e8']),
      ],
    },
  );
}

function losers() {
  return [
    hypothesis(
      2,
      cause('unknown', CHECKOUT),
      'Something that the knowledge does not name',
      0.0016,
      'SUSPECTED',
      {
        explained: 1,
        lostBecause: 'A known cause explains everything that was seen 600 times better.',
        support: [support('Would leave the new policy and the drops a coincidence', -6.4)],
      },
    ),
    hypothesis(
      3,
      cause('coredns.down', 'Deployment/kube-system/coredns'),
      'CoreDNS is down',
      0.0000014,
      'REFUTED',
      {
        explained: 0.66,
        lostBecause:
          'Two effects it would have are visible and absent: CoreDNS is ready, and names resolve in other namespaces.',
        support: [
          support('Lookups time out', 1.9, ['e3']),
          support('CoreDNS pods are ready', -2.1, ['e8']),
          support('DNS works in namespace search', -1.7, ['e8']),
          support('Drops carry POLICY_DENIED, which a dead server does not cause', -6.2, ['e2']),
        ],
      },
    ),
    hypothesis(
      4,
      cause('workload.bad_release', CHECKOUT),
      'A bad release of checkout',
      0.00000003,
      'REFUTED',
      {
        explained: 0.5,
        lostBecause:
          'checkout was not changed in the last six hours, and the change log is complete.',
        support: [
          support('No rollout of checkout in six hours', -3.9),
          support('Readiness fails on all pods', 0.8, ['e4']),
        ],
      },
    ),
    hypothesis(
      5,
      cause('node.network_fault', 'Node/node-3'),
      'The network of node-3 is broken',
      0.0000000006,
      'REFUTED',
      {
        explained: 0.33,
        lostBecause: 'Two of the three failing pods run on other nodes.',
        support: [support('Pods on node-1 and node-2 fail as well', -8.1, ['e4'])],
      },
    ),
  ];
}

function chain(t: Clock) {
  return [
    hop(
      ['netpol.denies_dns_egress', POLICY],
      ['flow.dns_dropped_policy', CHECKOUT],
      'POLICY_ON',
      'OBSERVED',
      t(4),
      'The policy selects checkout and has no egress rule for port 53, so its lookups are dropped.',
      ['e1', 'e2'],
    ),
    hop(
      ['flow.dns_dropped_policy', CHECKOUT],
      ['dns.resolution_failing', CHECKOUT],
      'self',
      'TESTED',
      t(35),
      'Evaluating the policy on the inventory says 53/UDP is denied; without answers, names do not resolve.',
      ['e7', 'e8'],
    ),
    hop(
      ['dns.resolution_failing', CHECKOUT],
      ['log.dns_timeout', CHECKOUT],
      'self',
      'OBSERVED',
      t(6),
      'The application says so itself.',
      ['e3'],
    ),
    hop(
      ['dns.resolution_failing', CHECKOUT],
      ['probe.readiness_failed', CHECKOUT],
      'self',
      'INFERRED',
      NEVER,
      'The readiness endpoint calls payments by name; nothing shows that call directly.',
      ['e4'],
    ),
    hop(
      ['probe.readiness_failed', CHECKOUT],
      ['pod.not_ready', CHECKOUT],
      'self',
      'OBSERVED',
      t(31),
      'After three failed probes the kubelet reports Ready=False.',
      ['e4', 'e5'],
    ),
    hop(
      ['pod.not_ready', CHECKOUT],
      ['service.no_endpoints', SERVICE],
      'ENDPOINT_OF',
      'OBSERVED',
      t(32),
      'All three endpoints left the EndpointSlice.',
      ['e5', 'e6'],
    ),
    hop(
      ['service.no_endpoints', SERVICE],
      ['l7.503_uh', FRONTEND],
      'CALLS',
      'OBSERVED',
      t(33),
      'Envoy answers 503 UH: no healthy upstream.',
      ['e9'],
    ),
  ];
}
