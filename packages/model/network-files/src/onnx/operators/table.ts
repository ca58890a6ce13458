import type { NodeReader } from '../node-reader.js';
import type { Value } from '../value.js';
import { attention, packedAttention } from './attention.js';
import { concat, gather, slice, split } from './choices.js';
import { constant, constantOfShape, range, shape, size } from './constants.js';
import { conv, convTranspose } from './convolutions.js';
import { activation, add, clip, combine, multiply, softmax, vector } from './elementwise.js';
import { blocks, expand, flatten, pad, reshape, squeeze, tile, transpose, unsqueeze } from './moves.js';
import { batchNorm, groupNorm, instanceNorm, layerNorm, skipLayerNorm } from './normalisations.js';
import { globalAveragePool, globalMaxPool, pool } from './pools.js';
import { gemm, matmul } from './products.js';
import { argument, reduce, resize, topK } from './reductions.js';

/** Reads one node: what its outputs are, one of them or a list. `fileBatch` is the fixed batch of the file. */
export type Operator = (node: NodeReader, fileBatch: number) => Value | readonly Value[];

const same: Operator = (node) => node.input(0);

/** The scale and the zero point that a tensor has once it is computed. */
const UNKNOWN_NUMBER: Value = { kind: 'constant', dims: [], learned: 0 };

/** Records list these by the name of the operator. */
const LISTED = [
  ...['Exp', 'Log', 'Sqrt', 'Reciprocal', 'Abs', 'Neg', 'Floor', 'Ceil', 'Round', 'Sign', 'Erf', 'Sin', 'Cos', 'Tan'],
  ...['Asin', 'Acos', 'Atan', 'Sinh', 'Cosh', 'Tanh', 'Softplus', 'Softsign', 'Elu', 'Selu', 'Celu', 'LeakyRelu'],
  ...['ThresholdedRelu', 'HardSigmoid', 'Mish', 'Not', 'IsNaN', 'IsInf', 'LogSoftmax', 'Hardmax', 'LpNormalization'],
  ...[
    'LRN',
    'MeanVarianceNormalization',
    'CumSum',
    'Trilu',
    'PRelu',
    'RMSNormalization',
    'SimplifiedLayerNormalization',
  ],
  ...['ScatterND', 'ScatterElements', 'RotaryEmbedding'],
];
const COMBINED = [
  ...[
    'Sub',
    'Div',
    'Pow',
    'Mod',
    'Min',
    'Max',
    'Sum',
    'Mean',
    'And',
    'Or',
    'Xor',
    'Equal',
    'Greater',
    'GreaterOrEqual',
  ],
  ...['Less', 'LessOrEqual', 'Where', 'BitShift'],
];
const REDUCED = ['Mean', 'Sum', 'Max', 'Min', 'Prod', 'L1', 'L2', 'LogSum', 'LogSumExp', 'SumSquare'].map(
  (one) => `Reduce${one}`,
);

function named(operators: readonly string[], make: (what: string) => Operator): Readonly<Record<string, Operator>> {
  return Object.fromEntries(
    operators.map((op) => [op, make(op.replace(/^[A-Z](?![A-Z])/, (letter) => letter.toLowerCase()))]),
  );
}

/** Operators without a domain, and those of `com.microsoft` under their names. docs/networks.md says what becomes of each. */
export const OPERATORS: Readonly<Record<string, Operator>> = {
  ...named(LISTED, vector),
  ...named(COMBINED, combine),
  ...named(REDUCED, reduce),
  ...named(['ArgMax', 'ArgMin'], argument),
  Conv: conv,
  ConvTranspose: convTranspose,
  Gemm: gemm,
  MatMul: matmul,
  MaxPool: pool('maxPool'),
  AveragePool: pool('averagePool'),
  GlobalAveragePool: globalAveragePool,
  GlobalMaxPool: globalMaxPool,
  BatchNormalization: batchNorm,
  InstanceNormalization: instanceNorm,
  GroupNormalization: groupNorm,
  LayerNormalization: layerNorm,
  SkipLayerNormalization: skipLayerNorm,
  Relu: activation('relu'),
  Sigmoid: activation('sigmoid'),
  HardSwish: activation('hardSwish'),
  Swish: activation('swish'),
  Gelu: activation('gelu'),
  FastGelu: (node) => (node.optional(1) === undefined ? activation('gelu') : vector('fastGelu'))(node),
  QuickGelu: activation('gelu'),
  Clip: clip,
  Softmax: softmax,
  Add: add,
  Mul: multiply,
  Concat: concat,
  Split: split,
  Slice: slice,
  Gather: gather,
  Pad: pad,
  Expand: expand,
  Tile: tile,
  Resize: resize,
  Upsample: resize,
  TopK: topK,
  DepthToSpace: blocks(false),
  SpaceToDepth: blocks(true),
  Reshape: reshape,
  Flatten: flatten,
  Transpose: transpose,
  Squeeze: squeeze,
  Unsqueeze: unsqueeze,
  Identity: same,
  Dropout: same,
  Cast: same,
  CastLike: same,
  QuantizeLinear: same,
  DequantizeLinear: same,
  DynamicQuantizeLinear: (node) => [node.input(0), UNKNOWN_NUMBER, UNKNOWN_NUMBER],
  Constant: constant,
  ConstantOfShape: constantOfShape,
  Shape: shape,
  Size: size,
  Range: range,
  Attention: (node) => (node.node.domain === '' ? attention('q_num_heads') : packedAttention)(node),
  MultiHeadAttention: attention('num_heads'),
};

/** Quantised operators by the float operator they stand for, and which of their inputs are those of it. */
export const QUANTISED: Readonly<Record<string, readonly [op: string, inputs: readonly number[]]>> = {
  QLinearConv: ['Conv', [0, 3, 8]],
  ConvInteger: ['Conv', [0, 1]],
  QLinearMatMul: ['MatMul', [0, 3]],
  MatMulInteger: ['MatMul', [0, 1]],
  QGemm: ['Gemm', [0, 3, 6]],
  QLinearAdd: ['Add', [0, 3]],
  QLinearMul: ['Mul', [0, 3]],
  QLinearSigmoid: ['Sigmoid', [0]],
  QLinearGlobalAveragePool: ['GlobalAveragePool', [0]],
  QLinearAveragePool: ['AveragePool', [0]],
};

/** Why operators without a row above are refused, where more can be said. */
export const REASONS: Readonly<Record<string, string>> = {
  If: 'which branch is taken is not known before it runs',
  Loop: 'how often it runs is not known before',
  Scan: 'how often it runs is not known before',
  LSTM: 'recurrent layers are not modelled',
  GRU: 'recurrent layers are not modelled',
  RNN: 'recurrent layers are not modelled',
  NonMaxSuppression: 'how much it gives depends on its values',
  NonZero: 'how much it gives depends on its values',
  Unique: 'how much it gives depends on its values',
  Compress: 'how much it gives depends on its values',
};
