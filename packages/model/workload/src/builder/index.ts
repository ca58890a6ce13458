export type { NetworkHead, Tensor } from './layer-stack.js';
export { NetworkBuilder } from './network-builder.js';
export type {
  AttentionSpec,
  ConvSpec,
  DenseSpec,
  DepthwiseSpec,
  MatmulSpec,
  PaddingSpec,
  PoolSpec,
  TransposedConvSpec,
} from './specs.js';
