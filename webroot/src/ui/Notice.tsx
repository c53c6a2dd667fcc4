import { clsx } from 'clsx';
import { IconAlertTriangle, IconCircleCheck, IconInfoCircle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import styles from './Notice.module.css';

/** Something people should know before they read on; announced when it is urgent. */
export function Notice({ tone, title, children, action, label }: NoticeProps) {
  const Sign = SIGNS[tone];
  return (
    <div
      className={clsx(styles['notice'], styles[tone])}
      role={tone === 'critical' ? 'alert' : 'note'}
      aria-label={label}
    >
      <Sign className={styles['sign']} size={17} stroke={2} aria-hidden />
      <div className={styles['text']}>
        {title !== undefined && <span className={styles['title']}>{title} </span>}
        {children}
      </div>
      {action}
    </div>
  );
}

const SIGNS = {
  critical: IconAlertTriangle,
  medium: IconAlertTriangle,
  accent: IconInfoCircle,
  plain: IconInfoCircle,
  good: IconCircleCheck,
};

type NoticeProps = {
  readonly tone: keyof typeof SIGNS;
  readonly title?: string;
  readonly children?: ReactNode;
  readonly action?: ReactNode;
  readonly label?: string;
};
