import {
  IconArrowsExchange,
  IconBell,
  IconBox,
  IconFileText,
  IconMathFunction,
  IconPencil,
  IconSearch,
  IconUser,
} from '@tabler/icons-react';
import type { Evidence } from '../../domain/symptom';
import { offset } from '../../domain/time';
import { ORIGIN_WORDS } from '../../domain/words';
import { Resource } from '../../ui/Resource';
import { Moment } from '../../ui/Time';
import styles from './Evidence.module.css';

const SIGNS = {
  OBJECT: IconBox,
  EVENT: IconBell,
  LOG: IconFileText,
  FLOW: IconArrowsExchange,
  ANALYSIS: IconMathFunction,
  INVESTIGATION: IconSearch,
  CHANGE: IconPencil,
  HUMAN: IconUser,
} as const;

/** One thing that was seen, in the cluster's own words, and when. */
export function EvidenceItem({
  evidence,
  openedAt,
}: {
  readonly evidence: Evidence;
  readonly openedAt: string;
}) {
  const Sign = SIGNS[evidence.origin];
  return (
    <li className={styles['item']}>
      <div className={styles['meta']}>
        <Sign size={13} stroke={2} aria-hidden />
        <span>{ORIGIN_WORDS[evidence.origin]}</span>
        <span className={styles['when']}>
          <Moment at={evidence.at} /> {offset(openedAt, evidence.at)}
        </span>
      </div>
      <p className={styles['summary']}>{evidence.summary}</p>
      <div className={styles['about']}>
        <Resource at={evidence.about} />
      </div>
      {evidence.excerpt !== '' && <pre className={styles['excerpt']}>{evidence.excerpt}</pre>}
    </li>
  );
}
