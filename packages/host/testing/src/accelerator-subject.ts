import type {
  Accelerator,
  AcceleratorContribution,
  AcceleratorInput,
  AcceleratorRun,
  LayerCache,
  LayerRun,
  Options,
  PriceTables,
  VectorWork,
  Workload,
} from '@archon-dse/core';
import { canonicalJson, type JsonValue } from '@archon-dse/core';
import { SAMPLE_VECTOR_WORK, SAMPLE_WORKLOADS } from './sample-workloads.js';
import type { AcceleratorConditions } from './accelerator-conditions.js';
import { frozenCopy, withDefaults } from './options.js';

const SEED = 1;

/** An accelerator of given options under test. Everything it is given is frozen. */
export interface Subject {
  readonly options: Options;
  readonly workloads: readonly Workload[];
  readonly vectorWork: readonly VectorWork[];
  readonly create: () => Accelerator;
  readonly supported: (accelerator: Accelerator) => readonly Workload[];
  readonly pricesOf: (accelerator: Accelerator) => PriceTables;
  readonly run: (accelerator: Accelerator, change?: RunChange) => Promise<AcceleratorRun>;
}

interface RunChange {
  readonly workloads?: readonly Workload[];
  readonly vectorWork?: readonly VectorWork[];
  readonly cache?: LayerCache;
}

export function subjectOf(
  contribution: AcceleratorContribution,
  given: Options,
  conditions: AcceleratorConditions,
): Subject {
  const { price, workloads: layers = SAMPLE_WORKLOADS, vectorWork: others = SAMPLE_VECTOR_WORK } = conditions;
  const options = frozenCopy(withDefaults(contribution.meta, given));
  const workloads = frozenCopy(layers);
  const vectorWork = frozenCopy(others);
  const supported = (accelerator: Accelerator) => workloads.filter((layer) => accelerator.supports(layer).ok);
  const pricesOf = (accelerator: Accelerator) => frozenCopy(price(accelerator.components()));
  return {
    options,
    workloads,
    vectorWork,
    create: () => contribution.create(options),
    supported,
    pricesOf,
    run: async (accelerator, change = {}) =>
      accelerator.run({
        ...executed(conditions),
        workloads: frozenCopy(change.workloads ?? supported(accelerator)),
        vectorWork: frozenCopy(change.vectorWork ?? vectorWork),
        prices: pricesOf(accelerator),
        cache: change.cache ?? jsonCache(),
        seed: SEED,
      }),
  };
}

/** What accelerators that execute a network need besides. */
function executed({ network, artifacts }: AcceleratorConditions): Pick<AcceleratorInput, 'network' | 'artifacts'> {
  return {
    ...(network === undefined ? {} : { network: frozenCopy(network) }),
    ...(artifacts === undefined ? {} : { artifacts: frozenCopy(artifacts) }),
  };
}

/** A cache that keeps JSON text, so that a value that does not survive JSON shows. */
export function jsonCache(): LayerCache {
  const texts = new Map<string, string>();
  return {
    get: (key) => {
      const text = texts.get(key);
      return text === undefined ? undefined : (JSON.parse(text) as JsonValue);
    },
    set: (key, value) => void texts.set(key, canonicalJson(value)),
  };
}

/** The same layers under other names, in place of which a run has them back: what figures they have does not depend on names. */
export async function runRenamed(
  { run, supported, vectorWork }: Subject,
  accelerator: Accelerator,
  suffix: string,
): Promise<AcceleratorRun> {
  const renamed = <T extends { readonly name: string }>(layer: T): T => ({ ...layer, name: `${layer.name}${suffix}` });
  const { layers, ...others } = await run(accelerator, {
    workloads: supported(accelerator).map(renamed),
    vectorWork: vectorWork.map(renamed),
  });
  const restored = (layer: LayerRun): LayerRun => ({ ...layer, name: layer.name.slice(0, -suffix.length) });
  return { ...others, layers: layers.map(restored) };
}
