export type { LayerMapText } from './layer-map.js';
export { matchWeights, type Naming } from './match-weights.js';
export { readWeights } from './read-weights.js';
export { decodeTensors, encodeTensors, type TensorFile } from './safetensors.js';
export type { FileLayer, FileTensor, WeightFile } from './weight-file.js';
