export * from './analysis.js';
export { NetworkBuilder, type ConvSpec, type DepthwiseSpec, type PoolSpec, type Tensor } from './builder.js';
export * from './channels.js';
export * from './fusion.js';
export * from './lower.js';
export * from './options.js';
export { outputShape, sameOutputSize, samePadding } from './output-shape.js';
export * from './shapes.js';
