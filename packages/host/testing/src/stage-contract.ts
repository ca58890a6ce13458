import {
  ArchonError,
  type Network,
  type Options,
  type Plugin,
  type StageContribution,
  type StageState,
  type WeightMask,
  type TestApi,
  unpackMask,
  type Workload,
} from '@archon-dse/core';
import { inferShapes, lowerToWorkloads } from '@archon-dse/workload';
import { describeMeta } from './meta-contract.js';
import { namingValues } from './named-values.js';
import { everyChoice, frozenCopy, withDefaults } from './options.js';

const SEED = 12345;

/**
 * Suite for every compression stage of a plugin. Runs each check on the defaults, on each value of each option that lists
 * its values, and on `cases`.
 *
 * @param runner - functions of the test runner
 * @param state - where the stages start; frozen before they see it
 * @param cases - further options to try, as they differ from the defaults
 */
export function describeStageContract(
  plugin: Plugin,
  runner: TestApi,
  state: StageState,
  cases: readonly Options[] = [],
): void {
  const api = namingValues(runner);
  for (const stage of plugin.stages ?? []) {
    api.describe(`stage ${plugin.meta.namespace}/${stage.meta.name}`, () => {
      describeMeta(stage.meta, api);
      for (const given of [...everyChoice(stage.meta), ...cases]) {
        api.describe(`with ${JSON.stringify(given)}`, () => describeApply(stage, state, given, api));
      }
    });
  }
}

type Apply = () => Promise<StageState>;

function describeApply(stage: StageContribution, state: StageState, given: Options, api: TestApi): void {
  const apply = async (): Promise<StageState> => {
    return stage.apply(frozenCopy(state), frozenCopy(withDefaults(stage.meta, given)), { seed: SEED });
  };
  describeNetworkLeft(apply, api);
  describeCompression(apply, api);
  describeMetrics(apply, stage, state, api);
}

function describeNetworkLeft(apply: Apply, { it, expect }: TestApi): void {
  it('gives the same state twice for one seed, from a state and options it does not write to', async () => {
    expect(await apply()).toEqual(await apply());
  });

  it('is plain JSON', async () => {
    const result = await apply();
    expect(JSON.parse(JSON.stringify(result))).toEqual(result);
  });

  it('leaves a network that is well formed', async () => {
    const { network } = await apply();
    expect(inferShapes(network).length).toBe(network.layers.length);
  });
}

function describeCompression(apply: Apply, { it, expect }: TestApi): void {
  it('gives densities from 0 to 1 to layers of the network', async () => {
    const { network, densities } = await apply();
    const names = new Set(network.layers.map((layer) => layer.name));
    expect(
      Object.keys(densities).filter((name) => !names.has(name)),
      'densities of no layer',
    ).toEqual([]);
    const shares = Object.values(densities).flatMap((density) => Object.values(density));
    expect(
      shares.filter((share) => !(share >= 0 && share <= 1)),
      'densities out of range',
    ).toEqual([]);
  });

  it('gives masks that fit the layers of the network', async () => {
    const { network, masks } = await apply();
    const misfits = Object.entries(masks ?? {}).filter(([name, mask]) => !fits(network, name, mask));
    expect(
      misfits.map(([name]) => name),
      'masks of another shape than the weights',
    ).toEqual([]);
  });

  it('gives masks of the densities it gives', async () => {
    const { masks = {}, densities } = await apply();
    const wrong = Object.entries(masks).filter(([name, mask]) => !agrees(mask, densities[name]?.weights));
    expect(
      wrong.map(([name]) => name),
      'masks that keep another share of the weights',
    ).toEqual([]);
  });

  it('gives formats that fit the layers of the network', async () => {
    const { network, precisions = {} } = await apply();
    const misfits = Object.entries(precisions).filter(
      ([name, precision]) =>
        !lowers(network, { precisions: { [name]: precision } }, (workload) => workload.precision !== undefined),
    );
    expect(
      misfits.map(([name]) => name),
      'formats of no layer that computes, or no formats',
    ).toEqual([]);
  });
}

function describeMetrics(apply: Apply, stage: StageContribution, state: StageState, { it, expect }: TestApi): void {
  it('measures within the range of each metric', async () => {
    const { metrics } = await apply();
    const ranges = { accuracy: { minimum: 0, maximum: 1 }, ...stage.meta.metrics };
    const outside = Object.entries(ranges).filter(([name, { minimum = -Infinity, maximum = Infinity }]) => {
      const value = metrics[name];
      return value !== undefined && !(value >= minimum && value <= maximum);
    });
    expect(
      outside.map(([name]) => `${name} ${metrics[name]}`),
      'metrics out of range',
    ).toEqual([]);
  });

  it('reports the metrics it declares and no other', async () => {
    const { metrics } = await apply();
    const declared = Object.keys(stage.meta.metrics ?? {});
    const others = Object.keys(metrics).filter(
      (name) => !Object.hasOwn(state.metrics, name) && !declared.includes(name),
    );
    expect(others, 'metrics that meta.metrics does not have').toEqual([]);
  });

  it('keeps the metrics, artifacts and budgets of the stages before it', async () => {
    const { metrics, artifacts, budgets = [] } = await apply();
    const lost = (before: object, after: object): string[] => Object.keys(before).filter((key) => !(key in after));
    expect(lost(state.metrics, metrics), 'metrics lost').toEqual([]);
    expect(lost(state.artifacts, artifacts), 'artifacts lost').toEqual([]);
    const before = state.budgets ?? [];
    expect(budgets.slice(0, before.length), 'budgets lost').toEqual(before);
  });
}

function fits(network: Network, name: string, mask: WeightMask): boolean {
  return lowers(network, { masks: { [name]: mask } }, ({ weightMask }) => weightMask !== undefined);
}

/** Whether some figures can be lowered with a network, and reach a workload. */
function lowers(
  network: Network,
  figures: Parameters<typeof lowerToWorkloads>[1],
  reaches: (workload: Workload) => boolean,
): boolean {
  try {
    return lowerToWorkloads(network, figures).some(reaches);
  } catch (error) {
    if (error instanceof ArchonError) return false;
    throw error;
  }
}

/** Whether a mask keeps as many weights as a density says, to one. */
function agrees(mask: WeightMask, density: number | undefined): boolean {
  if (density === undefined) return true;
  const values = unpackMask(mask);
  return Math.abs(values.reduce((sum, value) => sum + value, 0) - density * values.length) <= 1;
}
