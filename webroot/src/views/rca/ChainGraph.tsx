import '@xyflow/react/dist/base.css';
import { useElementSize } from '@mantine/hooks';
import type { Edge, Node, NodeHandle } from '@xyflow/react';
import { Controls, Position, ReactFlow } from '@xyflow/react';
import { useMemo } from 'react';
import type { ChainDrawing, Direction } from '../../domain/chain';
import { NODE } from '../../domain/chain';
import type { Incident } from '../../domain/incident';
import { refText } from '../../domain/signal';
import styles from './Chain.module.css';
import type { HopData } from './HopArrow';
import { HopArrow } from './HopArrow';
import type { StateData } from './StateBox';
import { StateBox } from './StateBox';

const NODES = { state: StateBox };
const EDGES = { hop: HopArrow };
/** Below this the text in the boxes cannot be read; wider chains are moved about instead. */
const LEGIBLE = 0.74;
/** Room below the boxes for the credit to the library. */
const CREDIT = 14;

type ChainGraphProps = {
  readonly incident: Incident;
  readonly drawing: ChainDrawing;
  readonly chosen: number;
  readonly onChoose: (index: number) => void;
};

/** The chain drawn from cause to symptoms; every arrow is a button. */
export function ChainGraph({ incident, drawing, chosen, onChoose }: ChainGraphProps) {
  const { ref, width } = useElementSize();
  const nodes = useMemo(() => boxes(drawing, incident), [drawing, incident]);
  const edges = useMemo(
    () => arrows(drawing, incident, chosen, onChoose),
    [drawing, incident, chosen, onChoose],
  );
  const zoom = Math.min(1, Math.max(LEGIBLE, (width - 8) / drawing.width));
  const isWide = drawing.width * LEGIBLE > width - 8;
  const height = Math.min(760, drawing.height * zoom + 12 + CREDIT);
  return (
    <figure
      ref={ref}
      className={styles['graph']}
      style={{ height }}
      aria-label="Causal chain, drawn"
    >
      {width > 0 && (
        <ReactFlow
          key={`${width} ${drawing.width}x${drawing.height}`}
          nodes={nodes}
          edges={edges}
          nodeTypes={NODES}
          edgeTypes={EDGES}
          defaultViewport={{ x: Math.max(4, (width - drawing.width * zoom) / 2), y: 6, zoom }}
          minZoom={0.2}
          maxZoom={1.5}
          nodesDraggable={false}
          nodesConnectable={false}
          nodesFocusable={false}
          edgesFocusable={false}
          elementsSelectable={false}
          panOnDrag={isWide || height === 760}
          zoomOnScroll={false}
          zoomOnPinch={isWide}
          zoomOnDoubleClick={false}
          preventScrolling={false}
        >
          {isWide && <Controls position="top-right" showInteractive={false} />}
        </ReactFlow>
      )}
    </figure>
  );
}

function boxes(drawing: ChainDrawing, incident: Incident): Node<StateData>[] {
  return drawing.nodes.map(node => {
    const symptom = incident.symptoms.find(
      one => one.key.type === node.state && refText(one.key.about) === refText(node.at),
    );
    return {
      id: node.id,
      type: 'state',
      position: { x: node.x, y: node.y },
      ...NODE,
      handles: handles(drawing.direction),
      data: { node, symptom, direction: drawing.direction },
    };
  });
}

/** Where arrows begin and end, told so that the drawing is right before anything is measured. */
function handles(direction: Direction): NodeHandle[] {
  const { width, height } = NODE;
  return direction === 'down'
    ? [
        { type: 'target', position: Position.Top, x: width / 2, y: 0 },
        { type: 'source', position: Position.Bottom, x: width / 2, y: height },
      ]
    : [
        { type: 'target', position: Position.Left, x: 0, y: height / 2 },
        { type: 'source', position: Position.Right, x: width, y: height / 2 },
      ];
}

function arrows(
  drawing: ChainDrawing,
  incident: Incident,
  chosen: number,
  onChoose: (index: number) => void,
): Edge<HopData>[] {
  return drawing.edges.map(edge => ({
    id: edge.id,
    type: 'hop',
    source: edge.source,
    target: edge.target,
    data: {
      edge,
      count: drawing.edges.length,
      openedAt: incident.openedAt,
      isChosen: edge.index === chosen,
      onChoose,
      isTight: drawing.direction === 'right',
    },
  }));
}
