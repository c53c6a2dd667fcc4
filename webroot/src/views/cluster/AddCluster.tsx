import { Button, Modal, TextInput } from '@mantine/core';
import type { SubmitEvent } from 'react';
import { useState } from 'react';
import type { Invitation } from '../../domain/cluster';
import type { Problem } from '../../store/kestrel';
import { problemOf } from '../../store/kestrel';
import { useKestrel, useKnown } from '../../store/react';
import { Copyable } from '../../ui/Copyable';
import { Notice } from '../../ui/Notice';
import { Until } from '../../ui/Time';
import styles from './Clusters.module.css';

type AddClusterProps = { readonly opened: boolean; readonly onClose: () => void };

/** Gives the command that installs the operator. The join token in it is shown once and never again. */
export function AddCluster({ opened, onClose }: AddClusterProps) {
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title="Add a cluster"
      size="lg"
      centered
      closeOnClickOutside={false}
    >
      <Steps onClose={onClose} />
    </Modal>
  );
}

function Steps({ onClose }: { readonly onClose: () => void }) {
  const kestrel = useKestrel();
  const [busy, setBusy] = useState(false);
  const [invitation, setInvitation] = useState<Invitation>();
  const [problem, setProblem] = useState<Problem>();
  const invite = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const name = new FormData(event.currentTarget).get('name');
    setBusy(true);
    setProblem(undefined);
    kestrel.rest
      .addCluster(typeof name === 'string' ? name.trim() : '')
      .then(setInvitation)
      .catch((thrown: unknown) => setProblem(problemOf(thrown)))
      .finally(() => setBusy(false));
  };
  if (invitation !== undefined) return <Install invitation={invitation} onClose={onClose} />;
  return (
    <form className={styles['form']} onSubmit={invite}>
      <TextInput
        name="name"
        label="Name of the cluster"
        description="As your people call it, for example prod-eu-1."
        required
        withAsterisk={false}
        maxLength={63}
        pattern="[A-Za-z0-9]([A-Za-z0-9 ._\-]*[A-Za-z0-9])?"
        data-autofocus
      />
      {problem !== undefined && (
        <Notice tone="critical" title={problem.title}>
          {problem.detail} {problem.action}
        </Notice>
      )}
      <Button type="submit" loading={busy}>
        Create join token
      </Button>
    </form>
  );
}

function Install({
  invitation,
  onClose,
}: {
  readonly invitation: Invitation;
  readonly onClose: () => void;
}) {
  const id = invitation.cluster.id;
  const connected = useKnown(state => state.known.clusters.get(id)?.connected === true);
  return (
    <div className={styles['form']}>
      <p>
        Run this where <code>kubectl</code> and <code>helm</code> reach {invitation.cluster.name}.
        The operator only reads. To let approved fixes be applied, add{' '}
        <code>--set write.enabled=true</code> and <code>--set write.namespaces={'{shop}'}</code>.
      </p>
      <Copyable label="Helm command" text={invitation.helmCommand} wrap />
      <Notice tone="medium" title="Shown only now.">
        The join token works once and expires in <Until at={invitation.expiresAt} />. Kestrel keeps
        only its digest.
      </Notice>
      <p role="status" className={styles['muted']}>
        {connected
          ? `${invitation.cluster.name} is connected.`
          : 'Waiting for the operator to join…'}
      </p>
      <Button onClick={onClose}>Done</Button>
    </div>
  );
}
