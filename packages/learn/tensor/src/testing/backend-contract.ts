import type { TestApi } from '@archon-dse/core';
import type { CompiledModel, NamedTensors, StepResult, TensorBackend } from '../backend.js';
import { planModel } from '../plan-model.js';
import { initialState, maskName } from '../state.js';
import type { TrainingSpec } from '../training-spec.js';
import {
  both,
  compareWithReference,
  difference,
  distance,
  gradientOf,
  OPTIONS,
  stirred,
  TOLERANCE,
} from './compare.js';
import { describeNumbers } from './number-contract.js';
import { referenceBackend } from './reference-backend.js';
import { SAMPLE_SPECS, sampleBatch } from './samples.js';

/** What 25 models of 20 steps may add to the memory of the process. */
const SOAK_MIB = 24;

/**
 * Suite for every backend: compares loss, evaluation and the whole state after some steps with the reference for each operation,
 * and checks what a user relies on.
 *
 * @param residentBytes - memory of the process; a soak test runs when it is given
 */
export function describeBackendContract(backend: TensorBackend, api: TestApi, residentBytes?: () => number): void {
  api.describe(`backend ${backend.id}`, () => {
    for (const [name, spec] of Object.entries(SAMPLE_SPECS)) {
      api.it(`agrees with the reference: ${name}`, () => compareWithReference(backend, spec, api));
    }
    describeNumbers(backend, api);
    describeState(backend, api);
    describeRefusals(backend, api);
    describeTraining(backend, api);
    if (residentBytes !== undefined) describeSoak(backend, api, residentBytes);
  });
}

function describeState(backend: TensorBackend, { it, expect }: TestApi): void {
  const spec = SAMPLE_SPECS['L2, frozen, masked and BatchNorm in inference'] as TrainingSpec;
  const plan = planModel(spec);

  it('gives the same numbers every time', async () => {
    const first = await train(backend, spec, 2);
    expect(await train(backend, spec, 2)).toEqual(first);
  });

  it('leaves frozen weights and still norms alone, and keeps masked weights at 0', async () => {
    const before = stirred(plan);
    const { state } = await train(backend, spec, 2);
    const still = ['first/kernel', 'first.bn/gamma', 'first.bn/mean', 'first.bn/variance', 'project.bn/gamma'];
    for (const name of still) expect(state[name], name).toEqual(before[name]);
    const mask = before[maskName('project/kernel')]?.data ?? [];
    const kept = [...(state['project/kernel']?.data ?? [])].map((value) => (value === 0 ? 0 : 1));
    expect(kept).toEqual([...mask]);
  });

  it('reads what was written, by name and in copies', async () => {
    const model = await backend.compile(plan, stirred(plan));
    const value = { shape: [3], data: Float32Array.of(1, -2, 3) };
    await model.writeState({ 'fc/bias': value });
    value.data[0] = 9;
    const names = ['fc/bias', 'depthwise/kernel'];
    const read = await model.readState(names);
    expect(Object.keys(read)).toEqual(names);
    expect([...(read['fc/bias']?.data ?? [])]).toEqual([1, -2, 3]);
    read['fc/bias']?.data.fill(0);
    expect([...((await model.readState(names))['fc/bias']?.data ?? [])]).toEqual([1, -2, 3]);
    await model.dispose();
  });

  it('evaluates what was written last, and fills up with label -1', async () => {
    const models = [referenceBackend, backend].map((maker) => maker.compile(plan, initialState(plan, 1)));
    const [wanted, got] = (await Promise.all(models)) as [CompiledModel, CompiledModel];
    const batch = sampleBatch(spec, 5);
    batch.labels[1] = -1;
    await both([wanted, got], (model) => model.evaluate(batch));
    const results = await both([wanted, got], async (model) => {
      await model.writeState(stirred(plan));
      return model.evaluate(batch);
    });
    expect(distance(results[0].lossSum, results[1].lossSum)).toBeLessThanOrEqual(TOLERANCE);
    expect(results[1].correct).toBe(results[0].correct);
    await both([wanted, got], (model) => model.dispose());
  });
}

function describeRefusals(backend: TensorBackend, { it, expect }: TestApi): void {
  it('refuses tensors and batches that do not fit with a RangeError', async () => {
    const spec = SAMPLE_SPECS['L2, frozen, masked and BatchNorm in inference'] as TrainingSpec;
    const plan = planModel(spec);
    const model = await backend.compile(plan, stirred(plan));
    const wrong = { shape: [4], data: new Float32Array(4) };
    const { images, labels } = sampleBatch(spec, 1);
    const refused = [
      () => model.writeState({ 'fc/bias': wrong }),
      () => model.writeState({ nothing: wrong }),
      () => model.readState(['nothing']),
      () => model.step([], OPTIONS),
      () => model.step([{ images, labels: labels.slice(1) }], OPTIONS),
      () => model.step([{ images, labels: labels.map(() => -1) }], OPTIONS),
      () => model.evaluate({ images: images.slice(1), labels }),
      () => backend.compile(plan, {}),
    ];
    for (const call of refused) expect(await nameOfError(call), String(call)).toBe('RangeError');
    await model.dispose();
  });
}

