import {
  IconActivityHeartbeat,
  IconArrowMerge,
  IconBulb,
  IconCheck,
  IconFlame,
  IconPencil,
  IconRotate,
  IconSearch,
  IconTool,
  IconUser,
} from '@tabler/icons-react';
import type { Incident } from '../../domain/incident';
import { offset } from '../../domain/time';
import { sentence, TIMELINE_WORDS } from '../../domain/words';
import { Panel } from '../../ui/Panel';
import { Moment } from '../../ui/Time';
import styles from './IncidentPage.module.css';

const SIGNS = {
  OPENED: IconFlame,
  CHANGE: IconPencil,
  SYMPTOM: IconActivityHeartbeat,
  DIAGNOSIS: IconBulb,
  INVESTIGATION: IconSearch,
  REMEDIATION: IconTool,
  HUMAN: IconUser,
  RESOLVED: IconCheck,
  REOPENED: IconRotate,
  MERGED: IconArrowMerge,
} as const;

/** What happened, oldest first, with its distance to the moment the incident opened. */
export function Timeline({ incident }: { readonly incident: Incident }) {
  return (
    <Panel title="Timeline">
      <ol className={styles['timeline']}>
        {incident.timeline.map((entry, index) => {
          const Sign = SIGNS[entry.kind];
          return (
            <li key={`${entry.at} ${index}`} className={styles['entry']}>
              <span
                className={styles['sign']}
                data-kind={entry.kind}
                title={TIMELINE_WORDS[entry.kind]}
              >
                <Sign size={13} stroke={2} role="img" aria-label={TIMELINE_WORDS[entry.kind]} />
              </span>
              <span className={styles['when']}>
                <Moment at={entry.at} />{' '}
                <span className={styles['offset']}>{offset(incident.openedAt, entry.at)}</span>
              </span>
              <span className={styles['said']}>
                {sentence(entry.text)}{' '}
                {entry.by !== 'kestrel' && <span className={styles['by']}>{entry.by}</span>}
              </span>
            </li>
          );
        })}
      </ol>
    </Panel>
  );
}
