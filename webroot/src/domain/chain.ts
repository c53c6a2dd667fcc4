import { Graph, layout } from '@dagrejs/dagre';
import type { Hop } from './rca';
import type { ResourceRef } from './signal';
import { refText } from './signal';

/** A state on a resource, as a box of the drawn chain. */
export type ChainNode = {
  readonly id: string;
  readonly state: string;
  readonly at: ResourceRef;
  readonly role: 'cause' | 'between' | 'symptom';
  readonly x: number;
  readonly y: number;
};

/** A hop, as an arrow of the drawn chain; `index` is its place in the hypothesis's chain. */
export type ChainEdge = {
  readonly id: string;
  readonly index: number;
  readonly hop: Hop;
  readonly source: string;
  readonly target: string;
};

export type ChainDrawing = {
  readonly direction: Direction;
  readonly nodes: readonly ChainNode[];
  readonly edges: readonly ChainEdge[];
  readonly width: number;
  readonly height: number;
};

/** Size of a box and room for the label of an arrow, in pixels. */
export const NODE = { width: 228, height: 54 };

/** Which way a chain runs. */
export type Direction = 'down' | 'right';
const GAPS = { down: { rank: 58, node: 18 }, right: { rank: 150, node: 16 } };

/** More boxes than this beside each other cannot be read; such a chain runs to the right instead. */
const ABREAST = 3;

/** Lays a chain out from cause to symptoms; boxes are placed by their upper left corner. */
export function draw(hops: readonly Hop[]): ChainDrawing {
  const down = drawTo('down', hops);
  return down.width > ABREAST * (NODE.width + GAPS.down.node) ? drawTo('right', hops) : down;
}

function drawTo(direction: Direction, hops: readonly Hop[]): ChainDrawing {
  const states = collect(hops);
  const edges = hops.map(arrow);
  const graph = new Graph();
  const { rank, node } = GAPS[direction];
  const rankdir = direction === 'down' ? 'TB' : 'LR';
  graph.setGraph({ rankdir, ranksep: rank, nodesep: node, marginx: 2, marginy: 2 });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const id of states.keys()) graph.setNode(id, { ...NODE });
  for (const edge of edges)
    if (edge.source !== edge.target) graph.setEdge(edge.source, edge.target);
  layout(graph);
  const nodes = [...states].map(([id, state]) => place(id, state, hops, graph));
  return {
    direction,
    nodes,
    edges,
    width: Math.max(0, ...nodes.map(one => one.x + NODE.width)),
    height: Math.max(0, ...nodes.map(one => one.y + NODE.height)),
  };
}

type StateAt = { readonly state: string; readonly at: ResourceRef };

function collect(hops: readonly Hop[]): ReadonlyMap<string, StateAt> {
  const states = new Map<string, StateAt>();
  for (const hop of hops) {
    states.set(key(hop.fromState, hop.from), { state: hop.fromState, at: hop.from });
    states.set(key(hop.toState, hop.to), { state: hop.toState, at: hop.to });
  }
  return states;
}

function arrow(hop: Hop, index: number): ChainEdge {
  return {
    id: `hop-${index}`,
    index,
    hop,
    source: key(hop.fromState, hop.from),
    target: key(hop.toState, hop.to),
  };
}

function place(id: string, state: StateAt, hops: readonly Hop[], graph: Graph): ChainNode {
  const spot = graph.node(id) as { x: number; y: number };
  const isEffect = hops.some(hop => key(hop.toState, hop.to) === id);
  const hasEffect = hops.some(hop => key(hop.fromState, hop.from) === id);
  return {
    id,
    ...state,
    role: !isEffect ? 'cause' : hasEffect ? 'between' : 'symptom',
    x: spot.x - NODE.width / 2,
    y: spot.y - NODE.height / 2,
  };
}

function key(state: string, at: ResourceRef): string {
  return `${state}@${refText(at)}`;
}
