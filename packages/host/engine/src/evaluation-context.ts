import type { Registry, StageContext, StageState, StopSignal } from '@archon-dse/core';
import { BoundedMap } from './bounded-map.js';
import { Border } from './border/border.js';
import { NO_CONTENTS, type Contents } from './identity/contents.js';
import { Identities } from './identity/identities.js';
import { LayerResults, type LayerKeeper } from './layer-results.js';
import type { Platform } from './platform.js';
import type { PreparedNetwork } from './chain.js';
import { ActionPricer } from './price/price-actions.js';
import { HardwarePricer } from './price/price-hardware.js';
import type { StageListener } from './stage-event.js';

const CHAIN_CACHE_ENTRIES = 8;

/** What stages may use beside their options; their results do not depend on it. */
export type StageResources = Pick<StageContext, 'dir' | 'threads'> & {
  /** Hears of every stage that is applied and how far it has got, and the same of accelerators that tell. */
  readonly onStage?: StageListener;
  /** Hears of the state after each stage, in order, before the next one begins. Not of a chain that is remembered. */
  readonly onStageEnd?: (state: StageState) => void | Promise<void>;
};

/** What results depend on beside their points. */
export interface Basis {
  readonly registry: Registry;
  readonly platform: Platform;
  /** What points name and depend on, as it was at the start. */
  readonly contents: Contents;
}

/** What all evaluations of one thread share. Nothing that is added to the basis changes a result, only how fast it is there. */
export interface EvaluationContext extends Basis {
  readonly border: Border;
  readonly identities: Identities;
  readonly signal?: StopSignal;
  readonly resources: StageResources;
  /** Networks after their chain of stages: accelerators of the same chain need no second training or lowering. */
  readonly chains: BoundedMap<string, PreparedNetwork>;
  readonly hardwarePricer: HardwarePricer;
  readonly actionPricer: ActionPricer;
  readonly layerResults: LayerResults;
}

export interface ContextOptions {
  /** None unless given: then no option may name a file. */
  readonly contents?: Contents;
  readonly signal?: StopSignal;
  readonly resources?: StageResources;
  /** Keeps layer results for others; they are lost with the context unless given. */
  readonly keeper?: LayerKeeper;
}

export function createContext(
  registry: Registry,
  platform: Platform,
  { contents = NO_CONTENTS, signal, resources = {}, keeper }: ContextOptions = {},
): EvaluationContext {
  const identities = new Identities({ registry, platform, contents });
  const border = new Border(platform);
  return {
    registry,
    platform,
    border,
    identities,
    contents,
    resources,
    ...(signal === undefined ? {} : { signal }),
    chains: new BoundedMap<string, PreparedNetwork>(CHAIN_CACHE_ENTRIES),
    hardwarePricer: new HardwarePricer(registry, border),
    actionPricer: new ActionPricer(),
    layerResults: new LayerResults(identities, keeper),
  };
}
