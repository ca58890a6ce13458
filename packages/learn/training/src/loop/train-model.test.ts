import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { copyFile, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { NO_AUGMENTATION } from '@archon-dse/data';
import { sparsityAt } from '@archon-dse/compression';
import { maskName, type NamedTensors } from '@archon-dse/tensor';
import { NetworkBuilder } from '@archon-dse/workload';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readCheckpoint } from '../checkpoints/checkpoint.js';
import { evaluateModel } from './evaluate-model.js';
import { TINY_PRUNING, TINY_RECIPE, tinyTraining, withZeros } from '../test-fixtures.js';
import { trainModel, type TrainOptions, type TrainResult } from './train-model.js';
import type { TrainingProgress } from './training-progress.js';

let dir = '';
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'training-'));
});
afterEach(() => rm(dir, { recursive: true }));

const zeros = ({ kept }: TrainResult, name: string): number =>
  (kept.tensors[name]?.data ?? []).filter((value) => value === 0).length;

describe('trainModel', () => {
  it('learns', async () => {
    const { history } = await trainModel(tinyTraining({ epochs: 12, augmentation: NO_AUGMENTATION }));
    expect(history).toHaveLength(12);
    expect(history.at(-1)?.trainLoss).toBeLessThan((history[0]?.trainLoss ?? 0) - 0.1);
  });

  it('gives the same for the same seed and something else for another', async () => {
    const first = await trainModel(tinyTraining({ epochs: 1 }));
    expect(await trainModel(tinyTraining({ epochs: 1 }))).toEqual(first);
    expect((await trainModel(tinyTraining({ epochs: 1, seed: 8 }))).history).not.toEqual(first.history);
  });

  it('keeps weights that score as its history says, fill-up images of the last batch left out', async () => {
    const options = tinyTraining({ epochs: 2 });
    const { kept, history } = await trainModel(options);
    const score = await evaluateModel({ ...options, tensors: kept.tensors, dataset: options.dataset.test, batch: 4 });
    expect(score.images).toBe(21);
    expect(score.top1).toBe(history[1]?.testAccuracy);
    expect(score.loss).toBeCloseTo(history[1]?.testLoss ?? 0, 5);
  });

  it('keeps the best epoch where the recipe says so, the first of equals', async () => {
    const { recipe, ...options } = tinyTraining();
    const { kept, history } = await trainModel({ ...options, recipe: { ...recipe, keep: 'best' } });
    const scores = history.map(({ testAccuracy }) => testAccuracy);
    expect(kept.info.epoch).toBe(scores.indexOf(Math.max(...scores)));
  });

  it('reports every batch', async () => {
    const seen: TrainingProgress[] = [];
    await trainModel(tinyTraining({ epochs: 2, onProgress: (event) => seen.push(event) }));
    expect(seen.map(({ epoch, batch }) => [epoch, batch])).toEqual(
      [0, 1].flatMap((epoch) => [1, 2, 3, 4, 5, 6].map((batch) => [epoch, batch])),
    );
    expect(seen.at(-1)).toMatchObject({ epochs: 2, batches: 6, etaMs: 0 });
    expect(seen[3]?.etaMs).toBeGreaterThan(0);
    expect(seen.every(({ accuracy, imagesPerSecond }) => accuracy <= 1 && imagesPerSecond > 0)).toBe(true);
  });

  it('refuses images and weights that do not fit', async () => {
    const { network, ...options } = tinyTraining();
    await expect(trainModel({ ...options, network: { ...network, classes: 3 } })).rejects.toMatchObject({
      diagnostics: [{ code: 'ARCHON_DATA_MISMATCH' }],
    });
    const initial = { 'fc/bias': { shape: [2], data: Float32Array.of(Number.NaN, 0) } };
    await expect(trainModel(tinyTraining({ initial }))).rejects.toThrow('"fc/bias" has values that are infinite');
  });
});

