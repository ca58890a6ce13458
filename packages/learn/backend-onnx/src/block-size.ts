import { GraphBuilder } from './graph.js';
import type { LoadedRuntime } from './runtime.js';

const CHANNELS = 64;

/**
 * Channels that the blocked operators of this runtime keep side by side: 8 or 16 on processors it has such kernels for; 0 where it has
 * none, or orders values in another way than expected. Found by putting two cells of 64 channels in order and looking for the second.
 */
export async function findBlockSize({ runtime, session }: LoadedRuntime): Promise<number> {
  const shape = [1, CHANNELS, 1, 2];
  const g = new GraphBuilder(CHANNELS);
  const x = g.input({ name: 'x', shape, type: 'float' });
  g.output({ name: 'y', shape, type: 'float' }, g.op('nchwc:ReorderInput', [x]));
  try {
    const probe = await runtime.InferenceSession.create(g.encode(), { ...session, graphOptimizationLevel: 'disabled' });
    const values = Float32Array.from({ length: 2 * CHANNELS }, (_, index) => index);
    const { y } = await probe.run({ x: new runtime.Tensor('float32', values, shape) });
    await probe.release();
    const found = [...(y?.data as Float32Array)];
    const block = found.indexOf(1);
    return block > 1 && isBlocked(found, block) ? block : 0;
  } catch {
    return 0;
  }
}

/** Value `2 * channel + cell` lies at block, cell, channel within the block. */
function isBlocked(found: readonly number[], block: number): boolean {
  return found.every((value, at) => {
    const channel = Math.floor(at / (2 * block)) * block + (at % block);
    return value === 2 * channel + (Math.floor(at / block) % 2);
  });
}
