import {
  IconActivityHeartbeat,
  IconCircleCheck,
  IconCircleDashed,
  IconCircleMinus,
  IconHistory,
  IconProgressCheck,
  IconWaveSine,
} from '@tabler/icons-react';
import type { Incident } from '../../domain/incident';
import { isLive, symptomText } from '../../domain/symptom';
import { plain, SYMPTOM_WORDS } from '../../domain/words';
import { Mark } from '../../ui/Mark';
import { Panel } from '../../ui/Panel';
import { Resource } from '../../ui/Resource';
import { Age } from '../../ui/Time';
import styles from './IncidentPage.module.css';

const SIGNS = {
  PENDING: [IconCircleDashed, 'plain'],
  ACTIVE: [IconActivityHeartbeat, 'critical'],
  CLEARING: [IconProgressCheck, 'medium'],
  CLEARED: [IconCircleCheck, 'good'],
  FLAPPING: [IconWaveSine, 'medium'],
  AMBIENT: [IconHistory, 'plain'],
  VOID: [IconCircleMinus, 'plain'],
} as const;

/** What is abnormal, where, on how many instances; and what the best explanation leaves over. */
export function Symptoms({ incident }: { readonly incident: Incident }) {
  const left = new Set(incident.diagnosis.unexplained.map(symptomText));
  const live = incident.symptoms.filter(isLive).length;
  return (
    <Panel title="Symptoms" aside={`${live} of ${incident.symptoms.length} live`}>
      <table className={styles['table']}>
        <thead>
          <tr>
            <th scope="col">Symptom</th>
            <th scope="col">State</th>
            <th scope="col">Instances</th>
            <th scope="col" className={styles['last']}>
              Since
            </th>
          </tr>
        </thead>
        <tbody>
          {incident.symptoms.map(symptom => (
            <tr key={symptomText(symptom.key)}>
              <td className={styles['what']}>
                <div title={symptom.key.type}>
                  {plain(symptom.key.type)}
                  {left.has(symptomText(symptom.key)) && (
                    <em title="The best explanation does not account for it."> · unexplained</em>
                  )}
                </div>
                <span className={styles['sub']}>
                  <Resource at={symptom.key.about} />
                </span>
              </td>
              <td>
                <Mark tone={SIGNS[symptom.state][1]} icon={SIGNS[symptom.state][0]}>
                  {SYMPTOM_WORDS[symptom.state]}
                </Mark>
              </td>
              <td className={styles['numbers']}>
                {symptom.bad} of {symptom.all}
              </td>
              <td className={`${styles['numbers'] ?? ''} ${styles['last'] ?? ''}`}>
                <Age since={symptom.onsetLatest} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Panel>
  );
}
