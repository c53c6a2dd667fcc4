import { Button, Textarea } from '@mantine/core';
import { IconThumbDown, IconThumbUp } from '@tabler/icons-react';
import { useState } from 'react';
import { may } from '../../domain/access';
import type { Incident } from '../../domain/incident';
import { useIntent } from '../shell/intent';
import { useKestrel, usePrincipal } from '../../store/react';
import { Panel } from '../../ui/Panel';
import styles from './Judge.module.css';

/** Asks whether the first hypothesis is right: what calibration learns from. */
export function Judge({ incident }: { readonly incident: Incident }) {
  const kestrel = useKestrel();
  const principal = usePrincipal();
  const intent = useIntent(incident.id);
  const [comment, setComment] = useState('');
  const [step, setStep] = useState<'asked' | 'commenting' | 'right' | 'wrong'>('asked');
  if (incident.diagnosis.hypotheses.length === 0) return null;
  const judge = async (right: boolean) => {
    if (await intent.say(() => kestrel.rest.judge(incident.id, right, comment)))
      setStep(right ? 'right' : 'wrong');
  };
  return (
    <Panel title="Is this diagnosis right?">
      {!may(principal, 'RESPOND') && (
        <p className={styles['note']}>
          Your role is viewer; responders can say whether it is right.
        </p>
      )}
      {may(principal, 'RESPOND') && (step === 'asked' || step === 'commenting') && (
        <div className={styles['choice']}>
          <Button
            variant="default"
            size="xs"
            leftSection={<IconThumbUp size={15} />}
            loading={intent.busy}
            onClick={() => void judge(true)}
          >
            Right
          </Button>
          <Button
            variant="default"
            size="xs"
            leftSection={<IconThumbDown size={15} />}
            aria-expanded={step === 'commenting'}
            onClick={() => setStep('commenting')}
          >
            Wrong
          </Button>
          <span className={styles['note']}>It teaches Kestrel how far to trust itself here.</span>
        </div>
      )}
      {step === 'commenting' && (
        <div className={styles['comment']}>
          <Textarea
            label="What was it really?"
            placeholder="Optional"
            maxLength={2000}
            autosize
            minRows={2}
            data-autofocus
            value={comment}
            onChange={event => setComment(event.currentTarget.value)}
          />
          <Button size="xs" loading={intent.busy} onClick={() => void judge(false)}>
            Judge wrong
          </Button>
        </div>
      )}
      {(step === 'right' || step === 'wrong') && (
        <p role="status">You judged this diagnosis {step}. Thank you.</p>
      )}
    </Panel>
  );
}