function describeTraining(backend: TensorBackend, { it, expect }: TestApi): void {
  const spec = SAMPLE_SPECS['channel shuffle, average pool and concatenation'] as TrainingSpec;

  it('takes the mean gradient of the parts of a batch', async () => {
    const parted = SAMPLE_SPECS['L2, frozen, masked and BatchNorm in inference'] as TrainingSpec;
    const plan = planModel(parted);
    const parts = [1, 2, 3].map((seed) => sampleBatch(parted, seed));
    const models = [referenceBackend, backend].map((maker) => maker.compile(plan, stirred(plan)));
    const [wanted, got] = (await Promise.all(models)) as [CompiledModel, CompiledModel];
    for (const some of [parts, parts.slice(1), parts.slice(2)]) {
      const options = { ...OPTIONS, normMomentum: 1 / (some.length + 1) };
      const [first, second] = await both([wanted, got], (model) => model.step(some, options));
      expect(distance(first.loss, second.loss)).toBeLessThanOrEqual(TOLERANCE);
      expect(second.correct).toBe(first.correct);
    }
    const [wantedState, gotState] = await both([wanted, got], (model) => model.readState());
    for (const [name, value] of Object.entries(wantedState)) {
      expect(difference(value, gotState[name]), name).toBeLessThanOrEqual(TOLERANCE);
    }
    await both([wanted, got], (model) => model.dispose());
  });

  it('has gradients that finite differences confirm', async () => {
    const plan = planModel(spec);
    const state = stirred(plan);
    const batch = sampleBatch(spec, 1);
    const loss = async (at: NamedTensors): Promise<number> => {
      const model = await backend.compile(plan, at);
      const result = await model.step([batch], { learningRate: 0, momentum: 0 });
      await model.dispose();
      return result.loss;
    };
    const slopes = await gradientOf(backend, plan, state, batch);
    const length = Math.sqrt(
      Object.values(slopes).reduce((sum, { data }) => sum + data.reduce((a, b) => a + b * b, 0), 0),
    );
    const reach = 0.02;
    const ahead = await loss(moved(state, slopes, reach / length));
    const behind = await loss(moved(state, slopes, -reach / length));
    expect(Math.abs((ahead - behind) / (2 * reach) / length - 1)).toBeLessThanOrEqual(0.02);
  });

  it('learns one batch by heart', async () => {
    const model = await backend.compile(planModel(spec), stirred(planModel(spec)));
    const results: StepResult[] = [];
    for (let step = 0; step < 40; step += 1)
      results.push(await model.step([sampleBatch(spec, 1)], { learningRate: 0.05, momentum: 0.9 }));
    const [first, last] = [results[0]?.loss ?? 0, results.at(-1)?.loss ?? Infinity];
    expect(last / first, 'loss of the last step to that of the first').toBeLessThanOrEqual(0.2);
    expect(results.at(-1)?.correct).toBe(spec.batch);
    await model.dispose();
  });
}

function describeSoak(backend: TensorBackend, { it, expect }: TestApi, residentBytes: () => number): void {
  it('holds no more memory after many steps, evaluations and models', async () => {
    const spec = SAMPLE_SPECS['L2, frozen, masked and BatchNorm in inference'] as TrainingSpec;
    const plan = planModel(spec);
    const round = async (): Promise<void> => {
      const model = await backend.compile(plan, stirred(plan));
      for (let step = 0; step < 20; step += 1)
        await model.step([sampleBatch(spec, step)], { ...OPTIONS, learningRate: 1e-3 });
      await model.evaluate(sampleBatch(spec, 1));
      await model.dispose();
    };
    for (let warmUp = 0; warmUp < 5; warmUp += 1) await round();
    const before = residentBytes();
    for (let count = 0; count < 25; count += 1) await round();
    expect((residentBytes() - before) / 2 ** 20, 'MiB more').toBeLessThanOrEqual(SOAK_MIB);
  });
}

async function train(
  backend: TensorBackend,
  spec: TrainingSpec,
  steps: number,
): Promise<{ results: StepResult[]; state: NamedTensors }> {
  const plan = planModel(spec);
  const model = await backend.compile(plan, stirred(plan));
  const results: StepResult[] = [];
  for (let step = 0; step < steps; step += 1) results.push(await model.step([sampleBatch(spec, step)], OPTIONS));
  const state = await model.readState();
  await model.dispose();
  return { results, state };
}

function moved(state: NamedTensors, along: NamedTensors, far: number): NamedTensors {
  return Object.fromEntries(
    Object.entries(state).map(([name, { shape, data }]) => {
      const slope = along[name]?.data;
      return [name, { shape, data: data.map((value, index) => value + far * (slope?.[index] ?? 0)) }];
    }),
  );
}

async function nameOfError(call: () => Promise<unknown>): Promise<string> {
  try {
    await call();
    return 'no error';
  } catch (error) {
    return error instanceof Error ? error.name : 'not an error';
  }
}
