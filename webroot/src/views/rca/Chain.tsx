import { clsx } from 'clsx';
import { useMemo } from 'react';
import { draw, NODE } from '../../domain/chain';
import type { Incident } from '../../domain/incident';
import type { Hop } from '../../domain/rca';
import styles from './Chain.module.css';
import { ChainGraph } from './ChainGraph';
import { HopEvidence } from './HopEvidence';
import { Legend } from './Legend';

type ChainProps = {
  readonly incident: Incident;
  readonly hops: readonly Hop[];
  readonly index: number;
  readonly hop: Hop;
  readonly onChoose: (index: number) => void;
};

/** A drawing lower than this leaves a hole beside the evidence. */
const SHORT = 280;

/** The drawing, and the evidence of the chosen hop: beside it when the drawing is slim and tall, else below. */
export default function Chain({ incident, hops, index, hop, onChoose }: ChainProps) {
  const drawing = useMemo(() => draw(hops), [hops]);
  const isSlim = drawing.width < 2.3 * NODE.width && drawing.height > SHORT;
  return (
    <div className={clsx(styles['split'], !isSlim && styles['stacked'])}>
      <div className={styles['left']}>
        <ChainGraph incident={incident} drawing={drawing} chosen={index} onChoose={onChoose} />
        <Legend />
      </div>
      <HopEvidence
        incident={incident}
        hop={hop}
        index={index}
        count={hops.length}
        onChoose={onChoose}
      />
    </div>
  );
}
