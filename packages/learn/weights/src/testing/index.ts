export { kerasLayers, type KerasLayer } from './keras-layers.js';
export { writeKerasFile, type KerasFileOptions } from './write-keras-file.js';