describe('a loss that is no number', () => {
  const recipe = { ...TINY_RECIPE, learningRate: [{ kind: 'steps', rates: [1e30, 1e30] }] } as const;
  const refused = (message: RegExp) => ({
    diagnostics: [{ code: 'ARCHON_TRAINING_DIVERGED', message: expect.stringMatching(message) as unknown }],
  });

  it('ends the training in the batch it appears in, and leaves nothing behind', async () => {
    const options = tinyTraining({ recipe, epochs: 2, checkpointDir: dir });
    const message = /^the loss is (NaN|Infinity|-Infinity) at batch [23] of 6 in epoch 1, at learning rate 1e\+30$/;
    await expect(trainModel(options)).rejects.toMatchObject(refused(message));
    expect(existsSync(join(dir, 'last.safetensors'))).toBe(false);
  });

  it('ends it after an epoch too, when only the test images show it', async () => {
    const options = tinyTraining({ recipe, epochs: 2, batch: 48, checkpointDir: dir });
    const message = /^the loss on test images is (NaN|Infinity|-Infinity) after epoch 1, at learning rate 1e\+30$/;
    await expect(trainModel(options)).rejects.toMatchObject(refused(message));
    expect(existsSync(join(dir, 'last.safetensors'))).toBe(false);
  });

  it('is no score of an evaluation', async () => {
    const { kept } = await trainModel(tinyTraining({ epochs: 1 }));
    const kernel = kept.tensors['fc/kernel']!;
    const tensors = { ...kept.tensors, 'fc/kernel': { ...kernel, data: kernel.data.map(() => 3e38) } };
    const evaluation = evaluateModel({ ...tinyTraining(), tensors, dataset: tinyTraining().dataset.test, batch: 8 });
    await expect(evaluation).rejects.toMatchObject({ diagnostics: [{ code: 'ARCHON_RESULT_INVALID' }] });
  });
});

describe('pruning', () => {
  const options = tinyTraining({ recipe: TINY_PRUNING });

  it('clears the share of each group and of the depthwise layer that the ramp ends with', async () => {
    const result = await trainModel(options);
    // s(1) of a ramp of two epochs is 7/8 of the final share: of 8 weights a group 4.5 stay, rounded to even; of 72, 56.25; of 32, 18
    expect(sparsityAt(3, { steps: 2, sparsity: 0.5 })).toBe(0.4375);
    const expand = result.kept.tensors['b1.expand/kernel']?.data ?? new Float32Array();
    const group = (first: number) =>
      expand.filter((value, index) => index % 8 >= first && index % 8 < first + 4 && value !== 0);
    expect([group(0).length, group(4).length]).toEqual([4, 4]);
    expect(72 - zeros(result, 'b1.depthwise/kernel')).toBe(56);
    expect(32 - zeros(result, 'b1.project/kernel')).toBe(18);
    expect(zeros(result, 'stem/kernel')).toBe(0);
  });

  const trained = trainModel(tinyTraining({ epochs: 1 })).then(({ kept }) => kept.tensors);
  const nonZero = ({ kept }: TrainResult, layer: string): readonly number[] =>
    [...(kept.tensors[`${layer}/kernel`]?.data ?? [])].flatMap((value, index) => (value === 0 ? [] : [index]));

  it('leaves what is sparser than wanted as it is: zeros stay zeros, while the rest trains', async () => {
    // a pruning to 56 of 72 and 18 of 32 would keep; 9 and 8 are there
    const sparse = withZeros(await trained, 'b1.depthwise', (index) => index % 8 === 3);
    const initial = withZeros(sparse, 'b1.project', (index) => index % 4 === 1);
    const result = await trainModel(tinyTraining({ recipe: TINY_PRUNING, initial }));
    expect(nonZero(result, 'b1.depthwise')).toEqual([3, 11, 19, 27, 35, 43, 51, 59, 67]);
    expect(nonZero(result, 'b1.project')).toEqual([1, 5, 9, 13, 17, 21, 25, 29]);
    expect(result.kept.tensors['b1.project/kernel']).not.toEqual(initial['b1.project/kernel']);
    expect(nonZero(result, 'b1.expand').length).toBe(8);
  });

  it('clears within the zeros that were there, in layers it does not prune too', async () => {
    const sparse = withZeros(await trained, 'stem', (index) => index % 2 === 0);
    const initial = withZeros(sparse, 'b1.depthwise', (index) => index >= 8);
    const result = await trainModel(tinyTraining({ recipe: TINY_PRUNING, initial }));
    expect(nonZero(result, 'stem')).toEqual(Array.from({ length: 54 }, (_, index) => 2 * index));
    const kept = nonZero(result, 'b1.depthwise');
    expect([kept.length, Math.min(...kept)]).toEqual([56, 8]);
  });

  it('a second time stays within the first', async () => {
    const first = await trainModel(tinyTraining({ recipe: TINY_PRUNING }));
    const harder = {
      ...TINY_PRUNING,
      pruning: { ...TINY_PRUNING.pruning!, sparsities: { pointwise: 0.5, depthwise: 0.5 } },
    };
    const second = await trainModel(tinyTraining({ recipe: harder, initial: first.kept.tensors }));
    const [before, after] = [first, second].map((result) => nonZero(result, 'b1.depthwise'));
    expect([before?.length, after?.length]).toEqual([56, 40]);
    expect(before).toEqual(expect.arrayContaining([...(after ?? [])]));
    expect(nonZero(second, 'b1.project')).toEqual(nonZero(first, 'b1.project'));
  });

  it('refuses a network without anything to prune', async () => {
    const net = new NetworkBuilder({ id: 'me/plain', input: [8, 8, 3], classes: 2 });
    const x = net.conv('stem', net.input, { filters: 4, kernel: 3, role: 'stem' });
    net.softmax(net.dense('fc', net.globalAveragePool('pool', x), 2));
    const training = trainModel(tinyTraining({ recipe: TINY_PRUNING, network: net.build() }));
    await expect(training).rejects.toMatchObject({
      diagnostics: [{ code: 'ARCHON_NETWORK_INVALID', message: 'network "me/plain" has nothing to prune' }],
    });
  });

  it('prunes nothing in the first epoch, and recovers with the mask frozen after the ramp', async () => {
    const at = async (epoch: number): Promise<NamedTensors> => {
      const stop = { aborted: false };
      const onProgress = (event: TrainingProgress) => {
        stop.aborted = event.epoch === epoch + 1;
      };
      const checkpointDir = join(dir, String(epoch));
      await expect(trainModel({ ...options, checkpointDir, signal: stop, onProgress })).rejects.toThrow('interrupted');
      return (await readCheckpoint(join(checkpointDir, 'last.safetensors'))).tensors;
    };
    const kernel = 'b1.expand/kernel';
    expect((await at(0))[kernel]?.data).not.toContain(0);
    const [ramped, recovering] = [await at(1), await at(2)];
    expect(recovering[maskName(kernel)]).toEqual(ramped[maskName(kernel)]);
    expect(recovering[kernel]).not.toEqual(ramped[kernel]);
    const pattern = (values: Float32Array = new Float32Array()) => [...values].map((value) => (value === 0 ? 0 : 1));
    expect(pattern(recovering[kernel]?.data)).toEqual([...(ramped[maskName(kernel)]?.data ?? [])]);
  });
});

