import type { Workload } from '@archon-dse/core';
import { describe, expect, it } from 'vitest';
import { PUBLISHED_DENSE_ARRAY } from './array-options.js';
import { arraySupport } from './array-support.js';

const OPTIONS = { ...PUBLISHED_DENSE_ARRAY, depthwiseInputs: 'per-channel' } as const;
/** Depthwise, with one filter a channel. */
const layer = (kernel: number, change: Partial<Workload> = {}): Workload => ({
  ...{ name: 'dw', block: 'b1', role: 'depthwise', op: 'depthwise', groups: 8, macs: 1 },
  problem: { C: 1, M: 1, R: kernel, S: kernel, P: 8, Q: 8, N: 1, strideP: 1, strideQ: 1 },
  ...change,
});

describe('arraySupport', () => {
  it('asks that the nest fits the buffers', () => {
    expect(arraySupport(layer(3), OPTIONS)).toEqual({ ok: true });
    expect(arraySupport(layer(17), OPTIONS)).toEqual({
      ok: false,
      reason: 'a kernel column of 17 needs 17 words of ifmap_spad, which has 16',
    });
  });

  it('asks first that values fit the words', () => {
    expect(arraySupport(layer(17, { precision: { weights: 'int16' } }), { ...OPTIONS, dataBits: 8 })).toEqual({
      ok: false,
      reason: 'its weights are int16, and the words of the array have 8 bit; set dataBits',
    });
  });
});
