import {
  API_VERSION,
  definePlugin,
  defineNetwork,
  defineStage,
  Registry,
  type Network,
  type StageState,
} from '@archon-dse/core';
import { expect, it } from 'vitest';
import { prepareNetwork } from './prepare-network.js';
import { newContext, rejection } from './test-fixtures.js';

/** A chain of two pointwise convolutions, 2 -> 8 -> 6 channels on 4 x 4, whose stages rewrite it. */
const texts = (name: string) => ({ name, title: name, description: name, source: 'made up', options: {} });
const conv = (name: string, input: string, filters: number) =>
  ({
    name,
    op: 'conv',
    inputs: [input],
    block: 'b0',
    role: 'pointwise',
    kernel: 1,
    stride: 1,
    groups: 1,
    filters,
    bias: false,
  }) as const;
const built = (id: string): Network => ({
  id,
  input: [4, 4, 2],
  classes: 6,
  layers: [
    { name: 'input', op: 'input', inputs: [], block: 'head', role: 'input' },
    conv('wide', 'input', 8),
    conv('last', 'wide', 6),
  ],
});

type Rewrite = (state: StageState) => StageState;
const withLayers = (state: StageState, change: (layers: Network['layers']) => Network['layers']): StageState => ({
  ...state,
  network: { ...state.network, layers: change(state.network.layers) },
});

/** `last` of rank 2: 8 -> 2 -> 6. */
const factorise: Rewrite = (state) =>
  withLayers(state, (layers) => [
    ...layers.filter(({ name }) => name !== 'last'),
    conv('down', 'wide', 2),
    conv('up', 'down', 6),
  ]);
/** `wide` keeps half its channels. */
const halve: Rewrite = (state) =>
  withLayers(state, (layers) => layers.map((layer) => (layer.name === 'wide' ? conv('wide', 'input', 4) : layer)));
const mark: Rewrite = (state) => ({
  ...state,
  densities: Object.fromEntries(
    state.network.layers.filter(({ op }) => op === 'conv').map(({ name }) => [name, { weights: 0.5 }]),
  ),
});
const mask: Rewrite = (state) => ({ ...state, masks: { last: { shape: [6, 8, 1, 1], bits: 'f'.repeat(12) } } });
const rename: Rewrite = (state) => ({ ...state, network: { ...state.network, id: 'me/other' } });

const stage = (name: string, apply: Rewrite) => defineStage({ ...texts(name), apply });
const registry = new Registry([
  definePlugin({
    meta: { name: 'dse-plugin-me', namespace: 'me', version: '1.0.0', apiVersion: API_VERSION },
    networks: [
      defineNetwork({ ...texts('chain'), build: () => built('me/chain') }),
      defineNetwork({ ...texts('stray'), build: () => built('me/chain') }),
    ],
    stages: Object.entries({ factorise, halve, mark, mask, rename }).map(([name, apply]) => stage(name, apply)),
  }),
]);

const prepare = (stages: readonly string[], network = 'me/chain') => {
  const chain = {
    network: { use: network, options: {} },
    stages: stages.map((use) => ({ use, options: {} })),
    seed: 1,
  };
  return prepareNetwork(chain, newContext({}, registry));
};

it('hands a graph that a stage rewrote to the stages and accelerators after it', async () => {
  expect((await prepare([])).description.macs).toBe(16 * (2 * 8 + 8 * 6));
  const { workloads, description, state } = await prepare(['factorise', 'halve', 'mark']);
  expect(workloads.map(({ name, macs }) => [name, macs])).toEqual([
    ['wide', 16 * 2 * 4],
    ['down', 16 * 4 * 2],
    ['up', 16 * 2 * 6],
  ]);
  expect(description.parameters).toBe(2 * 4 + 4 * 2 + 2 * 6);
  expect(Object.keys(state.densities)).toEqual(['wide', 'down', 'up']);
});

it.each([
  [
    ['mark', 'factorise', 'halve'],
    'after me/factorise: a density is given for "last", which is no layer of network "me/chain"',
  ],
  [['mask', 'halve', 'mark'], 'after me/halve: the mask of layer "last" is 6 x 8 x 1 x 1'],
  [['rename', 'mark'], 'after me/rename: the network of me/chain has the id "me/other"'],
])('of %j blames the stage that leaves what no longer fits', async (stages, message) => {
  expect(await rejection(prepare(stages))).toMatchObject([
    { code: 'ARCHON_NETWORK_INVALID', message, plugin: 'dse-plugin-me' },
  ]);
});

it.each([[[]], [['mark']]])('refuses a network with the id of another, with stages %j', async (stages) => {
  expect(await rejection(prepare(stages, 'me/stray'))).toMatchObject([
    {
      code: 'ARCHON_NETWORK_INVALID',
      message: 'the network of me/stray has the id "me/chain"',
      expected: '"me/stray"',
    },
  ]);
});
