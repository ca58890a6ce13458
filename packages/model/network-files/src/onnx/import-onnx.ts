import { ArchonError, type Diagnostic, type Network } from '@archon-dse/core';
import { withBlocks } from './blocks.js';
import type { OnnxGraph, OnnxNode } from './graph.js';
import { linksOf } from './links.js';
import { checkDims, computed, NodeReader } from './node-reader.js';
import { constantOf } from './operators/constants.js';
import { OPERATORS, QUANTISED, REASONS } from './operators/table.js';
import { orderedNodes } from './order.js';
import { Patterns } from './patterns.js';
import { readPorts, type Ports } from './ports.js';
import { readGraph } from './read-graph.js';
import { brokenFile, refusalOf, Unsupported } from './refusal.js';
import { withNumbers } from './shape-arithmetic.js';
import { Stack } from './stack.js';
import { absentWeights, shapeIn, type Constant, type Value, type View } from './value.js';

export interface OnnxOptions {
  /** Public id of the network. */
  readonly id: string;
  /** Images computed at once; those that the file is for unless given. */
  readonly batch?: number;
  /** Sizes of dimensions that the file leaves open: by their name, or by `INPUT.AXIS`. */
  readonly dims?: Readonly<Record<string, number>>;
}

/** What an ONNX file holds. */
export interface OnnxImport {
  readonly network: Network;
  readonly producer: string;
  readonly opset: number;
  /** Nodes by operator that became no layer of their own: constants, shapes, and what a layer beside them does. */
  readonly folded: Readonly<Record<string, number>>;
  /** Nodes by operator that only put values elsewhere, for which there are layers where somebody reads them from there. */
  readonly moved: Readonly<Record<string, number>>;
  /** Quantised nodes by operator, read as the float operator they stand for. */
  readonly asFloat: Readonly<Record<string, number>>;
  /** Dimensions that the file leaves open and what they were taken for. */
  readonly assumed: Readonly<Record<string, number>>;
}

/**
 * The network of an ONNX file, for one image; weights are not kept.
 *
 * @throws ArchonError ARCHON_ONNX_INVALID for bytes that are no sound file; ARCHON_ONNX_UNSUPPORTED with each node that cannot be represented
 */
export function importOnnx(bytes: Uint8Array, { id, batch, dims = {} }: OnnxOptions): OnnxImport {
  const graph = readGraph(bytes);
  const ports = readPorts(graph, dims);
  const walk = new Walk(graph, ports);
  const { layers, outputs } = walk.run();
  const [input] = layers;
  const [output] = outputs;
  if (input?.op !== 'input' || output === undefined) return brokenFile('nothing of it depends on an input');
  const images = batch ?? ports.fileBatch;
  const network: Network = {
    ...{ id, input: walk.stack.shapeOf('input'), classes: walk.stack.shapeOf(output)[2] },
    ...(images === 1 ? {} : { batch: images }),
    layers: withBlocks(layers),
  };
  const { producer, opset } = graph;
  return {
    network,
    producer,
    opset,
    folded: walk.folded,
    moved: walk.moved,
    asFloat: walk.asFloat,
    assumed: ports.assumed,
  };
}

/** Reads node after node. */
class Walk {
  readonly stack = new Stack();
  readonly folded: Record<string, number> = {};
  readonly moved: Record<string, number> = {};
  readonly asFloat: Record<string, number> = {};
  private readonly graph: OnnxGraph;
  private readonly ports: Ports;
  private readonly values = new Map<string, Value>();
  private readonly refusals: Diagnostic[] = [];
  /** What refused nodes would have given. */
  private readonly unknown = new Set<string>();

  constructor(graph: OnnxGraph, ports: Ports) {
    this.graph = graph;
    this.ports = ports;
  }

  run(): { readonly layers: Stack['layers']; readonly outputs: readonly string[] } {
    for (const [name, tensor] of this.graph.initializers) this.values.set(name, constantOf(tensor));
    for (const { name, dims } of this.ports.weights) this.values.set(name, absentWeights(dims));
    const nodes = orderedNodes(this.graph);
    this.addInputs(nodes);
    for (const node of this.rewritten(nodes)) this.read(node);
    const [first, ...others] = this.refusals;
    if (first !== undefined) throw new ArchonError(first, ...others);
    const outputs = this.graph.outputs.flatMap(({ name }) => {
      const value = this.values.get(name);
      return value?.kind === 'activation' ? [this.stack.use(value, value.hint)] : [];
    });
    return { layers: this.stack.layers, outputs };
  }

  /** The first image is the input, else the first of all; the others are inputs beside it. */
  private addInputs(nodes: readonly OnnxNode[]): void {
    const read = new Set(nodes.flatMap(({ inputs }) => inputs));
    const inputs = this.ports.inputs.filter(({ name }) => read.has(name));
    const image = inputs.find(({ dims }) => dims.length === 4) ?? inputs[0];
    if (image === undefined) return;
    for (const { name, dims } of [image, ...inputs.filter((input) => input !== image)]) {
      const view = this.viewOf(name, dims, nodes);
      const shape = shapeIn(view, dims) ?? brokenFile(`input "${name}" is [${dims.join(',')}]`, 'one image');
      const layer =
        name === image.name
          ? this.stack.add('input', { op: 'input', role: 'input' }, [], shape)
          : this.stack.add(name, { op: 'source', role: 'input', shape }, []);
      this.values.set(name, computed(layer, this.stack, dims, view));
    }
  }

