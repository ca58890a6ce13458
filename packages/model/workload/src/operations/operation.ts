import type { Layer, TensorShape, Workload } from '@archon-dse/core';
import type { Properties } from './properties.js';

export type LayerOf<Op extends Layer['op'], L = Layer> = L extends { readonly op: infer O }
  ? Op extends O
    ? L
    : never
  : never;

/** One layer with the shapes it reads and the shape it gives. */
export interface ShapedLayer<L extends Layer = Layer> {
  readonly layer: L;
  /** In the order of `layer.inputs`; empty for the input layer. */
  readonly inputs: readonly TensorShape[];
  readonly output: TensorShape;
}

/** Loop bounds of one image. A layer of several has a name for each, to be put behind its own. */
export interface Loops extends Pick<Workload, 'op' | 'problem' | 'groups'> {
  readonly part?: string;
}

/**
 * How a layer is costed.
 *
 * - `macs`: as workloads, from its loops; a bias is added where the sum starts and costs nothing.
 * - `vector`: as vector work, which an accelerator may cost; where it does not, the record says so.
 * - `folded`: nothing, as its factors go into the weights of a layer that costs `macs` right before it; elsewhere as vector work.
 * - `free`: nothing, as it computes nothing: the layer before writes its values to where the next one reads them.
 */
type Costing = 'macs' | 'vector' | 'folded' | 'free';

/** What there is to know about an operation; the table of all is in `table.ts`. */
export interface Operation<L extends Layer> {
  /** Properties beside the name, operation, inputs, block and role that every layer has. */
  readonly properties: Properties;
  readonly inputs: readonly [least: number, most: number];
  readonly costing: Costing;
  /**
   * Shape of what it computes from as many inputs as it takes.
   *
   * @throws ArchonError ARCHON_NETWORK_INVALID where they do not fit
   */
  shape(layer: L, inputs: readonly TensorShape[]): TensorShape;
  /** Loops of its multiply-accumulates; its weights follow from them. */
  loops?(shaped: ShapedLayer<L>): readonly Loops[];
  /** Parameters that train, beside weights and bias. */
  learned?(shaped: ShapedLayer<L>): number;
  /** Numbers it keeps that do not train. */
  kept?(shaped: ShapedLayer<L>): number;
}

/** The shape of the first input; of no input a shape that fits nothing. */
export function firstOf(inputs: readonly TensorShape[]): TensorShape {
  return inputs[0] ?? [0, 0, 0];
}
