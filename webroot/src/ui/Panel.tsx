import type { ReactNode } from 'react';
import { useId } from 'react';
import styles from './Panel.module.css';

/** A part of a page under its own heading; a region that can be jumped to. */
export function Panel({ title, aside, children }: PanelProps) {
  const heading = useId();
  return (
    <section className={styles['panel']} aria-labelledby={heading}>
      <div className={styles['head']}>
        <h2 className={styles['title']} id={heading}>
          {title}
        </h2>
        {aside !== undefined && <div className={styles['aside']}>{aside}</div>}
      </div>
      <div className={styles['body']}>{children}</div>
    </section>
  );
}

type PanelProps = {
  readonly title: string;
  readonly aside?: ReactNode;
  readonly children: ReactNode;
};
