import { Button, Menu } from '@mantine/core';
import { useDisclosure, useHotkeys } from '@mantine/hooks';
import { IconCheck, IconChevronDown } from '@tabler/icons-react';
import { may } from '../../domain/access';
import type { Incident } from '../../domain/incident';
import type { Remediation } from '../../domain/remediation';
import { isDecidable, REJECT_REASONS } from '../../domain/remediation';
import { plain, REJECT_WORDS } from '../../domain/words';
import { useKestrel, useKnown, usePrincipal } from '../../store/react';
import { Notice } from '../../ui/Notice';
import { useNow } from '../../ui/now';
import { Until } from '../../ui/Time';
import { useIntent } from '../shell/intent';
import { ApproveDialog } from './ApproveDialog';
import styles from './Fix.module.css';

type DecideProps = {
  readonly incident: Incident;
  readonly fix: Remediation;
  readonly isFirst: boolean;
};

/** Approve or reject, for those who may; for everyone else, who can. */
export function Decide({ incident, fix, isFirst }: DecideProps) {
  const principal = usePrincipal();
  const now = useNow();
  if (fix.phase !== 'PROPOSED') return null;
  if (!isDecidable(fix, now))
    return (
      <Notice tone="plain">
        This proposal has expired. A new one follows when it still applies.
      </Notice>
    );
  if (!may(principal, 'DECIDE'))
    return (
      <Notice tone="plain" label="Approval needs another role" title="Waits for an approver.">
        Your role is {plain(principal.role).toLowerCase()}. Approvers and admins can approve or
        reject fixes; ask one of them.
      </Notice>
    );
  return <Buttons incident={incident} fix={fix} isFirst={isFirst} />;
}

function Buttons({ incident, fix, isFirst }: DecideProps) {
  const kestrel = useKestrel();
  const intent = useIntent(incident.id);
  const [opened, dialog] = useDisclosure(false);
  const id = incident.cluster.cluster;
  const isReadOnly = useKnown(state => state.known.clusters.get(id)?.writeEnabled === false);
  useHotkeys(isFirst ? [['a', dialog.open]] : []);
  return (
    <div className={styles['decide']}>
      {isReadOnly && (
        <Notice tone="medium" title="Write mode is off in this cluster.">
          The operator will refuse to apply this until it is started with write mode.
        </Notice>
      )}
      <div className={styles['buttons']}>
        <Button
          leftSection={<IconCheck size={16} />}
          onClick={dialog.open}
          aria-keyshortcuts={isFirst ? 'a' : undefined}
        >
          Approve fix
        </Button>
        <Menu position="bottom-end">
          <Menu.Target>
            <Button
              variant="default"
              rightSection={<IconChevronDown size={14} />}
              loading={intent.busy}
            >
              Reject
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Label>Because</Menu.Label>
            {REJECT_REASONS.map(reason => (
              <Menu.Item
                key={reason}
                onClick={() =>
                  void intent.say(() => kestrel.rest.reject(incident.id, fix.id, reason, ''))
                }
              >
                {REJECT_WORDS[reason]}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
        <span className={styles['muted']}>
          expires in <Until at={fix.expiresAt} />
        </span>
      </div>
      <ApproveDialog
        incident={incident}
        fix={fix}
        opened={opened}
        onClose={dialog.close}
        intent={intent}
      />
    </div>
  );
}
