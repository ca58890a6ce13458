import { mean } from './distribution.js';
import type { Engine, Side } from './engine.js';
import { groupCycles, groupDistribution } from './group-value.js';
import { iterations, type NestLoop } from './nest-loops.js';
import { offsetsOf } from './operand.js';
import { PeWalk, type WalkedSide } from './pe-walk.kernel.js';

/** Cycles of the PEs alone, without the buffers. */
export interface EngineCycles {
  /** Sum over steps of the slowest PE. A fraction where it is an expectation. */
  readonly cycles: number;
  /** If all PEs had equally much to do. */
  readonly idealCycles: number;
}

/** Goes through every step of every PE. Of an operand without a mask the mean counts. */
export function countedCycles({ skipping, weights, inputs, steps, pes }: Engine): EngineCycles {
  const skipped = [weights, inputs].filter(({ isSkipped }) => isSkipped);
  const visits = skipped.length === 1 ? iterations((skipped[0] === weights ? inputs : weights).groups) : 1;
  const moving = (loops: readonly NestLoop[], of: (side: Side) => readonly NestLoop[]): readonly NestLoop[] =>
    loops.filter((loop) => skipped.some((side) => of(side).includes(loop)));
  const [ownSteps, ownPes] = [moving(steps, (side) => side.steps), moving(pes, (side) => side.pes)];
  const walk = new PeWalk(
    skipped.map((side): WalkedSide => ({
      rows: rowsOf(side, skipping),
      steps: along(side, ownSteps, side.steps),
      pes: along(side, ownPes, side.pes),
    })),
  );
  walk.run();
  const repeats = (visits * iterations(steps)) / iterations(ownSteps);
  return { cycles: walk.cycles * repeats, idealCycles: (walk.work * repeats) / iterations(ownPes) };
}

/** Offsets of one operand over loops of which only some move it. */
function along({ operand }: Side, loops: readonly NestLoop[], moving: readonly NestLoop[]): Int32Array {
  return offsetsOf(loops, (loop) => (moving.includes(loop) ? operand.step(loop) : 0));
}

/** Cycles of the groups of a PE for each iteration of the shared loops, by the offset its part begins at. */
function rowsOf(side: Side, skipping: Engine['skipping']): (offset: number) => Float64Array {
  const { operand, shared, groups, origin } = side;
  const sharedOffsets = operand.offsets(shared);
  if (operand.model !== undefined) {
    const one = mean(groupDistribution(side, skipping));
    const row = new Float64Array(sharedOffsets.length).fill(iterations(groups) * one);
    return () => row;
  }
  const cyclesOf = groupCycles(side, skipping);
  const groupOffsets = operand.offsets(groups);
  const known = new Map<number, Float64Array>();
  return (offset) => {
    const before = known.get(offset);
    if (before !== undefined) return before;
    const row = Float64Array.from(sharedOffsets, (base) => {
      let sum = 0;
      for (const group of groupOffsets) sum += cyclesOf(origin + offset + base + group);
      return sum;
    });
    known.set(offset, row);
    return row;
  };
}
