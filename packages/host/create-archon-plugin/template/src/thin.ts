import { defineStage } from '@archon-dse/core';

/** Thins out the convolutions of all blocks. */
export const thin = defineStage({
  name: 'thin',
  title: 'Thin',
  description: 'Keeps the given share of the weights of every convolution in a block.',
  source: 'written for this plugin',
  options: {
    density: { type: 'number', description: 'Share of the weights kept.', default: 0.5, minimum: 0, maximum: 1 },
  },
  metrics: {
    thinnedLayers: { description: 'Convolutions that were thinned out.', direction: 'maximize', minimum: 0 },
  },
  apply(state, { density }) {
    const chosen = state.network.layers.filter(({ op, block }) => op === 'conv' && /^b\d+$/.test(block));
    const densities = Object.fromEntries(
      chosen.map(({ name }) => [name, { ...state.densities[name], weights: density }]),
    );
    return {
      ...state,
      densities: { ...state.densities, ...densities },
      metrics: { ...state.metrics, thinnedLayers: chosen.length },
    };
  },
});
