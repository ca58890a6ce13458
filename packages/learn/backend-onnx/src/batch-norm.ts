import { BATCH_NORM, sampleFactor } from '@archon-dse/tensor';
import type { GraphBuilder, Value } from './graph.js';

/** One value a channel each. */
export interface NormValues {
  readonly gamma: Value;
  readonly beta: Value;
  readonly mean: Value;
  /** Biased when of the batch. */
  readonly variance: Value;
}

const EPSILON = { epsilon: { float: BATCH_NORM.epsilon } };
const CELLS = [0, 2, 3];

/**
 * Normalises by mean and biased variance of each channel over the batch. The operator centres before it squares, which a mean far from zero
 * needs, and takes less time than the sums one by one. It writes the statistics over the moving ones it reads, so it gets some that nothing
 * else reads, and gives them no weight.
 */
export function normaliseBatch(
  g: GraphBuilder,
  x: Value,
  { gamma, beta }: Pick<NormValues, 'gamma' | 'beta'>,
  channels: number,
): Pick<NormValues, 'mean' | 'variance'> & { readonly y: Value } {
  const unread = (): Value => g.op('ConstantOfShape', [g.ints([channels])]);
  const attributes = { ...EPSILON, momentum: { float: 0 }, training_mode: 1 };
  const [y, mean, variance] = g.triple('BatchNormalization', [x, gamma, beta, unread(), unread()], attributes);
  return { y, mean, variance };
}

export function normalise(g: GraphBuilder, x: Value, { gamma, beta, mean, variance }: NormValues): Value {
  return g.op('BatchNormalization', [x, gamma, beta, mean, variance], EPSILON);
}

/** A moving statistic after a batch. @param share - how much of it stays */
export function moveStatistic(g: GraphBuilder, moving: Value, batch: Value, share: Value): Value {
  return g.op('Add', [batch, g.op('Mul', [share, g.op('Sub', [moving, batch])])]);
}

/** The variance of a sample from that of the batch. */
export function unbiased(g: GraphBuilder, variance: Value, count: number): Value {
  return g.op('Mul', [variance, g.float(sampleFactor(count))]);
}

export interface NormGradients {
  readonly gamma: Value;
  readonly beta: Value;
  /** Gradient of the input, made only when asked for. */
  readonly input: () => Value;
}

/**
 * Gradients from that of the output.
 *
 * @param count - values a channel when the statistics are those of the batch, and so follow the input; null when they stand still
 */
export function normaliseBack(
  g: GraphBuilder,
  x: Value,
  dy: Value,
  norm: NormValues,
  { count, channels }: { readonly count: number | null; readonly channels: number },
): NormGradients {
  const mul = (a: Value, b: Value): Value => g.op('Mul', [a, b]);
  const inverse = inverseDeviation(g, norm.variance);
  const beta = g.reduce('ReduceSum', dy, CELLS);
  const product = g.reduce('ReduceSum', mul(dy, x), CELLS);
  const gamma = mul(inverse, g.op('Sub', [product, mul(norm.mean, beta)]));
  const input = (): Value => {
    const scale = mul(norm.gamma, inverse);
    const direct = mul(dy, g.reshape(scale, [channels, 1, 1]));
    if (count === null) return direct;
    const part = mul(scale, g.float(-1 / count));
    const slope = mul(part, mul(inverse, gamma));
    const shift = g.op('Sub', [mul(part, beta), mul(slope, norm.mean)]);
    const zero = g.float(new Float32Array(channels), [channels]);
    const one = g.float(new Float32Array(channels).fill(1), [channels]);
    const through = g.op('BatchNormalization', [x, slope, shift, zero, one], { epsilon: { float: 0 } });
    return g.op('Add', [direct, through]);
  };
  return { gamma, beta, input };
}

function inverseDeviation(g: GraphBuilder, variance: Value): Value {
  const deviation = g.op('Sqrt', [g.op('Add', [variance, g.float(BATCH_NORM.epsilon)])]);
  return g.op('Div', [g.float(1), deviation]);
}
