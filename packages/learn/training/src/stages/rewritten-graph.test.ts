import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defaultsOf, type Network, type StageState } from '@archon-dse/core';
import { NetworkBuilder } from '@archon-dse/workload';
import { afterAll, describe, expect, it } from 'vitest';
import { QUANTISATION_OPTIONS, TRAINING_OPTIONS } from './stage-options.js';
import { applyQuantisation } from './quantise-stage.js';
import { applyTraining, checkpointOf } from './training-stages.js';

const dir = mkdtempSync(join(tmpdir(), 'rewritten-graph-'));
afterAll(() => rmSync(dir, { recursive: true }));

type Chain = readonly (readonly [name: string, filters: number])[];

/** 1x1 convolutions one after the other, then the classes. */
function chain(layers: Chain, isLinear = false): Network {
  const net = new NetworkBuilder({ id: 'me/chain', input: [8, 8, 3], classes: 2 });
  const stem = net.batchNorm(net.conv('stem', net.input, { filters: 8, kernel: 3, stride: 2, role: 'stem' }));
  const active = isLinear ? stem : net.relu(stem);
  const last = layers.reduce((input, [name, filters]) => net.conv(name, input, { filters, role: 'expand' }), active);
  net.softmax(net.dense('fc', net.globalAveragePool('pool', last), 2));
  return net.build();
}

const whole = chain([['mix', 8]]);
/** The layer as a product of two of rank 2, as a low-rank stage leaves it. */
const factored = chain([
  ['mix.down', 2],
  ['mix', 8],
]);
const context = { seed: 1, dir };
const small = { epochs: 1, images: 16, batch: 8 };
const toTrain = { ...defaultsOf(TRAINING_OPTIONS), ...small };
const toQuantise = { ...defaultsOf(QUANTISATION_OPTIONS), images: 16, calibrationImages: 8 };
const train = (state: StageState) => applyTraining(state, toTrain, context);
const trained = await train({ network: whole, densities: {}, metrics: {}, artifacts: {} });

describe('a checkpoint after a stage has rewritten the graph', () => {
  it.each([
    ['a layer became two', factored, 'kernel of layer "mix.down" was not there and is 1 x 1 x 8 x 2'],
    ['channels are gone', chain([['mix', 6]]), 'kernel of layer "mix" was 1 x 1 x 8 x 8 and is 1 x 1 x 8 x 6'],
    ['a layer is gone', chain([]), 'kernel of layer "mix" was 1 x 1 x 8 x 8 and is not there'],
  ])('is refused where %s', async (_what, network, differs) => {
    const expected = { code: 'ARCHON_CHECKPOINT_INVALID', message: expect.stringContaining(differs) as string };
    await expect(train({ ...trained, network })).rejects.toMatchObject({ diagnostics: [expected] });
    await expect(applyQuantisation({ ...trained, network }, toQuantise, context)).rejects.toMatchObject({
      diagnostics: [expected],
    });
  });

  it('goes on with every weight where only operations without weights are others, and measures the new graph', async () => {
    const network = chain([['mix', 8]], true);
    expect((await checkpointOf({ ...trained, network }, 'test')).tensors).toEqual(
      (await checkpointOf(trained, 'test')).tensors,
    );
    const quantised = await applyQuantisation({ ...trained, network }, toQuantise, context);
    expect((await checkpointOf(quantised, 'test')).info.network).toEqual(network);
  });

  it('is none where the stage leaves none: the new graph is trained from scratch', async () => {
    const again = await train({ ...trained, network: factored, artifacts: {} });
    const { info, tensors } = await checkpointOf(again, 'test');
    expect(info.origin?.parent).toBeUndefined();
    expect(tensors['mix.down/kernel']?.shape).toEqual([1, 1, 8, 2]);
  });
});
