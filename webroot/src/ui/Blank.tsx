import type { Icon } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import styles from './Blank.module.css';

/** What stands where there is nothing to show: why, and what to do. */
export function Blank({ icon: Sign, title, children, action, alert = false }: BlankProps) {
  return (
    <div className={styles['blank']} role={alert ? 'alert' : 'status'}>
      <Sign className={styles['sign']} size={36} stroke={1.4} aria-hidden />
      <p className={styles['title']}>{title}</p>
      <p className={styles['text']}>{children}</p>
      {action !== undefined && <div className={styles['action']}>{action}</div>}
    </div>
  );
}

type BlankProps = {
  readonly icon: Icon;
  readonly title: string;
  readonly children?: ReactNode;
  readonly action?: ReactNode;
  readonly alert?: boolean;
};
