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

/** One number for rows and columns alike, or one for each; equal ones are written as one number. */
export type Extent = number | readonly [rows: number, columns: number];

/** Cells of zeros around a plane. */
export interface PaddingCells {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
}

/**
 * Zeros around the input of a window: `same`, which is meant where nothing is said, gives `ceil(in / stride)` cells and puts an odd cell
 * of padding at the bottom and right; `valid` puts none.
 */
export type Padding = 'same' | 'valid' | PaddingCells;

interface WindowLayer extends LayerBase {
  readonly kernel: Extent;
  readonly stride: Extent;
  /** Cells from one row or column of the kernel to the next; 1 unless given. */
  readonly dilation?: Extent;
  readonly padding?: Padding;
  readonly bias: boolean;
}

/** Convolution. A pointwise convolution has kernel 1. */
export interface ConvLayer extends WindowLayer {
  readonly op: 'conv';
  readonly groups: number;
  readonly filters: number;
}

/** Depthwise convolution: each channel has filters of its own, one unless `multiplier` says how many. */
export interface DepthwiseLayer extends WindowLayer {
  readonly op: 'depthwise';
  /** Output channels an input channel; those of the first channel come first. */
  readonly multiplier?: number;
}

/**
 * Transposed convolution: every input cell is spread over a window of outputs, windows `stride` apart. `same` gives `in * stride` cells,
 * `valid` all `(in - 1) * stride + kernel`; given cells are cut off from those. A dilated kernel counts with the cells between its rows.
 */
export interface TransposedConvLayer extends LayerBase {
  readonly op: 'transposedConv';
  readonly kernel: Extent;
  readonly stride: Extent;
  /** Output cells from one row or column of the kernel to the next; 1 unless given. */
  readonly dilation?: Extent;
  readonly padding?: Padding;
  readonly groups: number;
  readonly filters: number;
  readonly bias: boolean;
}

/** Fully connected layer over the channels, with the same weights at every position. */
export interface DenseLayer extends LayerBase {
  readonly op: 'dense';
  readonly units: number;
  readonly bias: boolean;
}

/**
 * Product of two activations, tokens being the positions of a plane.
 *
 * With `transpose` the scores of attention: [tokens, 1, C] by [keys, 1, C] gives [tokens, heads, keys], a sum over the C / heads channels
 * of each head. Without it its values: [tokens, heads, keys] by [keys, 1, C] gives [tokens, 1, C].
 */
export interface MatmulLayer extends LayerBase {
  readonly op: 'matmul';
  readonly heads: number;
  readonly transpose: boolean;
}

/**
 * Products of two activations, one a group: [groups, T, C] by [groups, C, M] gives [groups, T, M]; planes of other rows and columns will do
 * where they have as many positions. Attention with its heads as groups is two of them.
 */
export interface BatchMatmulLayer extends LayerBase {
  readonly op: 'batchMatmul';
  readonly groups: number;
}

/** Average or maximum over windows; padded cells do not count in the divisor. */
export interface PoolLayer extends LayerBase {
  readonly op: 'averagePool' | 'maxPool';
  readonly size: Extent;
  readonly stride: Extent;
  /** Cells from one row or column of the window to the next; 1 unless given. */
  readonly dilation?: Extent;
  readonly padding?: Padding;
}

/** Repeats every cell `factor` times along rows and columns. */
export interface UpsampleLayer extends LayerBase {
  readonly op: 'upsample';
  readonly factor: Extent;
}

/** Channel index `grp * (C / groups) + c` moves to `c * groups + grp`. */
export interface ShuffleLayer extends LayerBase {
  readonly op: 'channelShuffle';
  readonly groups: number;
}

/** Normalises the values of each of `groups` channel groups of an image, with a scale and a shift a channel. */
export interface GroupNormLayer extends LayerBase {
  readonly op: 'groupNorm';
  readonly groups: number;
}

/** The same values in the same order, channels fastest, in another shape. */
export interface ReshapeLayer extends LayerBase {
  readonly op: 'reshape';
  readonly shape: TensorShape;
}

/** One position, counted row by row from 0, e.g. the class token. */
export interface TakePositionLayer extends LayerBase {
  readonly op: 'takePosition';
  readonly index: number;
}

/** Another input of the network, beside its image. */
export interface SourceLayer extends LayerBase {
  readonly op: 'source';
  readonly shape: TensorShape;
}

/**
 * Values put elsewhere: all or some of those it reads, in another order, some more than once, with zeros or learned values among them. Which
 * goes where is not said, as no count depends on it.
 */
export interface MoveLayer extends LayerBase {
  readonly op: 'move';
  readonly shape: TensorShape;
  /** Learned values among those it gives or chooses from, e.g. of an embedding; none unless given. */
  readonly parameters?: number;
}

/** Work on values that is no multiply-accumulate and no other operation, under the name that records list it by, e.g. `exp`. */
export interface VectorLayer extends LayerBase {
  readonly op: 'vector';
  readonly function: string;
  readonly shape: TensorShape;
  /** Learned values it reads; none unless given. */
  readonly parameters?: number;
}

/**
 * Layers without properties of their own in the graph.
 *
 * - `layerNorm` normalises the channels of each position, with a scale and a shift a channel; `channelScale` is a learned factor a channel;
 * - `softmax` goes over the channels of each position;
 * - `multiply` takes two tensors of one shape, or gates its first input by a 1 x 1 x C second input;
 * - `transpose` makes [H, W, C] to [C, 1, H W]: channels become positions, positions channels;
 * - `classToken` puts a learned position before those of [T, 1, C]; `positionEmbedding` adds a learned value to each value.
 */
export interface PlainLayer extends LayerBase {
  readonly op:
    | 'input'
    | 'batchNorm'
    | 'layerNorm'
    | 'channelScale'
    | 'relu'
    | 'relu6'
    | 'gelu'
    | 'swish'
    | 'hardSwish'
    | 'sigmoid'
    | 'softmax'
    | 'globalAveragePool'
    | 'add'
    | 'concat'
    | 'multiply'
    | 'transpose'
    | 'classToken'
    | 'positionEmbedding';
}

export type Layer =
  | ConvLayer
  | DepthwiseLayer
  | TransposedConvLayer
  | DenseLayer
  | MatmulLayer
  | BatchMatmulLayer
  | PoolLayer
  | UpsampleLayer
  | ShuffleLayer
  | GroupNormLayer
  | ReshapeLayer
  | TakePositionLayer
  | SourceLayer
  | MoveLayer
  | VectorLayer
  | PlainLayer;

/** Layers in topological order; the first one is the only `input` layer; a network with several inputs has a `source` for each other. */
export interface Network {
  /** Public id of the contribution that built it, e.g. `archon/mobilenet-v2`. */
  readonly id: string;
  readonly input: TensorShape;
  readonly classes: number;
  /** Images computed at once, 1 unless given. Multiply-accumulates, cycles and energies are those of all of them. */
  readonly batch?: number;
  readonly layers: readonly Layer[];
}
