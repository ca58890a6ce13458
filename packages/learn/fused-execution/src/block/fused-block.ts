import type { ConvNode, ModelPlan, PlanNode } from '@archon-dse/tensor';
import { shuffleOrder, type Affine } from '../channels.js';

/** One convolution of a block with what follows it up to the next one. Channels are counted as the convolution gives them. */
export interface BlockLayer {
  readonly conv: ConvNode;
  /** BatchNorms behind it, innermost first, and how the channels are ordered where each stands. */
  readonly norms: readonly { readonly node: Extract<PlanNode, { op: 'batchNorm' }>; readonly order: Int32Array }[];
  /** The node whose ReLU is predicted, and the order of channels there. */
  readonly gate?: { readonly node: PlanNode; readonly order: Int32Array };
  /** By channel of the next convolution's input, or of the block's output: the channel of this one. */
  readonly order: Int32Array;
}

/**
 * Three convolutions, one of them depthwise and not the first, with a predicted ReLU after each of the first two: given the masks, one
 * linear function of the block's input.
 */
export interface FusedBlock {
  /** Name of the first convolution up to its last dot, e.g. `b3`; all of it where it has none. */
  readonly name: string;
  readonly layers: readonly [BlockLayer, BlockLayer, BlockLayer];
  /** Node it reads, and the one whose value it computes. */
  readonly input: string;
  readonly output: string;
  /** Nodes that need not be computed: those between, up to the output. */
  readonly nodes: ReadonlySet<string>;
}

/** Which values inside a block pass: 1 or 0 for every cell and channel of the convolution in front of each ReLU. */
export interface Masks {
  readonly first: Uint8Array;
  readonly second: Uint8Array;
  /** Brings them up to date with the block's input. */
  run(x: Float32Array): void;
}

/**
 * The blocks of a plan that can be computed as one convolution each.
 *
 * @param relus - names of the ReLUs whose signs are known before their values are
 */
export function findFusedBlocks(plan: ModelPlan, relus: ReadonlySet<string>): readonly FusedBlock[] {
  const readers = new Map<string, PlanNode[]>();
  for (const node of plan.nodes) {
    if (node.op === 'quantise') continue;
    for (const input of node.inputs) readers.set(input, [...(readers.get(input) ?? []), node]);
  }
  return plan.nodes.flatMap((node) => {
    const block = node.op === 'conv' && isPointwise(node) ? blockFrom(node, readers, relus) : undefined;
    return block === undefined ? [] : [block];
  });
}

function blockFrom(
  first: ConvNode,
  readers: ReadonlyMap<string, readonly PlanNode[]>,
  relus: ReadonlySet<string>,
): FusedBlock | undefined {
  const next = (node: PlanNode): PlanNode | undefined => {
    const all = readers.get(node.name) ?? [];
    return all.length === 1 ? all[0] : undefined;
  };
  const layers: BlockLayer[] = [];
  const nodes = new Set<string>();
  let output = first.name;
  for (let conv: PlanNode | undefined = first; isConvolution(conv) && layers.length < 3;) {
    const { layer, last, reader } = layerFrom(conv, next, layers.length < 2 ? relus : undefined);
    layers.push(layer);
    output = last.at(-1)?.name ?? conv.name;
    for (const { name } of [conv, ...last]) nodes.add(name);
    conv = reader;
  }
  const [a, b, c] = layers;
  if (a?.gate === undefined || b?.gate === undefined || c === undefined || !isTrio(a, b, c)) return undefined;
  const name = first.name.split('.').slice(0, -1).join('.') || first.name;
  return { name, layers: [a, b, c], input: first.inputs[0] ?? '', output, nodes };
}

/**
 * Follows the only reader of each value from a convolution to the next one, or to where something else comes.
 *
 * @param relus - none for the last convolution of a block, behind which only BatchNorms belong to it
 */
function layerFrom(
  conv: ConvNode,
  next: (node: PlanNode) => PlanNode | undefined,
  relus: ReadonlySet<string> | undefined,
): { layer: BlockLayer; last: readonly PlanNode[]; reader: PlanNode | undefined } {
  let order = Int32Array.from({ length: conv.shape[2] }, (_, channel) => channel);
  let gate: BlockLayer['gate'];
  const norms: BlockLayer['norms'][number][] = [];
  const last: PlanNode[] = [];
  let reader = next(conv);
  for (; reader !== undefined; reader = next(reader)) {
    if (reader.op === 'channelShuffle' && relus !== undefined)
      order = shuffleOrder(reader).map((from) => order[from] ?? 0);
    else if (reader.op === 'batchNorm' && gate === undefined) norms.push({ node: reader, order });
    else if (relus?.has(reader.name) === true && gate === undefined) gate = { node: reader, order };
    else break;
    last.push(reader);
  }
  return { layer: { conv, norms, ...(gate === undefined ? {} : { gate }), order }, last, reader };
}

function isConvolution(node: PlanNode | undefined): node is ConvNode {
  return node?.op === 'conv' || node?.op === 'depthwise';
}

function isPointwise({ op, window }: ConvNode): boolean {
  return op === 'conv' && window.size === 1 && window.stride === 1;
}

/** Pointwise, then a depthwise and a pointwise one in either order. */
function isTrio({ conv: first }: BlockLayer, { conv: second }: BlockLayer, { conv: third }: BlockLayer): boolean {
  const [dw, pw] = second.op === 'depthwise' ? [second, third] : [third, second];
  return isPointwise(first) && dw.op === 'depthwise' && isPointwise(pw);
}

/** The BatchNorms behind a convolution as one scale and offset for each of its channels, its bias included. */
export function composeNorms(
  { conv, norms }: BlockLayer,
  affineOf: (node: BlockLayer['norms'][number]['node']) => Affine,
  bias: Float32Array | undefined,
): Affine {
  const scale = new Float64Array(conv.shape[2]).fill(1);
  const offset = Float64Array.from(scale, (_, channel) => bias?.[channel] ?? 0);
  for (const { node, order } of norms) {
    const norm = affineOf(node);
    order.forEach((channel, at) => {
      scale[channel] = (scale[channel] ?? 0) * (norm.scale[at] ?? 0);
      offset[channel] = (offset[channel] ?? 0) * (norm.scale[at] ?? 0) + (norm.offset[at] ?? 0);
    });
  }
  return { scale, offset };
}
