/**
 * The network graph. One definition serves parameter counts, MACs, the workloads an accelerator sees and the trainable model.
 * Shapes are inferred by `@archon-dse/workload`, never written twice. Plain JSON throughout.
 */

/** Shape of one activation tensor without its batch dimension: height, width, channels. */
export type TensorShape = readonly [height: number, width: number, channels: number];

interface LayerBase {
  /** Unique in the network, e.g. `b1.expand`. */
  readonly name: string;
  /** Names of the layers whose outputs this one reads, in order. */
  readonly inputs: readonly string[];
  /** `head`, `b0`, `b1`, ... or `tail`. */
  readonly block: string;
  /** What the layer is for, e.g. `stem`: a name for people, but for the few that `@archon-dse/workload` says something about. */
  readonly role: string;
}

/** Convolution, zero padded to `ceil(in / stride)` (SAME). A pointwise convolution has kernel 1. */
export interface ConvLayer extends LayerBase {
  readonly op: 'conv';
  readonly kernel: number;
  readonly stride: number;
  readonly groups: number;
  readonly filters: number;
  readonly bias: boolean;
}

/** Depthwise convolution, one filter a channel, SAME padding. */
export interface DepthwiseLayer extends LayerBase {
  readonly op: 'depthwise';
  readonly kernel: number;
  readonly stride: number;
  readonly bias: boolean;
}

/** Fully connected layer on a tensor of 1 x 1 x channels. */
export interface DenseLayer extends LayerBase {
  readonly op: 'dense';
  readonly units: number;
  readonly bias: boolean;
}

/** Average or maximum over `size` x `size` windows, SAME padding; padded cells do not count in the divisor. */
export interface PoolLayer extends LayerBase {
  readonly op: 'averagePool' | 'maxPool';
  readonly size: number;
  readonly stride: number;
}

/** Channel index `grp * (C / groups) + c` moves to `c * groups + grp`. */
export interface ShuffleLayer extends LayerBase {
  readonly op: 'channelShuffle';
  readonly groups: number;
}

/** Layers without parameters of their own in the graph; `multiply` gates its first input by a 1 x 1 x C second input. */
export interface PlainLayer extends LayerBase {
  readonly op:
    'input' | 'batchNorm' | 'relu' | 'sigmoid' | 'softmax' | 'globalAveragePool' | 'add' | 'concat' | 'multiply';
}

export type Layer = ConvLayer | DepthwiseLayer | DenseLayer | PoolLayer | ShuffleLayer | PlainLayer;

/** Layers in topological order; the first one is the only `input` layer. */
export interface Network {
  /** Public id of the contribution that built it, e.g. `archon/mobilenet-v2`. */
  readonly id: string;
  readonly input: TensorShape;
  readonly classes: number;
  readonly layers: readonly Layer[];
}
