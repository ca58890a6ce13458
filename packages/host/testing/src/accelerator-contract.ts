import {
  type Accelerator,
  type AcceleratorContribution,
  type AcceleratorRun,
  type LayerCache,
  type Options,
  type Plugin,
  type PriceComponents,
  type Workload,
  type TestApi,
} from '@archon-dse/core';
import { componentProblems, jsonCache, macProblems, runProblems } from './accelerator-checks.js';
import { describeMeta } from './meta-contract.js';
import { everyChoice, frozenCopy, withDefaults } from './options.js';
import { SAMPLE_WORKLOADS } from './sample-workloads.js';

/** What the suite needs to run accelerators, and what it may expect of them. */
export interface AcceleratorConditions {
  /** Prices the components: `priceComponents` of `@archon-dse/pricing`, or a table of your own. */
  readonly price: PriceComponents;
  /** Further options to try, as they differ from the defaults. */
  readonly cases?: readonly Options[];
  /** Layers to run, {@link SAMPLE_WORKLOADS} by default; those the accelerator refuses are left out. */
  readonly workloads?: readonly Workload[];
  /** False where work is skipped or replaced, as fused execution does; true by default. */
  readonly executesEveryMac?: boolean;
}

/**
 * Suite for every accelerator of a plugin: `supports` answers for every layer, `run` is pure, deterministic and independent of its
 * cache, and every figure is finite, in range and priced. Runs each check on the defaults, on each value of each option that lists
 * its values, and on `cases`.
 */
export function describeAcceleratorContract(plugin: Plugin, api: TestApi, conditions: AcceleratorConditions): void {
  for (const accelerator of plugin.accelerators ?? []) {
    api.describe(`accelerator ${plugin.meta.namespace}/${accelerator.meta.name}`, () => {
      describeMeta(accelerator.meta, api);
      for (const given of [...everyChoice(accelerator.meta), ...(conditions.cases ?? [])]) {
        api.describe(`with ${JSON.stringify(given)}`, () => describeRuns(accelerator, given, conditions, api));
      }
    });
  }
}

function describeRuns(
  contribution: AcceleratorContribution,
  given: Options,
  { price, workloads = SAMPLE_WORKLOADS, executesEveryMac = true }: AcceleratorConditions,
  { it, expect }: TestApi,
): void {
  const options = frozenCopy(withDefaults(contribution.meta, given));
  const layers = frozenCopy(workloads);
  const create = () => contribution.create(options);
  const supported = (accelerator = create()) => layers.filter((layer) => accelerator.supports(layer).ok);
  const pricesOf = (accelerator: Accelerator) => frozenCopy(price(accelerator.components()));
  const run = async (accelerator = create(), cache: LayerCache = jsonCache()): Promise<AcceleratorRun> =>
    accelerator.run({ workloads: supported(accelerator), prices: pricesOf(accelerator), cache, seed: 1 });

  it('answers for every layer, with a reason where it refuses', () => {
    const accelerator = create();
    const answers = layers.map((layer) => accelerator.supports(layer));
    expect(
      answers.filter((answer) => !answer.ok && answer.reason.trim() === ''),
      'refusals without a reason',
    ).toEqual([]);
    expect(supported().length > 0, 'a layer is supported').toBe(true);
  });

  it('lists components that can be priced', () => {
    const accelerator = create();
    expect(componentProblems(accelerator.components(), pricesOf(accelerator))).toEqual([]);
  });

  it('gives finite, priced figures for every layer', async () => {
    const accelerator = create();
    expect(runProblems(await run(accelerator), accelerator.components(), pricesOf(accelerator))).toEqual([]);
  });

  if (executesEveryMac) {
    it('executes every MAC once', async () => {
      expect(macProblems(await run(), supported())).toEqual([]);
    });
  }

  it('gives the same result twice, from an input it does not write to', async () => {
    const accelerator = create();
    const first = await run(accelerator);
    expect(await run(accelerator), 'the same accelerator again').toEqual(first);
    expect(await run(), 'another one of the same options').toEqual(first);
  });

  it('is plain JSON', async () => {
    const result = await run();
    expect(JSON.parse(JSON.stringify(result))).toEqual(result);
  });

  it('gives the same result from a filled cache', async () => {
    const cache = jsonCache();
    const cold = await run(create(), cache);
    expect(await run(create(), cache)).toEqual(cold);
  });
}
