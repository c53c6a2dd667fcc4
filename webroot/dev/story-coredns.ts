import { cause, digest, evidence, hop, hypothesis, ref, support, symptom } from './parts';
import type { Story } from './stories';
import { QUIET } from './stories';

const COREDNS = 'Deployment/kube-system/coredns';
const CALLERS = ['cart', 'catalog', 'checkout', 'frontend', 'payments', 'shipping'];

/** CoreDNS is down, and everyone who asks it is an effect, not an incident of its own. */
export const corednsDown: Story = t => ({
  ...QUIET,
  id: 'inc-8d05dd05',
  at: 'staging',
  status: 'OPEN',
  severity: 'CRITICAL',
  title: 'CoreDNS has no ready pod; names do not resolve for 6 workloads',
  openedAt: t(0),
  changedAt: t(20),
  resources: [ref(COREDNS), ...CALLERS.map(name => ref(`Deployment/shop/${name}`))],
  symptoms: [
    symptom('pod.not_ready', COREDNS, t(0), 'ACTIVE', [2, 2], []),
    ...CALLERS.map((name, i) =>
      symptom('log.dns_timeout', `Deployment/shop/${name}`, t(4 + i), 'ACTIVE', [2, 2], []),
    ),
  ],
  evidence: [
    evidence(
      'd1',
      COREDNS,
      t(0),
      'OBJECT',
      'availableReplicas is 0 of 2',
      'status.availableReplicas: 0',
    ),
  ],
  diagnosis: {
    verdict: 'ROOT_CAUSE',
    knowledge: digest('k'),
    calibrated: true,
    unexplained: [],
    notSeen: [],
    hypotheses: [
      hypothesis(1, cause('coredns.down', COREDNS), 'CoreDNS is down', 0.98, 'VERIFIED', {
        chain: [
          hop(
            ['coredns.down', COREDNS],
            ['dns.unanswered', COREDNS],
            'self',
            'TESTED',
            t(9),
            'A lookup from the operator was not answered.',
            ['d1'],
          ),
          ...CALLERS.map((name, i) =>
            hop(
              ['dns.unanswered', COREDNS],
              ['log.dns_timeout', `Deployment/shop/${name}`],
              'RESOLVES_VIA',
              'OBSERVED',
              t(4 + i),
              `${name} logs DNS timeouts.`,
              [],
            ),
          ),
        ],
        support: [support('No CoreDNS pod is ready', 5.2, ['d1'])],
      }),
    ],
  },
  timeline: [{ at: t(0), kind: 'OPENED', by: 'kestrel', text: 'CoreDNS has no ready pod.' }],
});
