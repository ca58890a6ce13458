export * from './accelerator-contract.js';
export * from './block-rows.js';
export * from './executor-contract.js';
export * from './fusion-rows.js';
export * from './network-contract.js';
export { buildNetwork, changedOptions, withDefaults } from './options.js';
export * from './sample-state.js';
export * from './sample-workloads.js';
export * from './stage-contract.js';
