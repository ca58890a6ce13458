import {
  API_VERSION,
  defineAccelerator,
  defineStage,
  Registry,
  type AcceleratorInput,
  type Point,
} from '@archon-dse/core';
import { describe, expect, it } from 'vitest';
import tiny from '../../runner/fixtures/tiny/index.js';
import { evaluatePoint } from './evaluate-point.js';
import { newContext, tinyPoint } from './test-fixtures.js';

const texts = { title: 'x', description: 'x', source: 'made up' };
const inputs: AcceleratorInput[] = [];

/** Keeps what it is given. */
const listener = defineAccelerator({
  ...{ name: 'listener', ...texts, options: {} },
  create: () => ({
    components: () => [{ name: 'mac', class: 'intmac', attributes: { dataBits: 8 }, instances: 1 }],
    supports: () => ({ ok: true }),
    run(input) {
      inputs.push(input);
      const layers = input.workloads.map(({ name, block, role, macs }) => {
        const actions = [{ component: 'mac', action: 'compute', count: macs }];
        return { name, block, role, macs, cycles: macs, utilization: 1, actions };
      });
      return { cycles: layers.reduce((sum, { cycles }) => sum + cycles, 0), layers };
    },
  }),
});

/** Leaves a model behind, and another name for the layer `point`. */
const leaver = defineStage({
  ...{ name: 'leaver', ...texts, options: {}, metrics: {} },
  apply: (state) => ({
    ...state,
    network: {
      ...state.network,
      layers: state.network.layers.map((layer) => (layer.name === 'point' ? { ...layer, name: 'renamed' } : layer)),
    },
    artifacts: { ...state.artifacts, checkpoint: 'model.bin', epochs: [1, 2] },
  }),
});

const plugin = {
  meta: { name: 'me', namespace: 'me', version: '1.0.0', apiVersion: API_VERSION },
  accelerators: [listener],
  stages: [leaver],
};
const point: Point = { ...tinyPoint, accelerator: { use: 'me/listener', options: {} } };

async function inputOf(stages: Point['stages']): Promise<AcceleratorInput> {
  inputs.length = 0;
  await evaluatePoint({ ...point, stages }, newContext({}, new Registry([tiny, plugin])));
  expect(inputs).toHaveLength(1);
  return inputs[0]!;
}

describe('the input of an accelerator', () => {
  it('holds the network as the stages left it, and what they left', async () => {
    const { network, artifacts, workloads } = await inputOf([{ use: 'me/leaver', options: {} }]);
    expect(network?.layers.map(({ name }) => name)).toEqual(['input', 'stem', 'renamed']);
    expect(workloads.map(({ name }) => name)).toEqual(['stem', 'renamed']);
    expect(artifacts).toEqual({ checkpoint: 'model.bin', epochs: [1, 2] });
    expect([artifacts, artifacts?.['epochs'], network, network?.layers[1]].every(Object.isFrozen)).toBe(true);
  });

  it('has the network as built and no artifacts without stages, read-only all the same', async () => {
    const { network, artifacts } = await inputOf([]);
    expect(network?.layers.map(({ name }) => name)).toEqual(['input', 'stem', 'point']);
    expect(artifacts).toEqual({});
    expect([artifacts, network, network?.layers[1]].every(Object.isFrozen)).toBe(true);
  });
});
