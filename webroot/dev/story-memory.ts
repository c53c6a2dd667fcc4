import {
  cause,
  digest,
  evidence,
  hop,
  hypothesis,
  ref,
  remediation,
  step,
  support,
  symptom,
} from './parts';
import type { Story } from './stories';
import { plan } from './plan';
import { QUIET } from './stories';

const PRICING = 'Deployment/shop/pricing';
const POD = 'Pod/shop/pricing-5c7b9d8f6-m8vzt';

const raiseLimit = plan(
  [
    'fix.raise_memory_limit',
    'Raise the memory limit of pricing to 384Mi',
    'The working set reached its limit of 256Mi four times within ten minutes. 384Mi is the 95th percentile of the last week plus a third, and the nodes have room for it.',
  ],
  PRICING,
  1,
  {
    spec: {
      template: {
        spec: {
          containers: [
            {
              name: 'app',
              resources: { limits: { memory: '384Mi' }, requests: { memory: '320Mi' } },
            },
          ],
        },
      },
    },
  },
  [
    {
      path: 'spec.template.spec.containers[app].resources.limits.memory',
      before: '"256Mi"',
      after: '"384Mi"',
    },
    {
      path: 'spec.template.spec.containers[app].resources.requests.memory',
      before: '"256Mi"',
      after: '"320Mi"',
    },
  ],
  ['container.memory_limit_too_low', 'container.oom_killed'],
);

/** A container that its own limit kills. */
export const outOfMemory: Story = t => ({
  ...QUIET,
  id: 'inc-2c90d17e',
  at: 'prod-eu-1',
  status: 'ACKNOWLEDGED',
  severity: 'HIGH',
  title: 'pricing is OOM-killed by its own memory limit of 256Mi',
  openedAt: t(0),
  changedAt: t(200),
  resources: [ref(PRICING)],
  symptoms: [
    symptom('container.oom_killed', PRICING, t(0), 'ACTIVE', [2, 3], []),
    symptom('container.crash_loop', PRICING, t(70), 'ACTIVE', [2, 3], []),
  ],
  evidence: [
    evidence(
      'o1',
      POD,
      t(0),
      'OBJECT',
      'Container app terminated: OOMKilled, exit code 137',
      'lastState.terminated: {"reason":"OOMKilled","exitCode":137}',
    ),
    evidence(
      'o2',
      PRICING,
      t(-1800),
      'OBJECT',
      'Memory limit 256Mi since revision 41',
      'spec.template.spec.containers[app].resources.limits.memory: 256Mi',
    ),
    evidence(
      'o3',
      POD,
      t(70),
      'EVENT',
      'BackOff (kubelet), 6 times',
      'Back-off restarting failed container app in pod pricing-5c7b9d8f6-m8vzt',
    ),
  ],
  diagnosis: {
    verdict: 'ROOT_CAUSE',
    knowledge: digest('k'),
    calibrated: true,
    unexplained: [],
    notSeen: [],
    hypotheses: [
      hypothesis(
        1,
        cause('container.memory_limit_too_low', PRICING),
        'The memory limit of container app (256Mi) is below what it needs',
        0.93,
        'SUPPORTED',
        {
          chain: [
            hop(
              ['container.memory_limit_too_low', PRICING],
              ['container.oom_killed', PRICING],
              'self',
              'OBSERVED',
              t(0),
              'The kernel killed the container when it reached its own limit.',
              ['o1', 'o2'],
            ),
            hop(
              ['container.oom_killed', PRICING],
              ['container.crash_loop', PRICING],
              'self',
              'OBSERVED',
              t(70),
              'It was restarted and killed again.',
              ['o3'],
            ),
          ],
          support: [
            support('Killed with OOMKilled at its own limit, the node had memory free', 4.4, [
              'o1',
            ]),
            support('The limit has not changed for weeks', -0.9, ['o2']),
          ],
        },
      ),
      hypothesis(
        2,
        cause('node.memory_pressure', 'Node/node-2'),
        'node-2 ran out of memory',
        0.04,
        'REFUTED',
        {
          lostBecause: 'MemoryPressure is False on every node, and pods on two nodes were killed.',
          support: [support('MemoryPressure=False', -3.1)],
        },
      ),
      hypothesis(
        3,
        cause('workload.memory_leak', PRICING),
        'pricing leaks memory',
        0.03,
        'SUSPECTED',
        {
          lostBecause: 'It dies within seconds of each start; a leak takes longer.',
          support: [support('Killed 8 s after the start', -1.4, ['o1'])],
        },
      ),
    ],
  },
  timeline: [
    { at: t(0), kind: 'OPENED', by: 'kestrel', text: 'pricing was OOM-killed on 2 of 3 pods.' },
    { at: t(70), kind: 'SYMPTOM', by: 'kestrel', text: 'pricing restarts again and again.' },
    {
      at: t(72),
      kind: 'DIAGNOSIS',
      by: 'kestrel',
      text: 'Root cause: memory limit too low (93 %).',
    },
    { at: t(200), kind: 'HUMAN', by: 'marta@acme.example', text: 'Acknowledged.' },
  ],
  remediations: [
    remediation('fix-1', raiseLimit, 'PROPOSED', t(80), t(4000), [
      step(t(80), 'PROPOSED', 'kestrel', 'The dry-run was accepted.'),
    ]),
  ],
});
