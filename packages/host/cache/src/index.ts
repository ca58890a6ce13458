// Keeping layer results.
export { keepWithin, LayerStores, wholeScope, type LayerKeeping } from './layer-stores.js';
export { ScopeStore } from './layer-store.js';
export { differences, scopeId, type LayerScope } from './scope.js';

// Looking after what is kept.
export { planPrune, prune, type PruneLimits, type Removal } from './prune.js';
export { countValues, layerUse, type ScopeUse, type SegmentUse } from './usage.js';
export { planStages, pruneStages, stageUse, type StageUse } from './stage-use.js';
