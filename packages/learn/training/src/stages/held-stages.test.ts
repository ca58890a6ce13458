import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defaultsOf, packMask, unpackMask, type StageState } from '@archon-dse/core';
import type { TensorValue } from '@archon-dse/tensor';
import { afterAll, describe, expect, it } from 'vitest';
import {
  applyPrediction,
  applyPruning,
  applyTraining,
  checkpointOf,
  makeMasks,
  PREDICTION_OPTIONS,
  PRUNING_OPTIONS,
  runStage,
  trainingRecipe,
  TRAINING_OPTIONS,
  type BatchRule,
  type StageRun,
} from '../index.js';
import { tinyNetwork } from '../test-fixtures.js';

const dir = mkdtempSync(join(tmpdir(), 'held-stages-'));
afterAll(() => rmSync(dir, { recursive: true }));

const context = { seed: 1, dir };
const small = { epochs: 2, images: 32, batch: 8 };
const network = tinyNetwork();
const fresh: StageState = { network, densities: {}, metrics: {}, artifacts: {} };
const toTrain = { ...defaultsOf(TRAINING_OPTIONS), ...small };
const train = (state: StageState) => applyTraining(state, toTrain, context);
const prune = (state: StageState, density: number) =>
  applyPruning(
    state,
    { ...defaultsOf(PRUNING_OPTIONS), ...small, pointwiseDensity: density, depthwiseDensity: density },
    context,
  );

const kernelOf = async (state: StageState, layer: string): Promise<Float32Array> =>
  (await checkpointOf(state, 'test')).tensors[`${layer}/kernel`]!.data;

const trained = await train(fresh);
const pruned = await prune(trained, 0.5);

describe('a stage that trains after one that prunes', () => {
  it('trains the weights on and keeps every zero', async () => {
    const tuned = await train(pruned);
    expect(tuned.masks).toEqual(pruned.masks);
    expect(tuned.densities).toEqual(pruned.densities);
    expect(await kernelOf(tuned, 'b1.expand')).not.toEqual(await kernelOf(pruned, 'b1.expand'));
    const { info } = await checkpointOf(tuned, 'test');
    expect(info.origin?.parent?.stage).toBe('prune');
  });

  it('keeps them also when it draws new weights, where the weights are gone', async () => {
    const again = await train({ ...pruned, artifacts: {} });
    expect(again.masks).toEqual(pruned.masks);
    expect((await checkpointOf(again, 'test')).info.origin?.parent).toBeUndefined();
  });

  it('keeps them through pruning and prediction', async () => {
    const sparser = await prune(await train(pruned), 0.25);
    const predicted = await applyPrediction(sparser, { ...defaultsOf(PREDICTION_OPTIONS), ...small }, context);
    for (const state of [sparser, predicted]) {
      for (const [layer, mask] of Object.entries(pruned.masks!)) {
        const before = unpackMask(mask);
        const after = unpackMask(state.masks![layer]!);
        expect(
          after.every((bit, index) => bit <= before[index]!),
          layer,
        ).toBe(true);
      }
    }
    expect(predicted.masks).toEqual(sparser.masks);
  });
});

describe('a stage that cleared weights before there were any', () => {
  it('has its masks held by a training from scratch', async () => {
    const bits = Uint8Array.from({ length: 32 }, (_, index) => index % 2);
    const masked = { ...fresh, masks: { 'b1.project': packMask([4, 8, 1, 1], bits) } };
    const { masks, densities, artifacts } = await train(masked);
    expect(masks).toEqual(masked.masks);
    expect(densities).toEqual({ 'b1.project': { weights: 0.5 } });
    expect(artifacts['checkpoint']).not.toBe(trained.artifacts['checkpoint']);
  });
});

describe('runStage', () => {
  const own = async (changes: Partial<StageRun> = {}): Promise<StageState> => {
    const initial = await checkpointOf(pruned, 'mine');
    const recipe = trainingRecipe('short', network);
    return runStage({ stage: 'mine', recipe, state: pruned, options: toTrain, context, initial, ...changes });
  };

  it('holds the masks of a stage of one’s own beside the zeros there are', async () => {
    const { tensors } = await checkpointOf(pruned, 'mine');
    const masks = makeMasks(network, tensors, ({ layer, weights }) =>
      layer.name === 'fc' ? Uint8Array.from(weights, (_, index) => index % 2) : undefined,
    );
    const state = await own({ masks });
    expect(state.densities).toEqual({ ...pruned.densities, fc: { weights: 0.5 } });
    expect([...unpackMask(state.masks!['fc']!)]).toEqual([0, 1, 0, 1, 0, 1, 0, 1]);
    expect(state.masks!['b1.expand']).toEqual(pruned.masks!['b1.expand']);
    expect(state.metrics['accuracy']).toBeGreaterThanOrEqual(0);
  });

  it('lets zeros come back where a stage says so', async () => {
    expect((await own()).masks).toEqual(pruned.masks);
    const free = await own({ zeros: 'free' });
    expect(free.densities['b1.expand']?.weights ?? 1).toBeGreaterThan(pruned.densities['b1.expand']!.weights!);
  });

  it('runs a rule of one’s own after each step, and trains once for each key of it', async () => {
    let steps = 0;
    const limit = (value: TensorValue): TensorValue => ({ ...value, data: value.data.map((w) => Math.min(w, 0.01)) });
    const rule: BatchRule = {
      masked: [],
      async afterBatch(model) {
        steps += 1;
        const { 'fc/kernel': kernel } = await model.readState(['fc/kernel']);
        if (kernel !== undefined) await model.writeState({ 'fc/kernel': limit(kernel) });
      },
    };
    const limited = await own({ rule, ruleKey: { limit: 0.01 } });
    expect(steps).toBe(8); // two epochs of 32 images in batches of 8
    expect(Math.max(...(await kernelOf(limited, 'fc')))).toBeLessThanOrEqual(Math.fround(0.01));
    expect(limited.masks).toEqual(pruned.masks);
    expect(await own({ rule, ruleKey: { limit: 0.01 } })).toEqual(limited);
    expect(steps).toBe(8);
    expect((await own({ rule, ruleKey: { limit: 0.02 } })).artifacts).not.toEqual(limited.artifacts);
  });
});
