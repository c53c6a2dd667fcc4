import { Button } from '@mantine/core';
import { clsx } from 'clsx';
import type { Connection } from '../../store/kestrel';
import { useKestrel, useKnown } from '../../store/react';
import { Notice } from '../../ui/Notice';
import { Until } from '../../ui/Time';
import styles from './Shell.module.css';

const WORDS: Readonly<Record<Connection['is'], string>> = {
  live: 'Live',
  connecting: 'Connecting',
  waiting: 'Reconnecting',
};

/** Whether what is shown is as new as it can be. */
export function FeedMark() {
  const connection = useKnown(state => state.connection);
  const isLive = connection.is === 'live';
  return (
    <span
      className={styles['feed']}
      role="status"
      aria-label={`Live feed: ${WORDS[connection.is]}`}
    >
      <span className={clsx(styles['dot'], isLive ? styles['dotLive'] : styles['dotWaiting'])} />
      <span className={styles['feedText']}>{WORDS[connection.is]}</span>
    </span>
  );
}

/** Says over the page that what it shows may be old, from the second failed try on. */
export function FeedBanner() {
  const kestrel = useKestrel();
  const connection = useKnown(state => state.connection);
  if (connection.is !== 'waiting') return null;
  return (
    <div className={styles['banner']}>
      <Notice
        tone="medium"
        label="Connection lost"
        title="Connection lost."
        action={
          <Button size="compact-xs" variant="default" onClick={() => kestrel.retry()}>
            Try now
          </Button>
        }
      >
        What you see may be old. Next try in <Until at={new Date(connection.until).toISOString()} />
        .
      </Notice>
    </div>
  );
}
