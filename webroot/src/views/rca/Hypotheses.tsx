import { IconChevronRight } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { Incident } from '../../domain/incident';
import { evidenceById, evidenceOf } from '../../domain/incident';
import type { Hypothesis } from '../../domain/rca';
import { isUnknown, percent } from '../../domain/rca';
import { HYPOTHESIS_MEANING, HYPOTHESIS_WORDS, plain } from '../../domain/words';
import { Meter } from '../../ui/Meter';
import { Panel } from '../../ui/Panel';
import { Resource } from '../../ui/Resource';
import styles from './Hypotheses.module.css';
import { SupportBars } from './SupportBars';

/** Every explanation that was weighed: how probable, what speaks for and against it, and why it lost. */
export function Hypotheses({ incident }: { readonly incident: Incident }) {
  const { hypotheses } = incident.diagnosis;
  if (hypotheses.length === 0) return null;
  return (
    <Panel title="Competing hypotheses" aside={`${hypotheses.length} weighed`}>
      <ol className={styles['list']}>
        {hypotheses.map(one => (
          <Row key={one.rank} hypothesis={one} incident={incident} />
        ))}
      </ol>
    </Panel>
  );
}

function Row({
  hypothesis,
  incident,
}: {
  readonly hypothesis: Hypothesis;
  readonly incident: Incident;
}) {
  const text = percent(hypothesis.probability);
  const all = evidenceById(incident);
  const cause = hypothesis.causes[0];
  return (
    <li>
      <details className={styles['row']}>
        <summary className={styles['summary']}>
          <IconChevronRight className={styles['chevron']} size={15} aria-hidden />
          <span className={styles['rank']}>{hypothesis.rank}</span>
          <span className={styles['what']}>
            <span className={styles['title']}>{hypothesis.title}</span>
            {hypothesis.lostBecause !== '' && (
              <span className={styles['lost']}>{hypothesis.lostBecause}</span>
            )}
          </span>
          <span className={styles['status']} title={HYPOTHESIS_MEANING[hypothesis.status]}>
            {isUnknown(hypothesis) ? '' : HYPOTHESIS_WORDS[hypothesis.status]}
          </span>
          <span className={styles['probability']}>
            <span>{text}</span>
            <Meter
              value={hypothesis.probability}
              label="Probability"
              text={text}
              color={hypothesis.rank === 1 ? 'var(--accent)' : 'var(--faint)'}
            />
          </span>
        </summary>
        <div className={styles['body']}>
          <p className={styles['facts']}>
            {cause !== undefined && !isUnknown(hypothesis) && (
              <>
                <span title={cause.mechanism}>{plain(cause.mechanism)}</span> at{' '}
                <Resource at={cause.at} wrap />,{' '}
              </>
            )}
            explains {Math.round(hypothesis.explained * 100)} % of the symptoms.
            {hypothesis.chain.length > 0 && (
              <>
                {' '}
                <Link to="." search={{ hypothesis: String(hypothesis.rank) }} resetScroll={false}>
                  Show its chain
                </Link>
              </>
            )}
          </p>
          <SupportBars
            support={hypothesis.support}
            titleOf={ids =>
              evidenceOf(ids, all)
                .map(one => one.summary)
                .join('\n')
            }
          />
        </div>
      </details>
    </li>
  );
}
