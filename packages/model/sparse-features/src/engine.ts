import type { Dim } from '@archon-dse/loop-nest';
import type { ComputeSkipping, OperandSpace } from './features.js';
import { isTemporal, iterations, neighbours, type NestLoop } from './nest-loops.js';
import type { Operand } from './operand.js';
import type { SparseNest } from './shares.js';

/**
 * What PEs do on their own with one operand, as loops: `groups` one after the other, each a part of the operand of which only the words
 * that are not zero take time. Both operands go through `shared` together.
 */
export interface Side {
  readonly operand: Operand;
  /** Whether its zeros are skipped. */
  readonly isSkipped: boolean;
  /** Outside the PEs, those that move the operand: iterations and PEs. */
  readonly steps: readonly NestLoop[];
  readonly pes: readonly NestLoop[];
  readonly shared: readonly NestLoop[];
  readonly groups: readonly NestLoop[];
  /** Lanes that wait for each other. */
  readonly lockStep: readonly NestLoop[];
  /** Loops over the words of a group, of one lane in lock step. */
  readonly packed: readonly NestLoop[];
  /** Words taken at a time. */
  readonly lanes: number;
  /** Of the middle of the kernel, where one word of Inputs stands for all the windows it is in. */
  readonly origin: number;
}

export interface Engine {
  readonly skipping: ComputeSkipping;
  readonly weights: Side;
  readonly inputs: Side;
  readonly shared: readonly NestLoop[];
  /** Temporal and spatial loops outside the PEs. */
  readonly steps: readonly NestLoop[];
  readonly pes: readonly NestLoop[];
}

/** Whether every word of one operand meets every word of the other, kernel dimensions being packed with the weights. */
function isCartesian({ on, pack }: ComputeSkipping): boolean {
  return on.length === 2 && pack?.Weights?.some((dim) => dim === 'R' || dim === 'S') === true;
}

export function engineOf({ architecture, nest, operands }: SparseNest, skipping: ComputeSkipping): Engine {
  const first = architecture.levels.findIndex(({ name }) => name === skipping.level);
  const inner = nest.filter((loop) => loop.level >= first);
  const outer = nest.filter((loop) => loop.level < first);
  const { on, pack = {} } = skipping;
  const only = on.length === 1 ? on[0] : undefined;
  const packed = (space: OperandSpace, dim: Dim): boolean => pack[space]?.includes(dim) === true;
  const moves = (space: OperandSpace, loop: NestLoop): boolean =>
    operands[space].moves(loop) && !(space === 'Inputs' && isTap(skipping, loop));
  const both = (loop: NestLoop): boolean => moves('Weights', loop) && moves('Inputs', loop);
  const shared = on.length === 2 ? inner.filter((loop) => both(loop) && isTemporal(loop)) : [];
  const side = (space: OperandSpace): Side => {
    // Beside a single operand the other only says how often each of its words is used.
    const mine = (loop: NestLoop): boolean =>
      only === undefined || only === space ? moves(space, loop) : !moves(only, loop);
    const own = inner.filter((loop) => mine(loop) && !shared.includes(loop));
    const together = own.filter(({ dim }) => packed(space, dim));
    const rest = own.filter((loop) => !together.includes(loop));
    return {
      operand: operands[space],
      isSkipped: on.includes(space),
      steps: outer.filter((loop) => isTemporal(loop) && moves(space, loop)),
      pes: outer.filter((loop) => !isTemporal(loop) && moves(space, loop)),
      shared,
      groups: rest.filter(isTemporal),
      lockStep: rest.filter((loop) => !isTemporal(loop)),
      packed: together,
      lanes: skipping.lanes?.[space] ?? iterations(together.filter((loop) => !isTemporal(loop))),
      origin: space === 'Inputs' ? middleTap(operands[space], nest, skipping) : 0,
    };
  };
  return {
    skipping,
    weights: side('Weights'),
    inputs: side('Inputs'),
    shared,
    steps: outer.filter(isTemporal),
    pes: outer.filter((loop) => !isTemporal(loop)),
  };
}

/** Whether a loop is over a kernel dimension that does not move the inputs of a Cartesian product. */
export function isTap(skipping: ComputeSkipping, { dim }: NestLoop): boolean {
  return (dim === 'R' || dim === 'S') && isCartesian(skipping) && skipping.pack?.Weights?.includes(dim) === true;
}

/** Offset of the inputs under the middle of the kernel, along the dimensions that do not move them. */
export function middleTap(inputs: Operand, nest: readonly NestLoop[], skipping: ComputeSkipping): number {
  return (['R', 'S'] as const).reduce((sum, dim) => {
    const taps = nest.filter((loop) => loop.dim === dim && isTap(skipping, loop));
    return sum + inputs.step(neighbours(dim, 1, Math.floor(iterations(taps) / 2)));
  }, 0);
}
