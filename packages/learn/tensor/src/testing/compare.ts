import { seededRandom, type TestApi } from '@archon-dse/core';
import type { Batch, CompiledModel, NamedTensors, TensorBackend, TensorValue } from '../backend.js';
import { planModel } from '../plan-model.js';
import type { ModelPlan } from '../plan.js';
import { initialState, stateTensors } from '../state.js';
import type { TrainingSpec } from '../training-spec.js';
import { referenceBackend } from './reference-backend.js';
import { sampleBatch } from './samples.js';

/** Largest difference from the reference, as a share of the largest value of the tensor plus 1e-2. */
export const TOLERANCE = 1e-3;
export const OPTIONS = { learningRate: 0.1, momentum: 0.9 } as const;
const STEPS = 3;

/** Loss, evaluation and the whole state after some steps. */
export async function compareWithReference(
  backend: TensorBackend,
  spec: TrainingSpec,
  { expect }: TestApi,
): Promise<void> {
  const plan = planModel(spec);
  const state = stirred(plan);
  const models = [await referenceBackend.compile(plan, state), await backend.compile(plan, state)] as const;
  for (let step = 0; step < STEPS; step += 1) {
    const [wanted, got] = await both(models, (model) => model.step([sampleBatch(spec, step)], OPTIONS));
    expect(distance(wanted.loss, got.loss), `loss of step ${step}`).toBeLessThanOrEqual(TOLERANCE);
    expect(got.correct, `correct of step ${step}`).toBe(wanted.correct);
  }
  const [wanted, got] = await both(models, (model) => model.evaluate(sampleBatch(spec, STEPS)));
  expect(distance(wanted.lossSum, got.lossSum), 'evaluation').toBeLessThanOrEqual(TOLERANCE);
  expect(got.correct, 'evaluation').toBe(wanted.correct);
  expect(got.gates, 'gates').toEqual(wanted.gates);
  const [wantedState, gotState] = await both(models, (model) => model.readState());
  expect(Object.keys(gotState)).toEqual(stateTensors(plan).map(({ name }) => name));
  for (const [name, value] of Object.entries(wantedState)) {
    expect(gotState[name]?.shape, name).toEqual(value.shape);
    expect(difference(value, gotState[name]), name).toBeLessThanOrEqual(TOLERANCE);
  }
  await both(models, (model) => model.dispose());
}

/** Gradients by weight: the momenta after one step from none. */
export async function gradientOf(
  backend: TensorBackend,
  plan: ModelPlan,
  state: NamedTensors,
  batch: Batch,
): Promise<Record<string, TensorValue>> {
  const model = await backend.compile(plan, initialState(plan, 1, withoutMomenta(state)));
  await model.step([batch], { learningRate: -1, momentum: 0 });
  const names = plan.weights.filter(({ trainable }) => trainable).map(({ name }) => name);
  const momenta = await model.readState(names.map((name) => `${name}/momentum`));
  await model.dispose();
  return Object.fromEntries(names.map((name) => [name, momenta[`${name}/momentum`] as TensorValue]));
}

/** A state with nothing at rest: momenta, shifts and statistics of their own, and a third of each mask cleared. */
export function stirred(plan: ModelPlan): NamedTensors {
  const random = seededRandom(3, 'stir');
  return Object.fromEntries(
    Object.entries(initialState(plan, 1)).map(([name, { shape, data }]) => {
      const stir = (value: number): number => {
        if (name.endsWith('/mask')) return random() < 1 / 3 ? 0 : 1;
        if (name.endsWith('/kernel')) return value;
        return value + (name.endsWith('/variance') ? 0.5 : 0.2) * random();
      };
      return [name, { shape, data: data.map(stir) }];
    }),
  );
}

function withoutMomenta(state: NamedTensors): NamedTensors {
  return Object.fromEntries(Object.entries(state).filter(([name]) => !name.endsWith('/momentum')));
}

export async function both<T>(
  models: readonly [CompiledModel, CompiledModel],
  run: (model: CompiledModel) => Promise<T>,
): Promise<[T, T]> {
  return [await run(models[0]), await run(models[1])];
}

/** Largest one, as a share of the largest value wanted plus 1e-2. */
export function difference(wanted: TensorValue, got: TensorValue | undefined): number {
  const largest = wanted.data.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const worst = wanted.data.reduce(
    (most, value, index) => Math.max(most, Math.abs(value - (got?.data[index] ?? Infinity))),
    0,
  );
  return Number.isNaN(worst) ? Infinity : worst / (largest + 1e-2);
}

/** As a share of the wanted one plus 1e-2. */
export function distance(wanted: number, got: number): number {
  return Number.isFinite(got) ? Math.abs(wanted - got) / (Math.abs(wanted) + 1e-2) : Infinity;
}
