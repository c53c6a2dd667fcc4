import { ActionIcon, Button, Menu, Modal } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconBan, IconDots } from '@tabler/icons-react';
import { useState } from 'react';
import type { Cluster } from '../../domain/cluster';
import type { Problem } from '../../store/kestrel';
import { problemOf } from '../../store/kestrel';
import { useKestrel } from '../../store/react';
import { Notice } from '../../ui/Notice';
import styles from './Clusters.module.css';

/** Ends a cluster's identity for good, after asking. */
export function Revoke({ cluster }: { readonly cluster: Cluster }) {
  const kestrel = useKestrel();
  const [opened, dialog] = useDisclosure(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const revoke = () => {
    setBusy(true);
    kestrel.rest
      .revokeCluster(cluster.id)
      .then(dialog.close)
      .catch((thrown: unknown) => setProblem(problemOf(thrown)))
      .finally(() => setBusy(false));
  };
  return (
    <div className={styles['more']}>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" aria-label={`More about ${cluster.name}`}>
            <IconDots size={17} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item color="red" leftSection={<IconBan size={15} />} onClick={dialog.open}>
            Revoke…
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Modal opened={opened} onClose={dialog.close} title={`Revoke ${cluster.name}?`} centered>
        <p>
          Its operator is disconnected at once and can never connect again under this identity. To
          watch the cluster again, add it anew.
        </p>
        {problem !== undefined && (
          <Notice tone="critical" title={problem.title}>
            {problem.action}
          </Notice>
        )}
        <Button mt="md" color="red" fullWidth loading={busy} onClick={revoke}>
          Revoke cluster
        </Button>
      </Modal>
    </div>
  );
}
