import type { Network, NetworkContribution, Options, Plugin, TestApi } from '@archon-dse/core';
import { describeNetwork, inferShapes } from '@archon-dse/workload';
import { describeMeta } from './meta-contract.js';
import { namingValues } from './named-values.js';
import { everyChoice, frozenCopy, withDefaults } from './options.js';

const BLOCK_LABEL = /^(head|tail|b\d+)$/;

/**
 * Suite for every network of a plugin. Runs each check on the defaults, on each value of each option that lists its values,
 * and on `cases`.
 *
 * @param runner - functions of the test runner
 * @param cases - further options to try, as they differ from the defaults
 */
export function describeNetworkContract(plugin: Plugin, runner: TestApi, cases: readonly Options[] = []): void {
  const api = namingValues(runner);
  for (const contribution of plugin.networks ?? []) {
    api.describe(`network ${plugin.meta.namespace}/${contribution.meta.name}`, () => {
      describeMeta(contribution.meta, api);
      for (const given of [...everyChoice(contribution.meta), ...cases]) {
        api.describe(`with ${JSON.stringify(given)}`, () => describeBuild(plugin, contribution, given, api));
      }
    });
  }
}

function describeBuild(
  plugin: Plugin,
  contribution: NetworkContribution,
  given: Options,
  { it, expect }: TestApi,
): void {
  const build = async (): Promise<Network> => contribution.build(frozenCopy(withDefaults(contribution.meta, given)));

  it('builds the same network twice from options it does not write to', async () => {
    expect(await build()).toEqual(await build());
  });

  it('is plain JSON', async () => {
    const network = await build();
    expect(JSON.parse(JSON.stringify(network))).toEqual(network);
  });

  it('carries its public id', async () => {
    expect((await build()).id).toBe(`${plugin.meta.namespace}/${contribution.meta.name}`);
  });

  it('has shapes throughout and ends in one score a class', async () => {
    const network = await build();
    expect(inferShapes(network).at(-1)?.output).toEqual([1, 1, network.classes]);
  });

  it('reads every layer, the last excepted', async () => {
    const { layers } = await build();
    const read = new Set(layers.flatMap((layer) => layer.inputs));
    const unread = layers.slice(0, -1).filter((layer) => !read.has(layer.name));
    expect(
      unread.map((layer) => layer.name),
      'layers nothing reads',
    ).toEqual([]);
  });

  it('labels blocks head, b0, b1, ... or tail, each in one piece', async () => {
    const labels = (await build()).layers.map((layer) => layer.block);
    expect(
      labels.filter((label) => !BLOCK_LABEL.test(label)),
      'labels',
    ).toEqual([]);
    const runs = labels.filter((label, index) => label !== labels[index - 1]);
    expect(runs, 'blocks in order').toEqual([...new Set(runs)]);
  });

  it('has parameters and MACs', async () => {
    const { parameters, trainableParameters, macs } = describeNetwork(await build());
    expect([parameters, trainableParameters, macs].every((count) => Number.isSafeInteger(count) && count > 0)).toBe(
      true,
    );
    expect(trainableParameters <= parameters, `${trainableParameters} of ${parameters} train`).toBe(true);
  });
}
