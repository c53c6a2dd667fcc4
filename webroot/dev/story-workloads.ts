import type { Remediation } from '../src/domain/remediation';
import type { Clock } from './parts';
import {
  cause,
  digest,
  evidence,
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
import { plan } from './plan';
import { QUIET } from './stories';

const IMPORTER = 'Deployment/data/importer';

/** An image tag that does not exist; its fix is being verified. */
export const imageNotFound: Story = t => ({
  ...QUIET,
  id: 'inc-51be08aa',
  at: 'staging',
  status: 'MITIGATED',
  severity: 'MEDIUM',
  title: 'importer cannot start: image tag v2.14.0-rc9 does not exist',
  openedAt: t(0),
  changedAt: t(5600),
  resources: [ref(IMPORTER)],
  symptoms: [symptom('container.image_pull_failed', IMPORTER, t(0), 'CLEARING', [1, 4], [])],
  evidence: [
    evidence(
      'i1',
      'Pod/data/importer-77f9c-kq2pd',
      t(0),
      'EVENT',
      'Failed (kubelet)',
      'Failed to pull image "ghcr.example/acme/importer:v2.14.0-rc9": not found',
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
        cause('image.tag_not_found', IMPORTER),
        'The image tag does not exist in its registry',
        0.97,
        'VERIFIED',
        {
          chain: [
            hop(
              ['image.tag_not_found', IMPORTER],
              ['container.image_pull_failed', IMPORTER],
              'self',
              'OBSERVED',
              t(0),
              'The registry answered "not found".',
              ['i1'],
            ),
          ],
          support: [support('The registry says "not found"', 5.1, ['i1'])],
        },
      ),
    ],
  },
  timeline: [
    { at: t(0), kind: 'OPENED', by: 'kestrel', text: 'importer cannot pull its image.' },
    { at: t(5580), kind: 'HUMAN', by: 'jonas@acme.example', text: 'Approved: go back to v2.13.4.' },
  ],
  remediations: [rollBack(t)],
});

function rollBack(t: Clock): Remediation {
  const back = plan(
    [
      'fix.roll_back_image',
      'Go back to importer:v2.13.4',
      'v2.13.4 ran for nine days before this rollout.',
    ],
    IMPORTER,
    1,
    {
      spec: {
        template: {
          spec: { containers: [{ name: 'importer', image: 'ghcr.example/acme/importer:v2.13.4' }] },
        },
      },
    },
    [
      {
        path: 'spec.template.spec.containers[importer].image',
        before: '"ghcr.example/acme/importer:v2.14.0-rc9"',
        after: '"ghcr.example/acme/importer:v2.13.4"',
      },
    ],
    ['image.tag_not_found', 'container.image_pull_failed'],
  );
  return remediation('fix-1', back, 'VERIFYING', t(20), t(1820), [
    step(t(20), 'PROPOSED', 'kestrel', 'The dry-run was accepted.'),
    step(t(5580), 'APPROVED', 'jonas@acme.example', 'Approved.'),
    step(t(5583), 'VERIFYING', 'operator', 'Applied as resource version 918273.'),
  ]);
}

const CART = 'Service/shop/cart';

/** A selector that matches nothing: found, fixed, verified. */
export const selectorMatchesNothing: Story = t => ({
  ...QUIET,
  id: 'inc-9d44f0b7',
  at: 'prod-eu-1',
  status: 'RESOLVED',
  severity: 'HIGH',
  title: 'Service cart selects no pod: label app is "cart-v2"',
  openedAt: t(0),
  changedAt: t(400),
  resolvedAt: t(400),
  resources: [ref(CART)],
  symptoms: [symptom('service.no_endpoints', CART, t(0), 'CLEARED', [0, 1], [])],
  evidence: [
    evidence(
      's1',
      CART,
      t(-5),
      'CHANGE',
      'spec.selector.app: cart → cart-v1',
      '- app: cart-v2\n+ app: cart-v1',
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
        cause('service.selector_matches_nothing', CART),
        'The selector app=cart-v1 matches no pod',
        0.99,
        'VERIFIED',
        {
          chain: [
            hop(
              ['service.selector_matches_nothing', CART],
              ['service.no_endpoints', CART],
              'SELECTS',
              'OBSERVED',
              t(0),
              'No pod has the label that the selector asks for.',
              ['s1'],
            ),
          ],
          support: [support('The selector was changed 5 s before', 4.6, ['s1'])],
        },
      ),
    ],
  },
  timeline: [
    {
      at: t(-5),
      kind: 'CHANGE',
      by: 'kubectl-edit',
      text: 'Service shop/cart: spec.selector changed.',
    },
    { at: t(0), kind: 'OPENED', by: 'kestrel', text: 'Service cart has no endpoints.' },
    {
      at: t(200),
      kind: 'HUMAN',
      by: 'jonas@acme.example',
      text: 'Approved: restore the selector.',
    },
    { at: t(400), kind: 'RESOLVED', by: 'kestrel', text: 'Verified: endpoints are back.' },
  ],
  remediations: [
    remediation(
      'fix-1',
      plan(
        [
          'fix.restore_selector',
          'Restore the selector of cart',
          'The previous selector matches 3 pods.',
        ],
        CART,
        0,
        { spec: { selector: { app: 'cart-v2' } } },
        [{ path: 'spec.selector.app', before: '"cart-v1"', after: '"cart-v2"' }],
        ['service.selector_matches_nothing', 'service.no_endpoints'],
      ),
      'VERIFIED',
      t(20),
      NEVER,
      [
        step(t(20), 'PROPOSED', 'kestrel', 'The dry-run was accepted.'),
        step(t(200), 'APPROVED', 'jonas@acme.example', 'Approved.'),
        step(t(203), 'VERIFYING', 'operator', 'Applied.'),
        step(t(400), 'VERIFIED', 'kestrel', 'All post-conditions hold.'),
      ],
    ),
  ],
});
