import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Layer, Registry, StageState } from '@archon-dse/core';
import { describe, expect, it } from 'vitest';
import { prepareNetwork } from './prepare-network.js';
import type { StageEvent } from './stage-event.js';
import { newContext, registry, tempDir } from './test-fixtures.js';

/** The registry with a network whose first convolution has one property more. */
const withProperty = (property: object): Registry => {
  const resolve: Registry['resolve'] = (kind, use) => {
    const found = registry.resolve(kind, use);
    if (kind !== 'network') return found;
    const { build } = registry.resolve('network', use).contribution;
    const changed = async (...given: Parameters<typeof build>) => {
      const network = await build(...given);
      const change = (layer: Layer) => (layer.name === 'stem' ? { ...layer, ...property } : layer);
      return { ...network, layers: network.layers.map(change) };
    };
    return { ...found, contribution: { ...found.contribution, build: changed } };
  };
  return Object.assign(Object.create(registry) as Registry, { resolve });
};

describe('prepareNetwork', () => {
  const network = { use: 'fixture/tiny', options: { width: 4 } };

  it.each([[[]], [[{ use: 'fixture/thin', options: {} }]]])(
    'names layer and plugin of an unknown property, before stages %j',
    async (stages) => {
      const context = newContext({}, withProperty({ strides: 2 }));
      await expect(prepareNetwork({ network, stages, seed: 1 }, context)).rejects.toMatchObject({
        diagnostics: [
          {
            code: 'ARCHON_NETWORK_INVALID',
            message: 'layer "stem" (conv): it has no property "strides"',
            hint: 'Did you mean "stride"?',
            layer: 'stem',
            plugin: 'archon-fixture-tiny',
          },
        ],
      });
    },
  );

  it('tells the state after each stage, each applied once and before the next begins', async () => {
    const log = join(tempDir(), 'calls');
    const stages = [0.5, 0.25].map((density) => ({ use: 'fixture/thin', options: { density, log } }));
    const heard: object[] = [];
    const resources = {
      onStage: ({ stage, progress }: StageEvent) => progress === undefined && heard.push({ stage }),
      onStageEnd: async ({ densities }: StageState) => {
        await Promise.resolve();
        heard.push({ weights: densities['stem']?.weights, calls: readFileSync(log, 'utf8').split('\n').length - 1 });
      },
    };
    await prepareNetwork({ network, stages, seed: 1 }, newContext({ resources }));
    expect(heard).toEqual([
      { stage: 'fixture/thin' },
      { weights: 0.5, calls: 1 },
      { stage: 'fixture/thin' },
      { weights: 0.25, calls: 2 },
    ]);
  });
});
