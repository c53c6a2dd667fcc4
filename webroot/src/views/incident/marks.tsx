import {
  IconAntennaBarsOff,
  IconArrowsSplit2,
  IconCircleCheck,
  IconCircleDashed,
  IconCircleDot,
  IconEye,
  IconHelpCircle,
  IconShieldHalf,
  IconTargetArrow,
} from '@tabler/icons-react';
import { IconEqual, IconChevronsUp, IconChevronUp, IconChevronDown } from '@tabler/icons-react';
import type { Severity, Status } from '../../domain/incident';
import type { Verdict } from '../../domain/rca';
import { SEVERITY_WORDS, STATUS_WORDS, VERDICT_WORDS } from '../../domain/words';
import type { Tone } from '../../ui/Mark';
import { Mark } from '../../ui/Mark';

const SEVERITY_SIGNS = {
  CRITICAL: IconChevronsUp,
  HIGH: IconChevronUp,
  MEDIUM: IconEqual,
  LOW: IconChevronDown,
} as const;

const SEVERITY_TONES = {
  CRITICAL: 'critical',
  HIGH: 'high',
  MEDIUM: 'medium',
  LOW: 'low',
} as const;

export function SeverityMark({ severity }: { readonly severity: Severity }) {
  return (
    <Mark
      tone={SEVERITY_TONES[severity]}
      icon={SEVERITY_SIGNS[severity]}
      filled
      title={`Severity: ${SEVERITY_WORDS[severity]}`}
    >
      {SEVERITY_WORDS[severity]}
    </Mark>
  );
}

const STATUS_SIGNS = {
  OPEN: IconCircleDot,
  ACKNOWLEDGED: IconEye,
  MITIGATED: IconShieldHalf,
  RESOLVED: IconCircleCheck,
} as const;

const STATUS_TONES: Readonly<Record<Status, Tone>> = {
  OPEN: 'critical',
  ACKNOWLEDGED: 'accent',
  MITIGATED: 'medium',
  RESOLVED: 'good',
};

export function StatusMark({ status }: { readonly status: Status }) {
  return (
    <Mark
      tone={STATUS_TONES[status]}
      icon={STATUS_SIGNS[status]}
      title={`State: ${STATUS_WORDS[status]}`}
    >
      {STATUS_WORDS[status]}
    </Mark>
  );
}

const VERDICT_SIGNS = {
  ROOT_CAUSE: IconTargetArrow,
  CANDIDATES: IconArrowsSplit2,
  UNKNOWN_CAUSE: IconHelpCircle,
} as const;

const VERDICT_TONES: Readonly<Record<Verdict, Tone>> = {
  ROOT_CAUSE: 'good',
  CANDIDATES: 'medium',
  UNKNOWN_CAUSE: 'plain',
};

const VERDICT_MEANING: Readonly<Record<Verdict, string>> = {
  ROOT_CAUSE: 'One cause, grounded in evidence, with at least 70 % of the probability.',
  CANDIDATES:
    'No cause is certain enough. The smallest set that holds 90 % of the probability is shown.',
  UNKNOWN_CAUSE: 'What was seen does not point at any cause that the knowledge names.',
};

export function VerdictMark({ verdict }: { readonly verdict: Verdict }) {
  return (
    <Mark
      tone={VERDICT_TONES[verdict]}
      icon={VERDICT_SIGNS[verdict]}
      title={VERDICT_MEANING[verdict]}
    >
      {VERDICT_WORDS[verdict]}
    </Mark>
  );
}

/** For where there is no incident at all. */
export const AllQuiet = IconCircleDashed;
export const Unseen = IconAntennaBarsOff;