describe('checkpoints', () => {
  it('go on after an interruption as if nothing had happened, in the ramp and after it', async () => {
    const whole = await trainModel(tinyTraining({ recipe: TINY_PRUNING }));
    const options = tinyTraining({ recipe: TINY_PRUNING, checkpointDir: dir });
    for (const epoch of [1, 3]) {
      const signal = { aborted: false };
      const onProgress = (event: TrainingProgress) => {
        signal.aborted = event.epoch === epoch && event.batch === 3;
      };
      await expect(trainModel({ ...options, signal, onProgress })).rejects.toMatchObject({
        diagnostics: [{ code: 'ARCHON_INTERRUPTED' }],
      });
    }
    expect(await trainModel(options)).toEqual(whole);
    expect((await readdir(dir)).sort()).toEqual(['last.safetensors', 'model.safetensors']);
    const compile = () => Promise.reject(new Error('trained again'));
    expect(await trainModel({ ...options, backend: { ...options.backend, compile } })).toEqual(whole);
  });

  it('go on after kill -9', async () => {
    const child = spawn(process.execPath, ['--input-type=module', '-e', KILLED, dir], { cwd: import.meta.dirname });
    for (let tries = 0; tries < 300 && !existsSync(join(dir, 'last.safetensors')); tries += 1) await setTimeout(50);
    const ended = new Promise((resolve) => child.on('exit', (_code, signal) => resolve(signal)));
    child.kill('SIGKILL');
    expect(await ended).toBe('SIGKILL');
    const options: TrainOptions = tinyTraining({ epochs: 20, checkpointDir: dir });
    const { info } = await readCheckpoint(join(dir, 'last.safetensors'));
    expect(info.history.length).toBeGreaterThan(0);
    expect(info.history.length).toBeLessThan(20);
    expect(await trainModel(options)).toEqual(await trainModel(tinyTraining({ epochs: 20 })));
  });
});

describe('a folder with the files of another training', () => {
  it.each(['last.safetensors', 'model.safetensors'])('is not gone on from: %s', async (file) => {
    const [own, other] = [join(dir, 'train-1'), join(dir, 'train-2')];
    const options = (checkpointDir: string, epochs: number) => tinyTraining({ epochs, checkpointDir });
    await trainModel(options(own, 1));
    await trainModel(options(other, 1));
    await copyFile(join(other, file), join(own, file));
    await expect(trainModel(options(own, 2))).rejects.toMatchObject({
      diagnostics: [
        {
          code: 'ARCHON_CHECKPOINT_INVALID',
          message: expect.stringContaining('it belongs to the training "train-2"'),
          hint: 'Delete the folder to train it again.',
        },
      ],
    });
  });
});

const KILLED = `
  const { trainModel } = await import('../../dist/loop/train-model.js');
  const { tinyTraining } = await import('../../dist/test-fixtures.js');
  await trainModel({ ...tinyTraining({ epochs: 20 }), checkpointDir: process.argv[1] });
`;
