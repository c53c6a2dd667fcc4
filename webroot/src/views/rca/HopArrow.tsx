import type { Edge, EdgeProps } from '@xyflow/react';
import { EdgeLabelRenderer, getBezierPath } from '@xyflow/react';
import { clsx } from 'clsx';
import type { ChainEdge } from '../../domain/chain';
import { hasCome, offset } from '../../domain/time';
import { HOP_WORDS, plain } from '../../domain/words';
import styles from './Chain.module.css';
import { HOP_SIGNS } from './hopMarks';

export type HopData = {
  readonly edge: ChainEdge;
  readonly count: number;
  readonly openedAt: string;
  readonly isChosen: boolean;
  readonly onChoose: (index: number) => void;
  /** There is no room for more than a word. */
  readonly isTight: boolean;
};

/** A hop: its line and its sign tell how well it is grounded, so colour is never needed. */
export function HopArrow(props: EdgeProps<Edge<HopData>>) {
  const [path, x, y] = getBezierPath(props);
  if (props.data === undefined) return null;
  const { edge, count, openedAt, isChosen, onChoose, isTight } = props.data;
  const { hop } = edge;
  const Sign = HOP_SIGNS[hop.status];
  return (
    <>
      <HopLine path={path} status={hop.status} />
      <EdgeLabelRenderer>
        <button
          type="button"
          className={clsx(styles['hop'], 'nodrag', 'nopan')}
          data-status={hop.status}
          aria-pressed={isChosen}
          aria-label={`Hop ${edge.index + 1} of ${count}: ${plain(hop.fromState)} → ${plain(hop.toState)}, ${HOP_WORDS[hop.status].toLowerCase()}`}
          style={{ transform: `translate(-50%, -50%) translate(${x}px, ${y}px)` }}
          onClick={() => onChoose(edge.index)}
        >
          <Sign size={13} stroke={2.3} aria-hidden />
          <span>{HOP_WORDS[hop.status]}</span>
          {!isTight && hop.relation !== 'self' && (
            <code className={styles['relation']}>{hop.relation}</code>
          )}
          {hasCome(hop.seenAt) && (
            <span className={styles['seen']}>{offset(openedAt, hop.seenAt)}</span>
          )}
        </button>
      </EdgeLabelRenderer>
    </>
  );
}

/** Solid: observed. Dashed: inferred. Double: tested. Dotted: broken. */
export function HopLine({ path, status }: { readonly path: string; readonly status: string }) {
  return (
    <>
      <path d={path} className={styles['line']} data-status={status} fill="none" />
      {status === 'TESTED' && <path d={path} className={styles['core']} fill="none" />}
    </>
  );
}
