import { clsx } from 'clsx';
import type { ResourceRef } from '../domain/signal';
import { refText } from '../domain/signal';
import styles from './Resource.module.css';

/** A Kubernetes object; cut where there is no room, whole in its title. */
export function Resource({
  at,
  wrap = false,
}: {
  readonly at: ResourceRef;
  readonly wrap?: boolean;
}) {
  const name = at.namespace === '' ? at.name : `${at.namespace}/${at.name}`;
  return (
    <span className={styles['resource']} title={refText(at)}>
      <span className={styles['kind']}>{at.kind}</span>
      <span className={clsx(styles['name'], wrap && styles['wrapped'])}>{name}</span>
    </span>
  );
}
