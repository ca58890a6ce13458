export * from './comparison.js';
export * from './markdown.js';
export * from './validate-models.js';
