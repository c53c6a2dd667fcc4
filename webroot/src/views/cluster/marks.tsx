import {
  IconAntennaBars5,
  IconAntennaBarsOff,
  IconBan,
  IconCircleCheck,
  IconCircleDashed,
  IconClockExclamation,
  IconLoader2,
  IconMailFast,
  IconAntennaBars3,
} from '@tabler/icons-react';
import type { Cluster, Standing } from '../../domain/cluster';
import { standing } from '../../domain/cluster';
import { plain } from '../../domain/words';
import type { Tone } from '../../ui/Mark';
import { Mark } from '../../ui/Mark';
import styles from './Clusters.module.css';

const STANDING: Readonly<Record<Standing, readonly [typeof IconBan, Tone, string]>> = {
  silent: [IconAntennaBarsOff, 'critical', 'Silent'],
  partial: [IconAntennaBars3, 'medium', 'Connected, partly visible'],
  invited: [IconMailFast, 'accent', 'Invited'],
  healthy: [IconAntennaBars5, 'good', 'Connected'],
  revoked: [IconBan, 'plain', 'Revoked'],
};

export function StandingMark({ cluster }: { readonly cluster: Cluster }) {
  const [sign, tone, word] = STANDING[standing(cluster)];
  return (
    <Mark tone={tone} icon={sign} filled>
      {word}
    </Mark>
  );
}

const SOURCES = {
  LIVE: [IconCircleCheck, 'good'],
  STALE: [IconClockExclamation, 'stale'],
  STARTING: [IconLoader2, 'starting'],
  ABSENT: [IconCircleDashed, 'absent'],
} satisfies Record<string, readonly [typeof IconBan, string]>;

const OTHER = SOURCES.ABSENT;

export function SourceMark({ state }: { readonly state: string }) {
  const [Sign, tone] = state in SOURCES ? SOURCES[state as keyof typeof SOURCES] : OTHER;
  return (
    <Sign
      size={14}
      stroke={2}
      className={styles[tone]}
      role="img"
      aria-label={plain(state.toLowerCase())}
    />
  );
}
