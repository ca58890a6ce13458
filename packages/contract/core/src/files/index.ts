export * from './cache-dir.js';
export * from './make-folder.js';
export * from './read-bytes.js';
export * from './read-text.js';
export * from './sha256.js';
export * from './write-advice.js';
