import { Button, Modal, Textarea } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconClock, IconServer2 } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { may } from '../../domain/access';
import type { Incident } from '../../domain/incident';
import { hasCome } from '../../domain/time';
import { useIntent } from '../shell/intent';
import { useKestrel, useKnown, usePrincipal } from '../../store/react';
import { Moment, Age } from '../../ui/Time';
import styles from './IncidentPage.module.css';
import { SeverityMark, StatusMark } from './marks';

/** What it is, how bad, where and since when; and taking it on. */
export function IncidentHead({ incident }: { readonly incident: Incident }) {
  const id = incident.cluster.cluster;
  const cluster = useKnown(state => state.known.clusters.get(id)?.name) ?? id;
  return (
    <div className={styles['head']}>
      <div className={styles['titleRow']}>
        <h1 className={styles['title']}>{incident.title}</h1>
        <Actions incident={incident} />
      </div>
      <div className={styles['marks']}>
        <SeverityMark severity={incident.severity} />
        <StatusMark status={incident.status} />
        <span className={styles['fact']} title={`Cluster ${cluster}`}>
          <IconServer2 size={14} aria-hidden />
          <span>{cluster}</span>
        </span>
        <span className={styles['fact']}>
          <IconClock size={14} aria-hidden />
          <span>
            Opened <Moment at={incident.openedAt} day />
            {hasCome(incident.resolvedAt) ? ', lasted ' : ', '}
            <Age since={incident.openedAt} until={incident.resolvedAt} />
            {hasCome(incident.resolvedAt) ? '' : ' ago'}
          </span>
        </span>
        <code title="Id of the incident">{incident.id}</code>
        {incident.mergedInto !== '' && (
          <Link to="/incidents/$id" params={{ id: incident.mergedInto }}>
            Merged into {incident.mergedInto}
          </Link>
        )}
      </div>
    </div>
  );
}

function Actions({ incident }: { readonly incident: Incident }) {
  const kestrel = useKestrel();
  const principal = usePrincipal();
  const intent = useIntent(incident.id);
  const [opened, dialog] = useDisclosure(false);
  const [comment, setComment] = useState('');
  if (!may(principal, 'RESPOND') || incident.status === 'RESOLVED') return null;
  const resolve = async () => {
    if (await intent.say(() => kestrel.rest.resolve(incident.id, comment))) dialog.close();
  };
  return (
    <div className={styles['actions']}>
      {incident.status === 'OPEN' && (
        <Button
          size="xs"
          loading={intent.busy}
          onClick={() => void intent.say(() => kestrel.rest.acknowledge(incident.id))}
        >
          Acknowledge
        </Button>
      )}
      <Button size="xs" variant="default" onClick={dialog.open}>
        Resolve…
      </Button>
      <Modal opened={opened} onClose={dialog.close} title="Resolve this incident?" centered>
        <p>It is closed whatever its symptoms say. If they come back, it opens again.</p>
        <Textarea
          mt="md"
          label="Comment"
          description="Optional. It goes into the timeline and the audit log."
          maxLength={2000}
          autosize
          minRows={2}
          value={comment}
          onChange={event => setComment(event.currentTarget.value)}
        />
        <Button mt="md" fullWidth loading={intent.busy} onClick={() => void resolve()}>
          Resolve incident
        </Button>
      </Modal>
    </div>
  );
}
