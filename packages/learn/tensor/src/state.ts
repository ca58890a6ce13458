import { seededRandom } from '@archon-dse/core';
import type { Batch, NamedTensors, TensorValue } from './backend.js';
import { findBadValue } from './bad-values.js';
import { glorotUniform, heNormal } from './initialisers.js';
import type { ModelPlan, WeightPlan } from './plan.js';

/** One tensor of a model's state. */
export interface StateTensor {
  readonly name: string;
  readonly shape: readonly number[];
}

/** Name of the momentum of a trainable weight. */
export function momentumName(weight: string): string {
  return `${weight}/momentum`;
}

/** Name of the mask of a masked weight: 1 keeps, 0 clears. */
export function maskName(weight: string): string {
  return `${weight}/mask`;
}

/** The whole state of a model: each weight, followed by its momentum when it is trainable and its mask when it is masked. */
export function stateTensors(plan: ModelPlan): readonly StateTensor[] {
  return plan.weights.flatMap(({ name, shape, trainable, masked }) => [
    { name, shape },
    ...(trainable ? [{ name: momentumName(name), shape }] : []),
    ...(masked ? [{ name: maskName(name), shape }] : []),
  ]);
}

/**
 * A state to start from: weights drawn as their initialisers say, momenta 0, masks 1.
 *
 * @param seed - unsigned 32-bit; each weight draws from a stream of its own, so adding a layer leaves the others as they are
 * @param given - tensors that replace drawn ones, e.g. of an earlier stage; names the plan has not are ignored, so a trained model
 *   loads into a plan with a predictor, whose weights start as copies of the given ones
 * @throws RangeError when a given tensor has another shape, or values no model can have
 */
export function initialState(plan: ModelPlan, seed: number, given: NamedTensors = {}): NamedTensors {
  const state: Record<string, TensorValue> = {};
  for (const weight of plan.weights) {
    const { name, shape } = weight;
    const drawn = (): TensorValue => ({ shape, data: initialValues(weight, seed, state) });
    state[name] = copyOf(given[name], name, shape) ?? drawn();
    if (weight.trainable)
      state[momentumName(name)] = copyOf(given[momentumName(name)], name, shape) ?? filled(shape, 0);
    if (weight.masked) state[maskName(name)] = copyOf(given[maskName(name)], name, shape) ?? filled(shape, 1);
  }
  return state;
}

/**
 * Checks that tensors fit a plan.
 *
 * @throws RangeError naming the first that is unknown, or has another shape or count of values
 */
export function checkState(plan: ModelPlan, state: NamedTensors): void {
  const shapes = new Map(stateTensors(plan).map(({ name, shape }) => [name, shape]));
  for (const [name, value] of Object.entries(state)) {
    const shape = shapes.get(name);
    checkShape(name, value, shape ?? unknownTensor(name));
  }
}

/**
 * Checks that a state is whole, fits a plan and has values a model can have.
 *
 * @throws RangeError as {@link checkState}, or naming the first tensor that is missing, has infinite values or negative variances
 */
export function checkWholeState(plan: ModelPlan, state: NamedTensors): void {
  checkState(plan, state);
  const missing = stateTensors(plan).find(({ name }) => state[name] === undefined);
  if (missing !== undefined) throw new RangeError(`tensor "${missing.name}" is missing from the state`);
  for (const [name, value] of Object.entries(state)) checkValues(name, value);
}

/**
 * The state tensors of the given names; all unless given.
 *
 * @throws RangeError for a name the plan has not
 */
export function selectTensors(plan: ModelPlan, names?: readonly string[]): readonly StateTensor[] {
  const tensors = stateTensors(plan);
  if (names === undefined) return tensors;
  const byName = new Map(tensors.map((tensor) => [tensor.name, tensor]));
  return names.map((name) => byName.get(name) ?? unknownTensor(name));
}

function unknownTensor(name: string): never {
  throw new RangeError(`the model has no tensor "${name}"`);
}

/**
 * Checks that a batch fits a plan.
 *
 * @param least - lowest label allowed: 0 in training, -1 in evaluation
 * @throws RangeError with the count found and the one expected, or the label out of range
 */
export function checkBatch(plan: ModelPlan, { images, labels }: Batch, least: 0 | -1): void {
  const values = (plan.nodes[0]?.shape ?? []).reduce((product, size) => product * size, plan.batch);
  if (images.length !== values || labels.length !== plan.batch) {
    throw new RangeError(
      `a batch of ${labels.length} labels and ${images.length} values; the model takes ${plan.batch} and ${values}`,
    );
  }
  const wrong = labels.find((label) => label < least || label >= plan.classes);
  if (wrong !== undefined) throw new RangeError(`label ${wrong} is not within ${least}..${plan.classes - 1}`);
}

/**
 * Checks the parts of a training step.
 *
 * @throws RangeError when there is none, or as {@link checkBatch}
 */
export function checkParts(plan: ModelPlan, parts: readonly Batch[]): void {
  if (parts.length === 0) throw new RangeError('a step needs at least one batch');
  for (const part of parts) checkBatch(plan, part, 0);
}

function initialValues({ name, shape, initial }: WeightPlan, seed: number, earlier: NamedTensors): Float32Array {
  const size = sizeOf(shape);
  switch (initial.kind) {
    case 'constant':
      return new Float32Array(size).fill(initial.value);
    case 'heNormal':
      return heNormal(size, initial.fanIn, seededRandom(seed, name));
    case 'glorotUniform':
      return glorotUniform(size, initial.fanIn + initial.fanOut, seededRandom(seed, name));
    case 'copy':
      return Float32Array.from(earlier[initial.of]?.data ?? []);
  }
}

function copyOf(value: TensorValue | undefined, name: string, shape: readonly number[]): TensorValue | undefined {
  if (value === undefined) return undefined;
  checkShape(name, value, shape);
  checkValues(name, value);
  return { shape, data: Float32Array.from(value.data) };
}

function checkShape(name: string, value: TensorValue, shape: readonly number[]): void {
  const isSame = value.shape.length === shape.length && shape.every((size, index) => size === value.shape[index]);
  if (isSame && value.data.length === sizeOf(shape)) return;
  throw new RangeError(
    `tensor "${name}" is [${value.shape.join(',')}] with ${value.data.length} values; the model has [${shape.join(',')}]`,
  );
}

function checkValues(name: string, { data }: TensorValue): void {
  const problem = findBadValue(name.slice(name.lastIndexOf('/') + 1), data);
  if (problem !== undefined) throw new RangeError(`tensor "${name}" ${problem}`);
}

function filled(shape: readonly number[], value: number): TensorValue {
  return { shape, data: new Float32Array(sizeOf(shape)).fill(value) };
}

function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}
