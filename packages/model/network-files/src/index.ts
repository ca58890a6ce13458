export { importOnnx, type OnnxImport, type OnnxOptions } from './onnx/import-onnx.js';
export { readNetwork, type ListOptions } from './yaml/read-network.js';
export { networkSchema } from './yaml/network-schema.js';
export { networkYaml } from './yaml/write-network.js';
