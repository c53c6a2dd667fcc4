import {
  IconBan,
  IconCircleCheck,
  IconHourglass,
  IconProgress,
  IconShield,
  IconShieldCheck,
  IconShieldExclamation,
  IconUserQuestion,
  IconX,
} from '@tabler/icons-react';
import type { Icon } from '@tabler/icons-react';
import { useId } from 'react';
import type { Incident } from '../../domain/incident';
import type { Phase, Remediation } from '../../domain/remediation';
import { isOver } from '../../domain/remediation';
import { PHASE_WORDS, RISK_WORDS } from '../../domain/words';
import type { Tone } from '../../ui/Mark';
import { Mark } from '../../ui/Mark';
import { Resource } from '../../ui/Resource';
import { Decide } from './Decide';
import { Effects } from './Effects';
import { FieldDiffs } from './FieldDiffs';
import styles from './Fix.module.css';
import { Manifests } from './Manifests';
import { Progress } from './Progress';

type FixCardProps = {
  readonly incident: Incident;
  readonly fix: Remediation;
  readonly isFirst: boolean;
};

/** One fix: what it changes, at what risk, how it is taken back, and the decision about it. */
export function FixCard({ incident, fix, isFirst }: FixCardProps) {
  const heading = useId();
  const { plan } = fix;
  const last = fix.history.at(-1);
  const needsReason = ['BLOCKED', 'FAILED', 'UNDONE', 'UNDOING', 'WITHDRAWN', 'EXPIRED'].includes(
    fix.phase,
  );
  return (
    <section className={styles['card']} aria-labelledby={heading} data-phase={fix.phase}>
      <details open={isFirst || (!isOver(fix.phase) && fix.phase !== 'BLOCKED')}>
        <summary className={styles['summary']}>
          <span className={styles['marks']}>
            <span className={styles['kicker']}>{isFirst ? 'Fix' : 'Other fix'}</span>
            <PhaseMark phase={fix.phase} />
            <RiskMark risk={plan.risk} />
          </span>
          <h2 className={styles['title']} id={heading}>
            {plan.title}
          </h2>
        </summary>
        <div className={styles['body']}>
          <p>{plan.explanation}</p>
          {needsReason && last !== undefined && <p className={styles['reason']}>{last.text}</p>}
          <Progress fix={fix} />
          <div>
            <h3 className={styles['label']}>
              Changes <Resource at={plan.manifest.target} wrap />
            </h3>
            <FieldDiffs diffs={plan.diff} />
          </div>
          <Effects fix={fix} symptoms={incident.symptoms} />
          <Manifests plan={plan} />
          <Decide incident={incident} fix={fix} isFirst={isFirst} />
        </div>
      </details>
    </section>
  );
}

const PHASES: Readonly<Record<Phase, readonly [Icon, Tone]>> = {
  VALIDATING: [IconProgress, 'plain'],
  PROPOSED: [IconUserQuestion, 'accent'],
  BLOCKED: [IconBan, 'medium'],
  APPROVED: [IconProgress, 'accent'],
  VERIFYING: [IconProgress, 'accent'],
  VERIFIED: [IconCircleCheck, 'good'],
  UNDOING: [IconProgress, 'high'],
  UNDONE: [IconX, 'high'],
  REJECTED: [IconX, 'plain'],
  EXPIRED: [IconHourglass, 'plain'],
  WITHDRAWN: [IconX, 'plain'],
  FAILED: [IconX, 'critical'],
};

function PhaseMark({ phase }: { readonly phase: Phase }) {
  const [sign, tone] = PHASES[phase];
  return (
    <span role="status">
      <Mark tone={tone} icon={sign} filled>
        {PHASE_WORDS[phase]}
      </Mark>
    </span>
  );
}

const RISK_TONES: readonly Tone[] = ['good', 'good', 'medium', 'critical'];
const RISK_SIGNS: readonly Icon[] = [
  IconShieldCheck,
  IconShieldCheck,
  IconShield,
  IconShieldExclamation,
];

function RiskMark({ risk }: { readonly risk: number }) {
  return (
    <Mark
      tone={RISK_TONES[risk] ?? 'critical'}
      icon={RISK_SIGNS[risk] ?? IconShieldExclamation}
      title={`Risk ${risk} of 3`}
    >
      {RISK_WORDS[risk] ?? 'May hurt'}
    </Mark>
  );
}
