import {
  IconArrowBigRight,
  IconCircle,
  IconCircleCheck,
  IconClockExclamation,
  IconHourglass,
  IconUsers,
} from '@tabler/icons-react';
import { unreachable } from '../../domain/exhaustive';
import type { Check, Remediation } from '../../domain/remediation';
import { check } from '../../domain/remediation';
import type { Symptom } from '../../domain/symptom';
import { symptomText } from '../../domain/symptom';
import { durationMillis, span } from '../../domain/time';
import { plain } from '../../domain/words';
import { useNow } from '../../ui/now';
import { Resource } from '../../ui/Resource';
import { Until } from '../../ui/Time';
import styles from './Fix.module.css';

type EffectsProps = { readonly fix: Remediation; readonly symptoms: readonly Symptom[] };

/** What the fix would do, what it takes over, and what must be true afterwards. */
export function Effects({ fix, symptoms }: EffectsProps) {
  const { plan, takesOverFrom } = fix;
  return (
    <>
      {takesOverFrom.length > 0 && (
        <div>
          <h3 className={styles['label']}>Takes over fields from</h3>
          <ul className={styles['points']}>
            {takesOverFrom.map(manager => (
              <li key={manager}>
                <IconUsers size={14} aria-hidden /> <code>{manager}</code>
              </li>
            ))}
          </ul>
        </div>
      )}
      {plan.simulated.length > 0 && (
        <div>
          <h3 className={styles['label']}>Simulated effect</h3>
          <ul className={styles['points']}>
            {plan.simulated.map(text => (
              <li key={text}>
                <IconArrowBigRight size={14} aria-hidden /> {text}
              </li>
            ))}
          </ul>
        </div>
      )}
      {plan.postConditions.length > 0 && (
        <div>
          <h3 className={styles['label']}>Must be true afterwards</h3>
          <ul className={styles['points']}>
            {plan.postConditions.map(condition => (
              <Condition
                key={symptomText(condition.clears)}
                condition={condition}
                fix={fix}
                symptoms={symptoms}
              />
            ))}
          </ul>
        </div>
      )}
    </>
  );
}

type ConditionProps = EffectsProps & {
  readonly condition: Remediation['plan']['postConditions'][number];
};

function Condition({ condition, fix, symptoms }: ConditionProps) {
  const now = useNow();
  const state = check(condition, fix, symptoms, now);
  const within = span(durationMillis(condition.within));
  const quiet = durationMillis(condition.quiet);
  return (
    <li data-check={state.is}>
      <CheckSign state={state} />
      <span className={styles['condition']}>
        <span title={condition.clears.type}>{plain(condition.clears.type)}</span> gone within{' '}
        {within}
        {quiet > 0 && ` and not back for ${span(quiet)}`}
        <CheckWords state={state} />
        <span className={styles['muted']}>
          <Resource at={condition.clears.about} />
        </span>
      </span>
    </li>
  );
}

function CheckSign({ state }: { readonly state: Check }) {
  switch (state.is) {
    case 'pending':
      return <IconCircle size={14} role="img" aria-label="Not asked yet" />;
    case 'waiting':
    case 'quiet':
      return <IconHourglass size={14} role="img" aria-label="Waiting" />;
    case 'met':
      return <IconCircleCheck size={14} role="img" aria-label="Met" />;
    case 'late':
      return <IconClockExclamation size={14} role="img" aria-label="Late" />;
    default:
      return unreachable(state);
  }
}

function CheckWords({ state }: { readonly state: Check }) {
  if (state.is === 'waiting')
    return (
      <em>
        {' '}
        · <Until at={new Date(state.until).toISOString()} /> left
      </em>
    );
  if (state.is === 'quiet')
    return (
      <em>
        {' '}
        · gone, watched for another <Until at={new Date(state.until).toISOString()} />
      </em>
    );
  return state.is === 'late' ? <em> · late</em> : null;
}
