import { describe, expect, it } from 'vitest';
import { GraphBuilder, type Value } from './graph.js';
import { loadRuntime } from './runtime.js';

const { runtime, session: options } = await loadRuntime({});

/** Runs a graph of one input `x` and one output. */
async function run(
  x: readonly number[],
  shape: readonly number[],
  build: (g: GraphBuilder, x: Value) => Value,
): Promise<number[]> {
  const g = new GraphBuilder();
  g.output({ name: 'y', shape, type: 'float' }, build(g, g.input({ name: 'x', shape: [x.length], type: 'float' })));
  const session = await runtime.InferenceSession.create(g.encode(), options);
  const { y } = await session.run({ x: new runtime.Tensor('float32', Float32Array.from(x), [x.length]) });
  await session.release();
  return Array.from(y?.data as Float32Array);
}

describe('GraphBuilder', () => {
  it('encodes operators with attributes of every kind', async () => {
    const y = await run([1, 2, 3, 4, 5, 6], [3, 2], (g, x) => {
      const turned = g.transpose(g.reshape(x, [2, 3]), [1, 0]);
      return g.op('LeakyRelu', [g.op('Sub', [turned, g.float(3)])], { alpha: { float: 0.5 } });
    });
    expect(y).toEqual([-1, 1, -0.5, 2, 0, 3]);
  });

  it('keeps constants of the same values once and others apart', async () => {
    const g = new GraphBuilder();
    expect(g.float(1.5)).toBe(g.float(1.5));
    expect(g.float(1.5)).not.toBe(g.float(1.25));
    expect(g.ints([1, 2])).toBe(g.ints([1, 2]));
    expect(g.ints([12])).not.toBe(g.ints([1, 2]));
    const [a, b] = [Float32Array.of(1, 2), Float32Array.of(1, 3)];
    const y = await run([0, 0], [2], (of, x) => of.op('Sum', [x, of.float(a, [2]), of.float(b, [2])]));
    expect(y).toEqual([2, 5]);
  });

  it('reduces over some axes or all', async () => {
    expect(await run([1, 2, 3, 4], [2], (g, x) => g.reduce('ReduceSum', g.reshape(x, [2, 2]), [0]))).toEqual([4, 6]);
    expect(await run([1, 2, 3, 4], [], (g, x) => g.reduce('ReduceSumSquare', x))).toEqual([30]);
  });
});
