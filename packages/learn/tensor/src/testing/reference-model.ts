import type { Batch, GateCounts, StepOptions } from '../backend.js';
import { BATCH_NORM, type BatchNormNode, type ModelPlan, type PlanNode, type WeightPlan } from '../plan.js';
import { maskName, momentumName } from '../state.js';
import { backward } from './gradients.js';
import { add, forward, get, type Reads } from './operations.js';
import { ternarise } from './ternary.js';

/** State in double precision, by tensor name. */
export type State = Map<string, Float64Array>;

/** What one pass leaves behind for the next. */
export interface Pass {
  /** By node. */
  readonly values: ReadonlyMap<string, Float64Array>;
  readonly reads: ReadonlyMap<string, Reads>;
  /** Sum of the cross-entropy over images with a label. */
  readonly lossSum: number;
  readonly correct: number;
  readonly gates: Readonly<Record<string, GateCounts>>;
  /** Softmax minus the label, one row an image. */
  readonly errors: Float64Array;
}

/** Runs a plan forward, with the batch statistics where `training` and the plan say so. */
export function runForward(plan: ModelPlan, state: State, { images, labels }: Batch, training: boolean): Pass {
  const values = new Map<string, Float64Array>();
  const reads = new Map<string, Reads>();
  const shapes = new Map(plan.nodes.map((node) => [node.name, node.shape]));
  for (const node of plan.nodes) {
    const inputs = node.op === 'input' ? [Float64Array.from(images)] : node.inputs.map((name) => at(values, name));
    const read: Reads = {
      batch: plan.batch,
      shapes: node.inputs.map((name) => shapes.get(name) ?? node.shape),
      values: inputs,
      weights: weightsOf(node, state, training ? inputs[0] : undefined),
    };
    reads.set(node.name, read);
    values.set(node.name, forward(node, read));
  }
  const scored = score(at(values, plan.nodes.at(-1)?.name ?? ''), labels, plan.classes);
  return { values, reads, gates: countGates(plan, values, labels), ...scored };
}

function countGates(plan: ModelPlan, values: Pass['values'], labels: Int32Array): Pass['gates'] {
  const gates = plan.nodes.flatMap((node) => {
    if (node.op !== 'gate') return [];
    const [actual, predictor] = node.inputs.map((name) => at(values, name));
    const counts = { values: 0, positive: 0, predicted: 0, both: 0 };
    actual?.forEach((value, index) => {
      if ((labels[Math.floor((index * plan.batch) / actual.length)] ?? -1) < 0) return;
      const [isPositive, isPredicted] = [value > 0, (predictor?.[index] ?? 0) > 0];
      counts.values += 1;
      counts.positive += Number(isPositive);
      counts.predicted += Number(isPredicted);
      counts.both += Number(isPositive && isPredicted);
    });
    return [[node.name, counts] as const];
  });
  return Object.fromEntries(gates);
}

/** Gradients of the mean cross-entropy by weight. */
function runBackward(plan: ModelPlan, state: State, pass: Pass): State {
  const flowing = new Map<string, Float64Array>();
  const gradients: State = new Map();
  flowing.set(
    plan.nodes.at(-1)?.name ?? '',
    pass.errors.map((error) => error / plan.batch),
  );
  for (const node of [...plan.nodes].reverse()) {
    const dy = flowing.get(node.name);
    const reads = pass.reads.get(node.name);
    if (dy === undefined || reads === undefined || !node.differentiable) continue;
    const { inputs, weights } = backward(node, reads, at(pass.values, node.name), dy);
    node.inputs.forEach((name, index) => accumulate(flowing, name, inputs[index]));
    for (const [part, gradient] of Object.entries(weights)) {
      const name = weightName(node, part);
      accumulate(gradients, name, part === 'kernel' ? throughTernary(node, at(state, name), gradient) : gradient);
    }
  }
  return gradients;
}

/** Sum of the L2 terms. */
export function l2Loss(weights: readonly WeightPlan[], state: State): number {
  return weights.reduce((sum, { name, l2 }) => sum + (l2 > 0 ? l2 * dot(at(state, name)) : 0), 0);
}

/** One step: the passes of all parts, then the weights move. Loss without L2 terms. */
export function runStep(
  plan: ModelPlan,
  state: State,
  parts: readonly Batch[],
  options: StepOptions,
): Pick<Pass, 'lossSum' | 'correct'> {
  const gradients: State = new Map();
  let [lossSum, correct] = [0, 0];
  for (const part of parts) {
    const pass = runForward(plan, state, part, true);
    for (const [name, gradient] of runBackward(plan, state, pass)) {
      accumulate(
        gradients,
        name,
        gradient.map((value) => value / parts.length),
      );
    }
    for (const node of plan.nodes)
      if (node.op === 'batchNorm' && node.training) moveStatistics(node, state, pass, options.normMomentum);
    lossSum += pass.lossSum;
    correct += pass.correct;
  }
  moveWeights(plan, state, gradients, options);
  return { lossSum, correct };
}

