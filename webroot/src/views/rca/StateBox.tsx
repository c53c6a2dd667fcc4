import { IconActivityHeartbeat, IconCircleDot, IconTargetArrow } from '@tabler/icons-react';
import type { Node, NodeProps } from '@xyflow/react';
import { Handle, Position } from '@xyflow/react';
import type { ChainNode, Direction } from '../../domain/chain';
import type { Symptom } from '../../domain/symptom';
import { plain } from '../../domain/words';
import { Resource } from '../../ui/Resource';
import styles from './Chain.module.css';

export type StateData = {
  readonly direction: Direction;
  readonly node: ChainNode;
  readonly symptom: Symptom | undefined;
};

const SIGNS = { cause: IconTargetArrow, between: IconCircleDot, symptom: IconActivityHeartbeat };
const WORDS = { cause: 'Cause', between: 'Between', symptom: 'Symptom' };

/** A state on a resource; as a symptom, with how many instances show it. */
export function StateBox({ data: { node, symptom, direction } }: NodeProps<Node<StateData>>) {
  const Sign = SIGNS[node.role];
  return (
    <div className={styles['box']} data-role={node.role}>
      <Handle
        type="target"
        position={direction === 'down' ? Position.Top : Position.Left}
        className={styles['handle'] ?? ''}
      />
      <Sign
        size={17}
        stroke={1.9}
        className={styles['boxSign']}
        role="img"
        aria-label={WORDS[node.role]}
      />
      <div className={styles['boxText']}>
        <div className={styles['boxState']} title={node.state}>
          {plain(node.state)}
        </div>
        <div className={styles['boxAt']}>
          <Resource at={node.at} />
        </div>
      </div>
      {symptom !== undefined && symptom.all > 1 && (
        <span className={styles['boxCount']} title={`${symptom.bad} of ${symptom.all} instances`}>
          {symptom.bad}/{symptom.all}
        </span>
      )}
      <Handle
        type="source"
        position={direction === 'down' ? Position.Bottom : Position.Right}
        className={styles['handle'] ?? ''}
      />
    </div>
  );
}
