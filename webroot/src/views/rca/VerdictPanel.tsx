import { IconArrowsSplit2, IconHelpCircle, IconTargetArrow } from '@tabler/icons-react';
import type { Incident } from '../../domain/incident';
import type { Hypothesis } from '../../domain/rca';
import { named, percent } from '../../domain/rca';
import { HYPOTHESIS_MEANING, HYPOTHESIS_WORDS, plain, VERDICT_WORDS } from '../../domain/words';
import { Meter } from '../../ui/Meter';
import { Notice } from '../../ui/Notice';
import { Resource } from '../../ui/Resource';
import styles from './VerdictPanel.module.css';

const SIGNS = {
  ROOT_CAUSE: IconTargetArrow,
  CANDIDATES: IconArrowsSplit2,
  UNKNOWN_CAUSE: IconHelpCircle,
} as const;

/** The answer to "why", and how far it may be trusted. Says so when it does not know. */
export function VerdictPanel({ incident }: { readonly incident: Incident }) {
  const { diagnosis } = incident;
  const answers = named(diagnosis);
  const Sign = SIGNS[diagnosis.verdict];
  return (
    <section className={styles['panel']} aria-label="Verdict" data-verdict={diagnosis.verdict}>
      <div className={styles['head']}>
        <Sign className={styles['sign']} size={22} stroke={1.9} aria-hidden />
        <h2 className={styles['verdict']}>{VERDICT_WORDS[diagnosis.verdict]}</h2>
        {diagnosis.verdict === 'CANDIDATES' && (
          <span className={styles['hint']}>none is certain enough to be called the root cause</span>
        )}
      </div>
      {answers.length === 0 && (
        <p className={styles['unknown']}>
          What was seen does not point at any cause that the knowledge names.
          {diagnosis.hypotheses.length > 0 &&
            ' The suspects are listed below, with why they fall short.'}
        </p>
      )}
      <ol className={styles['answers']}>
        {answers.map(answer => (
          <Answer key={answer.rank} answer={answer} isOnly={answers.length === 1} />
        ))}
      </ol>
      <Caveats incident={incident} hasAnswer={answers.length > 0} />
    </section>
  );
}

function Answer({ answer, isOnly }: { readonly answer: Hypothesis; readonly isOnly: boolean }) {
  const text = percent(answer.probability);
  return (
    <li className={styles['answer']}>
      <div className={styles['what']}>
        <p className={isOnly ? styles['sentence'] : styles['candidate']}>{answer.title}</p>
        <div className={styles['where']}>
          {answer.causes.map(cause => (
            <span key={cause.mechanism} className={styles['cause']}>
              <span title={cause.mechanism}>{plain(cause.mechanism)}</span>
              <Resource at={cause.at} wrap />
            </span>
          ))}
          <span title={HYPOTHESIS_MEANING[answer.status]}>{HYPOTHESIS_WORDS[answer.status]}</span>
          <span>explains {Math.round(answer.explained * 100)} % of the symptoms</span>
        </div>
      </div>
      <div className={styles['confidence']}>
        <span className={styles['number']}>{text}</span>
        <Meter value={answer.probability} label="Confidence" text={text} color="var(--tone)" />
      </div>
    </li>
  );
}

function Caveats({
  incident,
  hasAnswer,
}: {
  readonly incident: Incident;
  readonly hasAnswer: boolean;
}) {
  const { calibrated, notSeen } = incident.diagnosis;
  if (calibrated && notSeen.length === 0) return null;
  return (
    <div className={styles['caveats']}>
      {!calibrated && hasAnswer && (
        <Notice
          tone="plain"
          title="Uncalibrated for this cluster."
          label="Uncalibrated for this cluster"
        >
          Too few incidents here were confirmed or refuted by people. Read the percentage as an
          order, not as a frequency.
        </Notice>
      )}
      {notSeen.length > 0 && (
        <Notice tone="medium" title="Not seen, and would have helped:" label="Not seen">
          {notSeen.join(' ')}
        </Notice>
      )}
    </div>
  );
}
