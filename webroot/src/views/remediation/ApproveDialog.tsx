import { Button, Modal } from '@mantine/core';
import { useState } from 'react';
import type { Incident } from '../../domain/incident';
import type { Remediation } from '../../domain/remediation';
import { durationMillis, span } from '../../domain/time';
import { RISK_WORDS } from '../../domain/words';
import { useKestrel, useKnown } from '../../store/react';
import { Notice } from '../../ui/Notice';
import { Resource } from '../../ui/Resource';
import type { Intent } from '../shell/intent';
import { FieldDiffs } from './FieldDiffs';
import styles from './Fix.module.css';

type ApproveDialogProps = {
  readonly incident: Incident;
  readonly fix: Remediation;
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly intent: Intent;
};

/** The last look before something is changed: what, where, under which digest, and what happens then. */
export function ApproveDialog({ opened, onClose, ...rest }: ApproveDialogProps) {
  return (
    <Modal opened={opened} onClose={onClose} title="Apply this fix?" size="lg" centered>
      <Confirmation {...rest} onClose={onClose} />
    </Modal>
  );
}

/** Mounted with the dialog, so that it remembers the plan the person was shown when it opened. */
function Confirmation({ incident, fix, onClose, intent }: Omit<ApproveDialogProps, 'opened'>) {
  const kestrel = useKestrel();
  const [seen] = useState(fix);
  const { plan } = seen;
  const id = incident.cluster.cluster;
  const cluster = useKnown(state => state.known.clusters.get(id)?.name) ?? id;
  const digest = plan.manifest.digest;
  const hasChanged = fix.plan.manifest.digest !== digest || fix.phase !== 'PROPOSED';
  const approve = async () => {
    if (await intent.say(() => kestrel.rest.approve(incident.id, seen.id, digest))) onClose();
  };
  return (
    <div className={styles['dialog']}>
      <p className={styles['title']}>{plan.title}</p>
      <dl className={styles['facts']}>
        <dt>Object</dt>
        <dd>
          <Resource at={plan.manifest.target} wrap />
        </dd>
        <dt>Cluster</dt>
        <dd>{cluster}</dd>
        <dt>Risk</dt>
        <dd>{RISK_WORDS[plan.risk] ?? 'May hurt'}</dd>
        <dt>Digest</dt>
        <dd>
          <code title={digest}>{digest.slice(0, 12)}</code>{' '}
          <span className={styles['muted']}>you approve exactly this manifest</span>
        </dd>
      </dl>
      <FieldDiffs diffs={plan.diff} />
      <div>
        <p className={styles['label']}>What happens then</p>
        <ol className={styles['steps']}>
          <li>
            The operator checks that the digest matches and that nobody has changed these fields
            since.
          </li>
          <li>
            A dry-run, then a server-side apply of these fields only, as field manager “kestrel”.
          </li>
          <li>{watchWords(seen)}</li>
          <li>If it does not help or makes things worse, the undo is applied by itself.</li>
        </ol>
      </div>
      {hasChanged && (
        <Notice tone="critical" title="This plan has changed while you were looking.">
          Close this and look at it again.
        </Notice>
      )}
      <div className={styles['buttons']}>
        <Button
          data-autofocus
          loading={intent.busy}
          disabled={hasChanged}
          onClick={() => void approve()}
        >
          Approve and apply
        </Button>
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
      </div>
    </div>
  );
}

function watchWords(fix: Remediation): string {
  const longest = Math.max(0, ...fix.plan.postConditions.map(one => durationMillis(one.within)));
  return `Kestrel watches for up to ${span(longest)} that the symptoms go away and no new ones appear.`;
}
