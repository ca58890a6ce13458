import { describe, expect, it } from 'vitest';
import { canBlock } from './blocked-depthwise.js';
import { findBlockSize } from './block-size.js';
import { GraphBuilder } from './graph.js';
import { loadRuntime, type LoadedRuntime } from './runtime.js';

const depthwise = (channels: number) =>
  ({ op: 'depthwise', shape: [4, 4, channels] }) as unknown as Parameters<typeof canBlock>[1];

describe('findBlockSize', () => {
  it('finds what the processor has', async () => {
    expect([0, 8, 16]).toContain(await findBlockSize(await loadRuntime({ runtime: 'native' })));
  });

  it('is 0 without such operators, and where values come in another order', async () => {
    const native = await loadRuntime({ runtime: 'native' });
    const answering = (y: readonly number[]): LoadedRuntime => {
      const session = { run: async () => ({ y: { data: Float32Array.from(y) } }), release: async () => undefined };
      const create = async () => session;
      return { ...native, runtime: { ...native.runtime, InferenceSession: { create } } } as unknown as LoadedRuntime;
    };
    const blocked = (block: number) =>
      Array.from({ length: 128 }, (_, at) => {
        const inBlock = at % (2 * block);
        return 2 * (Math.floor(at / (2 * block)) * block + (inBlock % block)) + Math.floor(inBlock / block);
      });
    expect(await findBlockSize(answering(blocked(16)))).toBe(16);
    expect(await findBlockSize(answering(blocked(8).reverse()))).toBe(0);
    expect(await findBlockSize(answering(Array.from({ length: 128 }, (_, at) => at)))).toBe(0);
    const none = {
      ...native,
      runtime: { ...native.runtime, InferenceSession: { create: () => Promise.reject(new Error('none')) } },
    };
    expect(await findBlockSize(none as unknown as LoadedRuntime)).toBe(0);
  });
});

describe('canBlock', () => {
  it('takes depthwise layers whose channels of all images make whole blocks, where there are blocks', () => {
    const of = (channels: number, batch: number) => canBlock(new GraphBuilder(8), depthwise(channels), batch);
    expect([of(8, 1), of(12, 1), of(12, 2), of(3, 8), of(3, 4)]).toEqual([true, false, true, true, false]);
    expect(canBlock(new GraphBuilder(), depthwise(16), 1)).toBe(false);
  });
});
