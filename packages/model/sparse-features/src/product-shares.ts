import { isTap, middleTap } from './engine.js';
import type { ComputeSkipping, OperandSpace } from './features.js';
import { isTemporal, type NestLoop } from './nest-loops.js';
import { pairMean, type Question } from './pair-mean.js';
import type { Shares, SparseNest } from './shares.js';

/**
 * Shares of the products: skipped by PEs that skip those of zero operands, gated where one of the operands in `gating` is zero, and done.
 * Unpacked lanes run in lock step, so a product is skipped only together with those of all lanes. In a Cartesian product those at the edge
 * that belong to no output count as done.
 */
export function productShares({ architecture, nest, operands, features }: SparseNest): Shares {
  const { gating = [], skipping } = features.compute ?? {};
  const first = architecture.levels.findIndex(({ name }) => name === skipping?.level);
  const question = (space: OperandSpace, isGated: boolean): Question => {
    const operand = operands[space];
    const lanes = nest.filter((loop) => !isGated && skipping !== undefined && isLockStep(skipping, space, loop, first));
    const decides = isGated || skipping?.on.includes(space) === true;
    const own = lanes.filter((loop) => operand.moves(loop));
    const stays = (loop: NestLoop): boolean =>
      own.includes(loop) || (space === 'Inputs' && skipping !== undefined && isTap(skipping, loop));
    return {
      operand,
      loops: nest.filter((loop) => !stays(loop)),
      part: own,
      origin: space === 'Inputs' && skipping !== undefined ? middleTap(operand, nest, skipping) : 0,
      measure: decides ? 'non-empty' : 'any',
    };
  };
  const performed = pairMean(question('Weights', false), question('Inputs', false));
  const full = pairMean(question('Weights', gating.includes('Weights')), question('Inputs', gating.includes('Inputs')));
  return { full, gated: Math.max(0, performed - full), skipped: Math.max(0, 1 - performed) };
}

/** Whether a loop is a lane inside a PE whose products are skipped with those of the others only: packed lanes leave out their own. */
function isLockStep({ pack = {} }: ComputeSkipping, space: OperandSpace, loop: NestLoop, firstLevel: number): boolean {
  return !isTemporal(loop) && loop.level >= firstLevel && pack[space] === undefined;
}
