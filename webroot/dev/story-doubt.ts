import { cause, digest, evidence, hop, hypothesis, NEVER, ref, support, symptom } from './parts';
import type { Story } from './stories';
import { QUIET } from './stories';

const SEARCH = 'StatefulSet/search/search';

/** Not enough was seen to name one cause. */
export const severalCandidates: Story = t => ({
  ...QUIET,
  id: 'inc-c0ffee12',
  at: 'prod-us-2',
  status: 'OPEN',
  severity: 'HIGH',
  title: 'search fails its readiness probes on 2 of 5 pods',
  openedAt: t(0),
  changedAt: t(30),
  resources: [ref(SEARCH)],
  symptoms: [
    symptom('probe.readiness_failed', SEARCH, t(0), 'ACTIVE', [2, 5], []),
    symptom('log.dns_timeout', SEARCH, t(3), 'ACTIVE', [2, 5], []),
    symptom('container.throttled', 'Deployment/search/indexer', t(9), 'AMBIENT', [1, 2], []),
  ],
  evidence: [
    evidence(
      'c1',
      'Pod/search/search-3',
      t(0),
      'EVENT',
      'Unhealthy (kubelet)',
      'Readiness probe failed: Get "http://10.244.3.9:8080/ready": context deadline exceeded',
    ),
    evidence(
      'c2',
      'Pod/search/search-3',
      t(3),
      'LOG',
      'DNS lookups time out',
      'lookup index-master.search: i/o timeout',
    ),
  ],
  diagnosis: {
    verdict: 'CANDIDATES',
    knowledge: digest('k'),
    calibrated: false,
    unexplained: [{ type: 'container.throttled', about: ref('Deployment/search/indexer') }],
    notSeen: [
      'Network flows: this cluster has no flow source.',
      'Changes before 02:10: the operator was not connected.',
    ],
    hypotheses: [
      hypothesis(
        1,
        cause('netpol.denies_dns_egress', 'NetworkPolicy/search/default-deny'),
        'A network policy denies DNS egress',
        0.465,
        'SUSPECTED',
        {
          chain: [
            hop(
              ['netpol.denies_dns_egress', 'NetworkPolicy/search/default-deny'],
              ['dns.resolution_failing', SEARCH],
              'POLICY_ON',
              'INFERRED',
              NEVER,
              'The policy selects search; no flows are visible that would show a drop.',
              [],
            ),
            hop(
              ['dns.resolution_failing', SEARCH],
              ['log.dns_timeout', SEARCH],
              'self',
              'OBSERVED',
              t(3),
              'The application says so.',
              ['c2'],
            ),
            hop(
              ['dns.resolution_failing', SEARCH],
              ['probe.readiness_failed', SEARCH],
              'self',
              'BROKEN',
              t(0),
              'The probe failed three seconds before the first DNS timeout.',
              ['c1'],
            ),
          ],
          support: [
            support('Lookups time out', 1.9, ['c2']),
            support('Only 2 of 5 pods fail, the policy selects all', -1.2, ['c1']),
          ],
        },
      ),
      hypothesis(
        2,
        cause('unknown', SEARCH),
        'Something that the knowledge does not name',
        0.298,
        'SUSPECTED',
        { lostBecause: 'A known cause is a little more probable.' },
      ),
      hypothesis(
        3,
        cause('coredns.down', 'Deployment/kube-system/coredns'),
        'CoreDNS is overloaded',
        0.165,
        'SUSPECTED',
        {
          explained: 0.8,
          lostBecause: 'No other namespace complains, but few were looking.',
          support: [
            support('Lookups time out', 1.9, ['c2']),
            support('No other namespace has DNS errors', -1.1),
          ],
        },
      ),
      hypothesis(
        4,
        cause('node.network_fault', 'Node/ip-10-0-3-71'),
        'The network of ip-10-0-3-71 is broken',
        0.036,
        'SUSPECTED',
        {
          lostBecause: 'One of the two failing pods runs elsewhere.',
          support: [support('Both ends on one node: no', -2.2)],
        },
      ),
    ],
  },
  investigations: [
    {
      id: 'q-1',
      tool: 'dns.lookup',
      arguments: 'name=index-master.search, from=namespace/default',
      why: 'Separates the policy from CoreDNS (0.48 bits).',
      askedAt: t(28),
      answered: true,
      answer: 'NOERROR index-master.search.svc.cluster.local. 10.96.44.7 (3 ms)',
    },
    {
      id: 'q-2',
      tool: 'k8s.logs',
      arguments: 'namespace=kube-system, selector=k8s-app=kube-dns, tail=200',
      why: 'Errors of CoreDNS itself would make it the first candidate.',
      askedAt: t(30),
      answered: false,
      answer: '',
    },
  ],
  timeline: [
    { at: t(0), kind: 'OPENED', by: 'kestrel', text: 'search fails readiness on 2 of 5 pods.' },
    {
      at: t(12),
      kind: 'DIAGNOSIS',
      by: 'kestrel',
      text: 'Three candidates; none is certain enough to be called the root cause.',
    },
    {
      at: t(28),
      kind: 'INVESTIGATION',
      by: 'kestrel',
      text: 'Asked dns.lookup from namespace default.',
    },
  ],
});

