export * from './backend.js';
export { findBadValue } from './bad-values.js';
export * from './initialisers.js';
export * from './plan.js';
export * from './plan-model.js';
export { predictorName } from './predictor.js';
export * from './state.js';
export * from './training-spec.js';
