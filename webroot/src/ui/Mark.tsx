import { clsx } from 'clsx';
import type { Icon } from '@tabler/icons-react';
import styles from './Mark.module.css';

export type Tone = 'critical' | 'high' | 'medium' | 'low' | 'good' | 'accent' | 'plain';

/** A word with a sign before it, so that its colour is never the only thing that tells. */
export function Mark({ tone, icon: Sign, filled = false, title, children }: MarkProps) {
  return (
    <span className={clsx(styles['mark'], styles[tone], filled && styles['filled'])} title={title}>
      <Sign size={14} stroke={2.2} aria-hidden />
      {children}
    </span>
  );
}

type MarkProps = {
  readonly tone: Tone;
  readonly icon: Icon;
  readonly filled?: boolean;
  readonly title?: string;
  readonly children: string;
};
