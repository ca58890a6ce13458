export type { LayerMapText } from './layer-map.js';
export { matchWeights, type Naming } from './match-weights.js';
export { readWeights } from './read-weights.js';
export { decodeTensors, encodeTensors, type TensorFile } from './safetensors.js';
export { splitName, type FileLayer, type FileTensor, type WeightFile } from './weight-file.js';
