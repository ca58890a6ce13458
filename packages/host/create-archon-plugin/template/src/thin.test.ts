import { describeStageContract, sampleState, withDefaults } from '@archon-dse/testing';
import { describe, expect, it } from 'vitest';
import plugin from './index.ts';
import { thin } from './thin.ts';

const state = sampleState('test/sample');
describeStageContract(plugin, { describe, expect, it }, state, [{ density: 0 }, { density: 1 }]);

it('thins out the convolutions of blocks and no others', async () => {
  const { densities, metrics } = await thin.apply(state, withDefaults(thin.meta, { density: 0.25 }), { seed: 1 });
  expect(densities).toEqual({ 'b1.expand': { weights: 0.25 }, 'b1.project': { weights: 0.25 } });
  expect(metrics).toEqual({ thinnedLayers: 2 });
});