function moveWeights(plan: ModelPlan, state: State, gradients: State, options: StepOptions): void {
  for (const { name, trainable, l2, masked } of plan.weights) {
    const weight = at(state, name);
    if (trainable) {
      const ofLoss = gradients.get(name) ?? new Float64Array(weight.length);
      const gradient = ofLoss.map((value, index) => value + 2 * l2 * get(weight, index));
      const momentum = at(state, momentumName(name));
      momentum.forEach((value, index) => {
        momentum[index] = options.momentum * value - options.learningRate * get(gradient, index);
        add(weight, index, get(momentum, index));
      });
    }
    if (masked) at(state, maskName(name)).forEach((keep, index) => (weight[index] = get(weight, index) * keep));
  }
}

function moveStatistics(node: BatchNormNode, state: State, pass: Pass, kept: number = BATCH_NORM.momentum): void {
  const { mean, variance } = statistics(at(pass.values, node.inputs[0] ?? ''), node.shape[2]);
  const count = at(pass.values, node.name).length / node.shape[2];
  const follow = (name: string, batch: Float64Array): void => {
    const moving = at(state, name);
    batch.forEach((value, c) => {
      moving[c] = kept * get(moving, c) + (1 - kept) * value;
    });
  };
  follow(`${node.owner}/mean`, mean);
  follow(
    `${node.owner}/variance`,
    variance.map((value) => (value * count) / Math.max(count - 1, 1)),
  );
}

/** Mean and biased variance of each channel. */
function statistics(x: Float64Array, channels: number): { mean: Float64Array; variance: Float64Array } {
  const count = x.length / channels;
  const mean = new Float64Array(channels);
  const variance = new Float64Array(channels);
  x.forEach((value, index) => add(mean, index % channels, value / count));
  x.forEach((value, index) => add(variance, index % channels, (value - get(mean, index % channels)) ** 2 / count));
  return { mean, variance };
}

function weightsOf(node: PlanNode, state: State, trainingInput: Float64Array | undefined): Reads['weights'] {
  if (node.op === 'batchNorm') {
    const [gamma, beta] = [at(state, weightName(node, 'gamma')), at(state, weightName(node, 'beta'))];
    if (node.training && trainingInput !== undefined)
      return { gamma, beta, ...statistics(trainingInput, node.shape[2]) };
    return { gamma, beta, mean: at(state, `${node.owner}/mean`), variance: at(state, `${node.owner}/variance`) };
  }
  if (!('kernel' in node)) return {};
  const kernel = at(state, node.kernel.weight);
  const { ternary } = node.kernel;
  const used = ternary === undefined ? kernel : ternarise(kernel, lastOf(node), ternary.groups).values;
  return { kernel: used, ...(node.bias === null ? {} : { bias: at(state, node.bias) }) };
}

function throughTernary(node: PlanNode, kernel: Float64Array, gradient: Float64Array): Float64Array {
  const ternary = 'kernel' in node ? node.kernel.ternary : undefined;
  if (ternary === undefined) return gradient;
  const { alpha } = ternarise(kernel, lastOf(node), ternary.groups);
  return gradient.map((value, index) => value * ternary.factor * get(alpha, index));
}

/** Last dimension of a kernel in its canonical layout. */
function lastOf(node: PlanNode): number {
  return node.op === 'depthwise' ? 1 : node.shape[2];
}

function weightName(node: PlanNode, part: string): string {
  if (part === 'kernel' && 'kernel' in node) return node.kernel.weight;
  return `${node.op === 'batchNorm' ? node.owner : node.name}/${part}`;
}

function score(logits: Float64Array, labels: Int32Array, classes: number): Omit<Pass, 'values' | 'reads' | 'gates'> {
  const errors = new Float64Array(logits.length);
  let [lossSum, correct] = [0, 0];
  labels.forEach((label, image) => {
    const row = logits.subarray(image * classes, (image + 1) * classes);
    const most = Math.max(...row);
    const powers = row.map((value) => Math.exp(value - most));
    const total = powers.reduce((sum, value) => sum + value, 0);
    powers.forEach((value, c) => (errors[image * classes + c] = value / total - (c === label ? 1 : 0)));
    if (label < 0) return;
    lossSum += Math.log(total) + most - get(row, label);
    if (row.indexOf(most) === label) correct += 1;
  });
  return { errors, lossSum, correct };
}

function accumulate(sums: Map<string, Float64Array>, name: string, value: Float64Array | undefined): void {
  if (value === undefined) return;
  const sum = sums.get(name);
  sums.set(name, sum === undefined ? value : sum.map((term, index) => term + get(value, index)));
}

function dot(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value * value, 0);
}

function at(map: ReadonlyMap<string, Float64Array>, name: string): Float64Array {
  const value = map.get(name);
  if (value === undefined) throw new RangeError(`nothing is called "${name}"`);
  return value;
}
