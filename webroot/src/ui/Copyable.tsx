import { clsx } from 'clsx';
import { ActionIcon, CopyButton, Tooltip } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import styles from './Copyable.module.css';

/** Text that is meant to be taken elsewhere: a command, a manifest. */
export function Copyable({ text, label, wrap = false }: CopyableProps) {
  return (
    <div className={styles['box']}>
      <pre
        className={clsx(styles['text'], wrap && styles['wrapped'])}
        role="region"
        tabIndex={0}
        aria-label={label}
      >
        {text}
      </pre>
      <div className={styles['copy']}>
        <CopyButton value={text} timeout={2000}>
          {({ copied, copy }) => (
            <Tooltip label={copied ? 'Copied' : 'Copy'}>
              <ActionIcon
                variant="default"
                size="md"
                onClick={copy}
                aria-label={copied ? `${label}: copied` : `Copy ${label}`}
              >
                {copied ? <IconCheck size={15} /> : <IconCopy size={15} />}
              </ActionIcon>
            </Tooltip>
          )}
        </CopyButton>
      </div>
    </div>
  );
}

type CopyableProps = { readonly text: string; readonly label: string; readonly wrap?: boolean };