/** Silence is an incident of its own. */
export const visibilityLost: Story = t => ({
  ...QUIET,
  id: 'inc-000d15c0',
  at: 'edge-berlin',
  status: 'OPEN',
  severity: 'LOW',
  title: 'Visibility lost: the operator of edge-berlin has been silent for 42 minutes',
  openedAt: t(0),
  changedAt: t(0),
  resources: [ref('Cluster/edge-berlin')],
  symptoms: [symptom('operator.silent', 'Cluster/edge-berlin', t(0), 'ACTIVE', [1, 1], [])],
  evidence: [evidence('v1', 'Cluster/edge-berlin', t(0), 'ANALYSIS', 'No heartbeat for 30 s', '')],
  diagnosis: {
    verdict: 'UNKNOWN_CAUSE',
    knowledge: digest('k'),
    calibrated: false,
    hypotheses: [],
    unexplained: [{ type: 'operator.silent', about: ref('Cluster/edge-berlin') }],
    notSeen: ['Everything in this cluster since the operator fell silent.'],
  },
  timeline: [{ at: t(0), kind: 'OPENED', by: 'kestrel', text: 'The operator fell silent.' }],
});

const LONG =
  'recommendation-feature-materialization-backfill-controller-canary-eu-central-1b-shadow';

/** As long as Kubernetes allows names to be. */
export const longNames: Story = t => ({
  ...QUIET,
  id: 'inc-10a90a3e',
  at: 'a-cluster-whose-name-is-as-long-as-the-rules-for-names-allow-it',
  status: 'ACKNOWLEDGED',
  severity: 'MEDIUM',
  title: `${LONG} cannot be scheduled: 0/48 nodes are available, 31 Insufficient cpu, 17 node(s) had untolerated taint {dedicated.example.com/machine-learning-training: reserved}`,
  openedAt: t(0),
  changedAt: t(10),
  resources: [ref(`Deployment/machine-learning-platform-feature-engineering/${LONG}`)],
  symptoms: [
    symptom(
      'pod.unschedulable_insufficient_resources',
      `Deployment/machine-learning-platform-feature-engineering/${LONG}`,
      t(0),
      'ACTIVE',
      [12, 48],
      [],
    ),
  ],
  evidence: [
    evidence(
      'l1',
      `Pod/machine-learning-platform-feature-engineering/${LONG}-7d`,
      t(0),
      'EVENT',
      'FailedScheduling (default-scheduler)',
      '0/48 nodes are available: 31 Insufficient cpu, 17 node(s) had untolerated taint {dedicated.example.com/machine-learning-training: reserved}. preemption: 0/48 nodes are available: 48 No preemption victims found for incoming pod.',
    ),
  ],
  diagnosis: {
    verdict: 'ROOT_CAUSE',
    knowledge: digest('k'),
    calibrated: false,
    unexplained: [],
    notSeen: [],
    hypotheses: [
      hypothesis(
        1,
        cause(
          'scheduling.insufficient_resources',
          `Deployment/machine-learning-platform-feature-engineering/${LONG}`,
        ),
        `${LONG} asks for more CPU than any node has left`,
        0.81,
        'SUPPORTED',
        {
          chain: [
            hop(
              [
                'scheduling.insufficient_resources',
                `Deployment/machine-learning-platform-feature-engineering/${LONG}`,
              ],
              [
                'pod.unschedulable_insufficient_resources',
                `Deployment/machine-learning-platform-feature-engineering/${LONG}`,
              ],
              'self',
              'OBSERVED',
              t(0),
              'The scheduler says so.',
              ['l1'],
            ),
          ],
          support: [support('31 of 48 nodes lack CPU', 3.2, ['l1'])],
        },
      ),
    ],
  },
  timeline: [{ at: t(0), kind: 'OPENED', by: 'kestrel', text: 'Pods cannot be scheduled.' }],
});
