export * from './cycle-counts.js';
export * from './main-hardware.js';
export * from './main-phase.js';
export type * from './tile.js';
