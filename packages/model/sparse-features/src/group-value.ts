import type { Dim } from '@archon-dse/loop-nest';
import { largest, mapped, sumOf, type Distribution } from './distribution.js';
import type { Side } from './engine.js';
import type { ComputeSkipping } from './features.js';
import { iterations, neighbours } from './nest-loops.js';
import type { CountAt } from './operand.js';

/** Blocks of a packed dimension that are in the lanes at once, and how often. */
interface Rounds {
  readonly dim: Dim;
  readonly positions: number;
  readonly slots: number;
  readonly parallel: number;
  readonly rounds: number;
}

/** Cycles of the group of an operand that begins at an offset, by its mask. */
export function groupCycles(side: Side, { block }: ComputeSkipping): CountAt {
  const { operand, lockStep, packed, lanes } = side;
  const delays = operand.offsets(lockStep);
  const own = block === undefined ? packedCycles(operand.counter(packed), lanes) : blockCycles(side, block);
  if (delays.length === 1) return own;
  return (offset) => delays.reduce((most, delay) => Math.max(most, own(offset + delay)), 0);
}

/** The same as a distribution, by the model of its zeros; lanes in lock step are taken for independent. */
export function groupDistribution(side: Side, { block }: ComputeSkipping): Distribution {
  const { operand, lockStep, packed, lanes } = side;
  const copies = iterations(lockStep);
  if (block === undefined) {
    return largest(
      mapped(operand.occupancy(packed), (count) => Math.ceil(count / lanes)),
      copies,
    );
  }
  const { dim, positions, slots, parallel, rounds } = roundsOf(side, block);
  const one = mapped(operand.occupancy([neighbours(dim, positions)]), (count) => Math.max(1, Math.ceil(count / slots)));
  return sumOf(largest(one, parallel * copies), rounds);
}

function packedCycles(count: CountAt, lanes: number): CountAt {
  return lanes === 1 ? count : (offset) => Math.ceil(count(offset) / lanes);
}

function blockCycles(side: Side, block: NonNullable<ComputeSkipping['block']>): CountAt {
  const { dim, positions, slots, parallel, rounds } = roundsOf(side, block);
  const count = side.operand.counter([neighbours(dim, positions)]);
  const step = side.operand.step(neighbours(dim, 1, positions));
  return (offset) => {
    let cycles = 0;
    for (let round = 0; round < rounds; round += 1) {
      let most = 1;
      for (let at = 0; at < parallel; at += 1) {
        most = Math.max(most, Math.ceil(count(offset + (round * parallel + at) * step) / slots));
      }
      cycles += most;
    }
    return cycles;
  };
}

/** @throws RangeError when lanes or blocks do not divide what is packed */
function roundsOf({ packed, lanes }: Side, { positions, slots }: NonNullable<ComputeSkipping['block']>): Rounds {
  const [dim, extent] = [packed[0]?.dim ?? 'C', iterations(packed)];
  const parallel = lanes / slots;
  const rounds = extent / positions / parallel;
  if (Number.isInteger(parallel) && Number.isInteger(rounds)) return { dim, positions, slots, parallel, rounds };
  throw new RangeError(`${extent} positions of ${dim} on ${lanes} lanes are no whole blocks of ${positions}`);
}
