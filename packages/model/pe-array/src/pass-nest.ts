import type { Dim, Loop, Mapping, Problem } from '@archon-dse/loop-nest';
import type { PassNest, PassOffsets } from './pass-walk.kernel.js';
import { boundOf, OUTER_LEVELS } from './sparse-passes.js';

/** A mapping of one group of a layer. */
export interface ExecutedNest {
  readonly mapping: Mapping;
  readonly problem: Problem;
  /** Whether each output channel M has an input channel of its own. */
  readonly isChannelwise: boolean;
}

/** Which inputs of a layer are not zero. */
export interface InputPlanes {
  /** An entry an image, each 0 or 1 a value: rows x columns x channels, with the padding that the kernels reach. */
  readonly images: readonly Uint8Array[];
  readonly columns: number;
  /** Of all groups. */
  readonly channels: number;
}

/** A loop, and how far a step of its index moves in weights and inputs. */
interface Step {
  readonly loop: Loop;
  readonly weights: number;
  readonly inputs: number;
}

/**
 * The loops of a mapping as offsets: those outside the PEs in time, those in space, those inside. Output channels that a PE multiplies with
 * the same inputs count as one, with the weights of all of them.
 */
export function passNest(nest: ExecutedNest, planes: Pick<InputPlanes, 'columns' | 'channels'>): PassNest {
  const outer = nest.mapping.slice(0, OUTER_LEVELS).flat();
  const inner = nest.mapping.slice(OUTER_LEVELS).flat();
  const iterated = inner.filter(({ dim }) => nest.isChannelwise || dim !== 'M');
  const steps = stepsOf([...outer, ...iterated], nest, planes);
  const [outside, inside] = [steps.slice(0, outer.length), steps.slice(outer.length)];
  return {
    passes: offsetsOf(outside.filter(({ loop }) => loop.kind === 'temporal')),
    pes: offsetsOf(outside.filter(({ loop }) => loop.kind !== 'temporal')),
    iterations: offsetsOf(inside),
  };
}

/** Loops outermost first: an index moves by all the bounds of its dimension further inside. */
function stepsOf(
  loops: readonly Loop[],
  { problem, isChannelwise }: ExecutedNest,
  { columns, channels }: Pick<InputPlanes, 'columns' | 'channels'>,
): readonly Step[] {
  const { C, R, S, strideP, strideQ, dilationR = 1, dilationS = 1 } = problem;
  const row = columns * channels;
  const weights: Partial<Record<Dim, number>> = { M: C * R * S, C: R * S, R: S, S: 1 };
  const inputs: Partial<Record<Dim, number>> = {
    ...(isChannelwise ? { M: 1 } : { C: 1 }),
    ...{ R: dilationR * row, S: dilationS * channels, P: strideP * row, Q: strideQ * channels },
  };
  return loops.map((loop, index) => {
    const inside = boundOf(loops.slice(index + 1).filter(({ dim }) => dim === loop.dim));
    return { loop, weights: inside * (weights[loop.dim] ?? 0), inputs: inside * (inputs[loop.dim] ?? 0) };
  });
}

/** Every sum of one multiple of each step, the last loop fastest. */
function offsetsOf(steps: readonly Step[]): PassOffsets {
  const length = boundOf(steps.map(({ loop }) => loop));
  const offsets = { weights: new Int32Array(length), inputs: new Int32Array(length) };
  let block = length;
  for (const { loop, weights, inputs } of steps) {
    block /= loop.bound;
    for (let at = 0; at < length; at++) {
      const index = Math.floor(at / block) % loop.bound;
      offsets.weights[at] = (offsets.weights[at] ?? 0) + index * weights;
      offsets.inputs[at] = (offsets.inputs[at] ?? 0) + index * inputs;
    }
  }
  return offsets;
}
