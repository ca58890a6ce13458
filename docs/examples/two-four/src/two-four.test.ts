import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defaultsOf, unpackMask, type StageState } from '@archon-dse/core';
import { describeStageContract, sampleState } from '@archon-dse/testing';
import { applyTraining, TRAINING_OPTIONS } from '@archon-dse/training';
import { afterAll, describe, expect, it } from 'vitest';
import plugin, { twoFour } from './index.ts';
import { structuredMask } from './structured-mask.ts';

const dir = mkdtempSync(join(tmpdir(), 'two-four-'));
afterAll(() => rmSync(dir, { recursive: true }));

const fresh = sampleState('archon/mobilenet-v2');
describeStageContract(plugin, { describe, expect, it }, fresh, [{ kept: 1 }]);

const small = { epochs: 1, images: 32, batch: 8 };
const context = { seed: 1, dir };
const train = (state: StageState) => applyTraining(state, { ...defaultsOf(TRAINING_OPTIONS), ...small }, context);

/** Weights that stay of each four along the input channels of b1.project, 8 inputs and 4 outputs. */
const keptOfFour = ({ masks }: StageState): readonly number[] => {
  const bits = unpackMask(masks!['b1.project']!);
  return Array.from({ length: 8 }, (_, group) =>
    bits.slice(4 * group, 4 * group + 4).reduce((sum, bit) => sum + bit, 0),
  );
};

describe('structuredMask', () => {
  it('keeps the two largest of four, the first of equal ones, never a zero', () => {
    const weights = Float32Array.of(1, -4, 3, 2, 5, 5, 5, 5, 0, 0, -1, 0);
    expect([...structuredMask(weights, [3, 4, 1, 1], { kept: 2, size: 4 })!]).toEqual([
      0, 1, 1, 0, 1, 1, 0, 0, 0, 0, 1, 0,
    ]);
  });

  it('goes along the input channels, not along the window', () => {
    // two inputs of 1 x 2 cells: 1 9 | 2 3, so the inputs of the first cell are 1 and 2, those of the second 9 and 3
    expect([...structuredMask(Float32Array.of(1, 9, 2, 3), [1, 2, 1, 2], { kept: 1, size: 2 })!]).toEqual([0, 1, 1, 0]);
  });

  it('leaves layers alone whose inputs do not divide', () => {
    expect(structuredMask(new Float32Array(27), [1, 3, 3, 3], { kept: 2, size: 4 })).toBeUndefined();
  });
});

describe('two-four', () => {
  it('trains on without half of the weights, and so does every later training', async () => {
    const state = await twoFour.apply(await train(fresh), small, context);
    expect(keptOfFour(state)).toEqual([2, 2, 2, 2, 2, 2, 2, 2]);
    expect(state.densities['b1.project']).toEqual({ weights: 0.5 });
    expect(state.metrics['accuracy']).toBeGreaterThanOrEqual(0);
    expect((await train(state)).masks).toEqual(state.masks);
  });

  it('declares its zeros where nothing is trained, and training keeps them', async () => {
    const state = await twoFour.apply(fresh, small, context);
    expect(keptOfFour(state)).toEqual([2, 2, 2, 2, 2, 2, 2, 2]);
    expect(state.metrics).toEqual(fresh.metrics);
    expect((await train(state)).masks).toEqual(state.masks);
  });
});