  /** Whether channels come first or last: what reads an input tells. */
  private viewOf(name: string, dims: readonly number[], nodes: readonly OnnxNode[]): View {
    if (dims[0] !== 1 || dims.length < 3 || dims.length > 4) return 'rows';
    const readers = nodes.filter(({ inputs }) => inputs.includes(name)).map(({ op }) => op);
    if (readers.some((op) => BY_CHANNEL.includes(op))) return 'planes';
    return dims.length === 4 && !readers.includes('Transpose') ? 'planes' : 'rows';
  }

  /** Nodes that stand for one operator become it, in the place of the last of them. */
  private rewritten(nodes: readonly OnnxNode[]): readonly OnnxNode[] {
    const links = linksOf(
      nodes,
      this.graph.outputs.map(({ name }) => name),
    );
    const patterns = new Patterns(links, constantsOf(this.graph, nodes));
    const inside = new Set<OnnxNode>();
    const found = [...nodes].reverse().flatMap((node): readonly OnnxNode[] => {
      if (inside.has(node)) return [];
      const match = patterns.find(node);
      if (match === undefined) return [node];
      for (const one of match.nodes) inside.add(one);
      for (const one of match.nodes) if (one !== node) count(this.folded, one.op);
      return [match.node];
    });
    return found.reverse();
  }

  private read(node: OnnxNode): void {
    if (node.inputs.some((name) => this.unknown.has(name))) return this.giveUp(node);
    const layers = this.stack.layers.length;
    try {
      const outputs = [this.outputsOf(node)].flat();
      for (const [index, value] of outputs.entries()) this.values.set(node.outputs[index] ?? '', value);
      if (this.stack.layers.length === layers) this.tell(node, outputs);
    } catch (error) {
      this.refuse(node, error);
    }
  }

  /** A node without a layer either moves values, of which others may make a layer, or is nothing at all. */
  private tell({ op, inputs }: OnnxNode, outputs: readonly Value[]): void {
    const given = new Set(inputs.map((name) => this.values.get(name)));
    const isNothing = outputs.every((value) => value.kind === 'constant' || given.has(value));
    count(isNothing ? this.folded : this.moved, op);
  }

  private outputsOf(node: OnnxNode): Value | readonly Value[] {
    const float = own(QUANTISED, node.op);
    if (float !== undefined || node.op.endsWith('Linear')) count(this.asFloat, node.op);
    if (float !== undefined) {
      const [op, inputs] = float;
      return this.outputsOf({ ...node, op, inputs: inputs.map((index) => node.inputs[index] ?? '') });
    }
    const operator = DOMAINS.includes(node.domain) ? own(OPERATORS, node.op) : undefined;
    if (operator === undefined) {
      const reason =
        own(REASONS, node.op) ??
        `there is no operator "${node.op}" here${node.domain === '' ? '' : ` of "${node.domain}"`}`;
      throw new Unsupported(reason, 'an operator of docs/networks.md');
    }
    const reader = new NodeReader(node, this.graph.opset, this.stack, this.values);
    const result = operator(reader, this.ports.fileBatch);
    for (const value of [result].flat()) checkDims(value.dims, value.kind === 'constant' ? 0 : 1);
    const { given } = reader;
    const constants = given.filter((value): value is Constant => value.kind === 'constant');
    if (!isConstant(result) || constants.length !== given.length || result.values !== undefined) return result;
    return withNumbers(reader, constants, result);
  }

  private refuse(node: OnnxNode, error: unknown): void {
    this.giveUp(node);
    if (error instanceof Unsupported) this.refusals.push(refusalOf(node, error));
    else if (error instanceof ArchonError) {
      const [{ message, expected = '' } = { message: error.message }] = error.diagnostics;
      this.refusals.push(refusalOf(node, new Unsupported(message, expected)));
    } else throw error;
  }

  private giveUp({ outputs }: OnnxNode): void {
    for (const name of outputs) this.unknown.add(name);
  }
}

const BY_CHANNEL: readonly string[] = [
  'Conv',
  'ConvTranspose',
  'BatchNormalization',
  'MaxPool',
  'AveragePool',
  'QLinearConv',
];
const DOMAINS: readonly string[] = ['', 'com.microsoft'];

/** Constants that nodes hold stand beside those of the file. */
function constantsOf({ initializers }: OnnxGraph, nodes: readonly OnnxNode[]): OnnxGraph['initializers'] {
  const held = nodes.flatMap((node) => {
    const tensor =
      node.op === 'Constant' ? (node.attributes.get('value')?.t ?? { dims: [], elementType: 0 }) : undefined;
    return tensor === undefined ? [] : node.outputs.map((name) => [name, tensor] as const);
  });
  return new Map([...initializers, ...held]);
}

function isConstant(result: Value | readonly Value[]): result is Constant {
  return !Array.isArray(result) && (result as Value).kind === 'constant';
}

function own<T>(table: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}

function count(counts: Record<string, number>, name: string): void {
  counts[name] = (counts[name] ?? 0) + 1;
}
