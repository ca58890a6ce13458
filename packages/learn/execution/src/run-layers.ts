import type { Layer, TensorShape } from '@archon-dse/core';
import { LayerRun } from '@archon-dse/fused-execution';
import type { KernelNode, PlanNode } from '@archon-dse/tensor';
import { nonZeroWeights } from '@archon-dse/training';
import type { OpenModel } from './open-model.js';

/** A layer with weights, and where these and its inputs are zero. */
export interface ExecutedLayer {
  readonly name: string;
  /** 0 or 1 a weight, in the order of masks: outputs of all groups, inputs of one, kernel rows, kernel columns. */
  readonly weights: Uint8Array;
  /** Of its input: rows, columns, channels. */
  readonly shape: TensorShape;
  /** Rows and columns of padding before the first value. */
  readonly before: readonly [rows: number, columns: number];
  /** Its input on each image: 0 or 1 a value, rows x columns x channels. */
  readonly images: readonly Uint8Array[];
}

/**
 * Runs the images through a model layer by layer and notes which values are zero.
 *
 * @param onImage - hears how many images are done before each
 */
export function runLayers(model: OpenModel, onImage?: (done: number) => void): readonly ExecutedLayer[] {
  const { plan, network, tensors } = model;
  const run = new LayerRun(plan, tensors);
  const kernels = kernelNodes(plan.nodes, network.layers);
  const seen = kernels.map((): Uint8Array[] => []);
  for (let image = 0; image < model.images; image++) {
    onImage?.(image);
    run.run(model.image(image));
    for (const [index, { node }] of kernels.entries()) seen[index]?.push(nonZero(run.plane(node.inputs[0] ?? '')));
  }
  const shapes = new Map(plan.nodes.map(({ name, shape }) => [name, shape]));
  return kernels.flatMap(({ node, layer }, index) => {
    const kernel = tensors[node.kernel.weight];
    const shape = shapes.get(node.inputs[0] ?? '');
    if (kernel === undefined || shape === undefined) return [];
    const before = node.op === 'dense' ? ([0, 0] as const) : ([node.window.rows[0], node.window.columns[0]] as const);
    return [{ name: node.name, weights: nonZeroWeights(layer, kernel), shape, before, images: seen[index] ?? [] }];
  });
}

/** The nodes that multiply by weights of a layer; predictors are none. */
function kernelNodes(nodes: readonly PlanNode[], layers: readonly Layer[]) {
  const byName = new Map(layers.map((layer) => [layer.name, layer]));
  return nodes.flatMap((node): { node: KernelNode; layer: Layer }[] => {
    const layer = byName.get(node.name);
    return layer !== undefined && 'kernel' in node ? [{ node, layer }] : [];
  });
}

function nonZero(values: Float32Array): Uint8Array {
  const found = new Uint8Array(values.length);
  for (let at = 0; at < values.length; at++) found[at] = values[at] === 0 ? 0 : 1;
  return found;
}
