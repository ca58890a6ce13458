import type { JsonValue, LayerCache, Registry, StageContext } from '@archon-dse/core';
import { BoundedMap } from './bounded-map.js';
import { deepFreeze } from './deep-freeze.js';
import type { PreparedNetwork } from './prepare-network.js';

const LAYER_CACHE_ENTRIES = 100_000;
const CHAIN_CACHE_ENTRIES = 8;

/** What stages may use beside their options; their results do not depend on it. */
export type StageResources = Omit<StageContext, 'seed' | 'signal' | 'networkOptions'>;

/** What all evaluations of one thread share. Nothing in it changes a result, only how fast it is there. */
export interface EvaluationContext {
  readonly registry: Registry;
  readonly signal?: AbortSignal;
  readonly resources: StageResources;
  /** Networks after their chain of stages: accelerators of the same chain need no second training or lowering. */
  readonly chains: BoundedMap<PreparedNetwork>;
  /** A layer cache of its own for each accelerator, so that their keys cannot collide. Its values are frozen. */
  layerCache(accelerator: string): LayerCache;
}

export function createContext(
  registry: Registry,
  signal?: AbortSignal,
  resources: StageResources = {},
): EvaluationContext {
  const entries = new BoundedMap<JsonValue>(LAYER_CACHE_ENTRIES);
  return {
    registry,
    resources,
    ...(signal === undefined ? {} : { signal }),
    chains: new BoundedMap<PreparedNetwork>(CHAIN_CACHE_ENTRIES),
    layerCache: (accelerator) => ({
      get: (key) => entries.get(`${accelerator} ${key}`),
      set: (key, value) => entries.set(`${accelerator} ${key}`, deepFreeze(value)),
    }),
  };
}
