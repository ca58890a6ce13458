import { seededRandom, type TestApi } from '@archon-dse/core';
import type { Batch, NamedTensors, TensorBackend } from '../backend.js';
import { planModel } from '../plan-model.js';
import { initialState } from '../state.js';
import { both, compareWithReference, difference, gradientOf } from './compare.js';
import { referenceBackend } from './reference-backend.js';
import { sample } from './samples.js';
import { WINDOW_SPECS } from './window-samples.js';

/** What is easy to get wrong without anybody noticing: windows at borders, and statistics of values far from zero. */
export function describeNumbers(backend: TensorBackend, api: TestApi): void {
  for (const [name, spec] of Object.entries(WINDOW_SPECS)) {
    api.it(`agrees with the reference: ${name}`, () => compareWithReference(backend, spec, api));
  }
  describeSkippingWindow(backend, api);
  describeNorms(backend, api);
}

function describeSkippingWindow(backend: TensorBackend, { it, expect }: TestApi): void {
  it('worked by hand: the image 1..9 under the kernel [1,10;100,1000] with stride 3 gives 5421', async () => {
    const spec = sample([3, 3, 1], (net, x) => net.conv('a', x, { filters: 1, kernel: 2, stride: 3, role: 'stem' }));
    const plan = planModel({ ...spec, batch: 1 });
    // The scores are the value, scaled to about one, and twice zero: the loss tells which value it was.
    const scale = 1 / 4096;
    const model = await backend.compile(plan, {
      ...initialState(plan, 1),
      'a/kernel': { shape: [2, 2, 1, 1], data: Float32Array.of(1, 10, 100, 1000) },
      'fc/kernel': { shape: [1, 3], data: Float32Array.of(scale, 0, 0) },
    });
    const images = Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9);
    const { lossSum } = await model.evaluate({ images, labels: Int32Array.of(1) });
    expect(Math.round(Math.log(Math.exp(lossSum) - 2) / scale)).toBe(5421);
    await model.dispose();
  });
}

/**
 * Values that vary by one about a mean: largest error of the variance, and of a gradient as a share of its largest value. Single precision
 * leaves 6e-8 of the mean in each value.
 */
const FAR_NORMS = [
  { mean: 100, variance: 1e-4, gradient: 1e-3 },
  { mean: 1000, variance: 1e-3, gradient: 1e-2 },
] as const;

function describeNorms(backend: TensorBackend, { it, expect }: TestApi): void {
  // A bias moves the values away from zero, so that the gradient of the kernel in front of it stays well conditioned.
  const spec = sample([6, 5, 3], (net, x) =>
    net.relu(net.batchNorm(net.conv('first', x, { filters: 3, role: 'stem', bias: true }))),
  );
  const plan = planModel({ ...spec, batch: 8 });
  const batch = unitBatch();

  for (const { mean, ...most } of FAR_NORMS) {
    it(`normalises values whose mean is ${String(mean)} times their deviation`, async () => {
      const state = { ...initialState(plan, 1), ...shiftedBy(mean) };
      const models = [referenceBackend, backend].map((maker) => maker.compile(plan, state));
      const [wanted, got] = await Promise.all(models);
      if (wanted === undefined || got === undefined) return;
      await both([wanted, got], (model) => model.step([batch], { learningRate: 0, momentum: 0, normMomentum: 0 }));
      const norms = ['first.bn/mean', 'first.bn/variance'];
      const [wantedNorm, gotNorm] = await both([wanted, got], (model) => model.readState(norms));
      expect(differenceOf(wantedNorm, gotNorm, 'first.bn/mean'), 'mean').toBeLessThanOrEqual(1e-6);
      expect(differenceOf(wantedNorm, gotNorm, 'first.bn/variance'), 'variance').toBeLessThanOrEqual(most.variance);
      const wantedSlopes = await gradientOf(referenceBackend, plan, state, batch);
      const gotSlopes = await gradientOf(backend, plan, state, batch);
      for (const name of ['first.bn/gamma', 'first.bn/beta', 'first/kernel', 'fc/kernel']) {
        expect(differenceOf(wantedSlopes, gotSlopes, name), name).toBeLessThanOrEqual(most.gradient);
      }
      await both([wanted, got], (model) => model.dispose());
    });
  }

  /** The convolution in front only adds to each value. */
  function shiftedBy(mean: number): NamedTensors {
    return {
      'first/kernel': { shape: [1, 1, 3, 3], data: Float32Array.of(1, 0, 0, 0, 1, 0, 0, 0, 1) },
      'first/bias': { shape: [3], data: new Float32Array(3).fill(mean) },
    };
  }
}

/** Images of mean 0 and deviation 1. */
function unitBatch(): Batch {
  const random = seededRandom(5, 'unit');
  const images = Float32Array.from({ length: 8 * 6 * 5 * 3 }, () => Math.sqrt(12) * (random() - 0.5));
  return { images, labels: Int32Array.from({ length: 8 }, (_, image) => image % 3) };
}

function differenceOf(wanted: NamedTensors, got: NamedTensors, name: string): number {
  const value = wanted[name];
  return value === undefined ? Infinity : difference(value, got[name]);
}
