import {
  isQuick,
  largest,
  largestIfNormal,
  mean,
  momentsOf,
  momentsOfProduct,
  momentsOfSum,
  product,
  sumOf,
  type Distribution,
} from './distribution.js';
import type { Engine, Side } from './engine.js';
import { countedCycles, type EngineCycles } from './engine-walk.js';
import { expectedMaximum } from './expected-maximum.js';
import { groupDistribution } from './group-value.js';
import { iterations } from './nest-loops.js';

/**
 * Exact where every operand whose zeros are skipped has a mask. Else the expectation over the models of their zeros: exact for one PE, and
 * for more where only weights are skipped and each word is zero by itself; in all other cases PEs are taken for independent of each other,
 * which they are not where they share words, so the figure is then a bound from above, and sums that are too long are taken for normal.
 * Of a mask beside a model the model counts by its mean.
 */
export function engineCycles(engine: Engine): EngineCycles {
  const skipped = [engine.weights, engine.inputs].filter(({ isSkipped }) => isSkipped);
  if (skipped.some(({ operand }) => operand.model === undefined)) return countedCycles(engine);
  const pes = engine.pes.filter((loop) => skipped.some((side) => side.pes.includes(loop)));
  const one = expectedStep(engine, skipped, iterations(pes));
  const steps = iterations(engine.steps);
  return { cycles: one.cycles * steps, idealCycles: one.idealCycles * steps };
}

function expectedStep(
  { skipping, weights, inputs, shared }: Engine,
  skipped: readonly Side[],
  copies: number,
): EngineCycles {
  const [only] = skipped;
  const visits = skipped.length === 1 ? iterations((only === weights ? inputs : weights).groups) : 1;
  if (skipped.length === 1 && only === weights && isPlain(only, skipping.block !== undefined)) {
    const idealCycles = visits * iterations(only.groups) * only.operand.density;
    return { cycles: visits * slowestCount(only, copies), idealCycles };
  }
  const sides = skipped.map((side) => ({ one: groupDistribution(side, skipping), terms: iterations(side.groups) }));
  const idealCycles = sides.reduce((all, { one, terms }) => all * terms * mean(one), iterations(shared));
  if (copies === 1) return { cycles: visits * idealCycles, idealCycles: visits * idealCycles };
  return { cycles: visits * slowestSum(sides, iterations(shared), copies), idealCycles: visits * idealCycles };
}

/** Whether every word that is not zero takes a cycle. */
function isPlain({ lanes, lockStep, packed }: Side, hasBlocks: boolean): boolean {
  return !hasBlocks && lanes === 1 && lockStep.length === 0 && packed.length === 0;
}

function slowestCount({ operand, groups }: Side, copies: number): number {
  if (operand.model?.kind === 'independent') return expectedMaximum(iterations(groups), operand.density, copies);
  return mean(largest(operand.occupancy(groups), copies));
}

interface Terms {
  readonly one: Distribution;
  readonly terms: number;
}

/** Expected slowest of PEs that add up `shared` products of the sums of both operands, or the sums of one. */
function slowestSum(sides: readonly Terms[], shared: number, copies: number): number {
  const most = sides.reduce((all, { one, terms }) => all * terms * (one.length - 1), 1);
  if (isQuick(most, shared)) {
    const together = sides.map(({ one, terms }) => sumOf(one, terms)).reduce((a, b) => product(a, b));
    return mean(largest(sumOf(together, shared), copies));
  }
  const moments = sides.map(({ one, terms }) => momentsOfSum(momentsOf(one), terms));
  const together = moments.reduce((a, b) => momentsOfProduct(a, b));
  return largestIfNormal(momentsOfSum(together, shared), copies);
}
