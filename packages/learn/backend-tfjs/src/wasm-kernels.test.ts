import { seededRandom } from '@archon-dse/core';
import * as tf from '@tensorflow/tfjs-core';
import type { Tensor, Tensor4D } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { loadRuntime } from './runtime.js';

const runtimes = { cpu: await loadRuntime({ runtime: 'cpu' }), wasm: await loadRuntime({ runtime: 'wasm' }) };
const BOTH = ['wasm', 'cpu'] as const;

interface Values {
  readonly shape: Tensor4D['shape'];
  readonly data: Float32Array;
}

function drawn(shape: Values['shape'], name: string): Values {
  const random = seededRandom(7, name);
  return { shape, data: Float32Array.from({ length: shape.reduce((a, b) => a * b) }, () => 2 * random() - 1) };
}

/** What `work` makes of some values on a runtime. */
function on(runtime: keyof typeof runtimes, inputs: readonly Values[], work: (tensors: Tensor4D[]) => Tensor): Values {
  runtimes[runtime].activate();
  return tf.tidy(() => {
    const result = work(inputs.map(({ data, shape }) => tf.tensor4d(data.slice(), shape)));
    return { shape: result.shape as Values['shape'], data: Float32Array.from(result.dataSync()) };
  });
}

function dot(a: Values, b: Values): number {
  return a.data.reduce((sum, value, index) => sum + value * b.data[index]!, 0);
}

function distance(a: Values, b: Values): number {
  const largest = b.data.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  return a.data.reduce((worst, value, index) => Math.max(worst, Math.abs(value - b.data[index]!)), 0) / largest;
}

/** Slope of `sum(f(x) * dy)` along a direction as differences show it; nothing is lost, as `f` is linear. */
function slope(x: Values, dy: Values, along: Values, f: (x: Values) => Values): number {
  const moved = (far: number): Values => {
    return { ...x, data: x.data.map((value, index) => value + far * along.data[index]!) };
  };
  return (dot(f(moved(1)), dy) - dot(f(moved(-1)), dy)) / 2;
}

const WINDOWS = [
  { image: [5, 6], size: 3, stride: 1, pad: 'same' },
  { image: [6, 8], size: 3, stride: 2, pad: 'same' },
  { image: [7, 5], size: 3, stride: 2, pad: 'same' },
  { image: [6, 7], size: 5, stride: 2, pad: 'same' },
  { image: [7, 8], size: 3, stride: 3, pad: 'valid' },
  { image: [6, 5], size: 3, stride: 2, pad: [[0, 0], [2, 1], [0, 2], [0, 0]] }, // prettier-ignore
  { image: [4, 5], size: 1, stride: 1, pad: 'same' },
  { image: [5, 4], size: 1, stride: 2, pad: 'same' },
  { image: [2, 1], size: 5, stride: 1, pad: 'same' },
] as const;

const CONVOLUTIONS = [
  { name: 'Conv2DBackprop', run: tf.conv2d, filters: [3, 4] },
  { name: 'DepthwiseConv2dNativeBackprop', run: tf.depthwiseConv2d, filters: [3, 1] },
] as const;

describe.each(CONVOLUTIONS)('$name', ({ name, run, filters }) => {
  it.each(WINDOWS)('$size x $size on $image, stride $stride, pad $pad', ({ image, size, stride, pad }) => {
    const x = drawn([2, ...image, 3], 'x');
    const w = drawn([size, size, ...filters], 'w');
    const forward = (...inputs: Values[]): Values =>
      on('wasm', inputs, ([a, b]) => run(a as Tensor4D, b as Tensor4D, stride, pad as 'same'));
    const dy = drawn(forward(x, w).shape, 'dy');
    const shapes = { inputShape: x.shape, filterShape: w.shape };
    const attributes = { strides: [stride, stride], dilations: [1, 1], pad, dataFormat: 'NHWC', ...shapes };
    const gradient = (
      part: string,
      inputs: (tensors: Tensor4D[]) => Record<string, Tensor4D>,
      from: Values,
    ): Values => {
      const [mine, oracle] = BOTH.map((runtime) =>
        on(runtime, [from, dy], (tensors) => tf.engine().runKernel(name + part, inputs(tensors), attributes)),
      ) as [Values, Values];
      expect(mine.shape).toEqual(oracle.shape);
      expect(distance(mine, oracle)).toBeLessThan(1e-6);
      return mine;
    };
    const dx = gradient('Input', ([filter, errors]) => ({ filter: filter!, dy: errors! }), w);
    const dw = gradient('Filter', ([a, errors]) => ({ x: a!, dy: errors! }), x);
    const [alongX, alongW] = [drawn(x.shape, 'alongX'), drawn(w.shape, 'alongW')];
    expect(slope(x, dy, alongX, (at) => forward(at, w))).toBeCloseTo(dot(dx, alongX), 3);
    expect(slope(w, dy, alongW, (at) => forward(x, at))).toBeCloseTo(dot(dw, alongW), 3);
  });
});

describe('MaxPoolGrad', () => {
  const grads = (runtime: keyof typeof runtimes, input: Values, size: number, stride: number, pad: 'same' | 'valid') =>
    on(runtime, [input], ([x]) => {
      const output = tf.maxPool(x!, size, stride, pad);
      const dy = tf.reshape(tf.range(1, output.size + 1), output.shape);
      const attributes = { filterSize: size, strides: stride, pad };
      return tf.engine().runKernel('MaxPoolGrad', { dy, input: x!, output }, attributes);
    });

  it.each(WINDOWS.filter(({ pad, size }) => typeof pad === 'string' && size > 1))(
    '$size x $size on $image, stride $stride, pad $pad, also where all is below 0',
    ({ image, size, stride, pad }) => {
      const input = drawn([2, ...image, 3], 'pool');
      for (const shift of [0, -2]) {
        const shifted = { ...input, data: input.data.map((value) => value + shift) };
        const [mine, oracle] = BOTH.map((runtime) => grads(runtime, shifted, size, stride, pad as 'same'));
        expect(mine).toEqual(oracle);
      }
    },
  );

  it('gives everything to the first of equal maxima', () => {
    const input: Values = { shape: [1, 2, 4, 1], data: Float32Array.of(0, 3, -1, -1, 3, 3, -1, -1) };
    expect([...grads('wasm', input, 2, 2, 'valid').data]).toEqual([0, 1, 2, 0, 0, 0, 0, 0]);
  });
});

it('refuses what the kernels do not do', () => {
  const x = drawn([1, 4, 4, 1], 'x');
  const attributes = { strides: [1, 2], pad: 'same', dataFormat: 'NHWC', filterShape: [1, 1, 1, 1] };
  const call = (): Values =>
    on('wasm', [x, drawn([1, 4, 2, 1], 'dy')], ([a, dy]) =>
      tf.engine().runKernel('Conv2DBackpropFilter', { x: a!, dy: dy! }, attributes),
    );
  expect(call).toThrow(RangeError);
});
