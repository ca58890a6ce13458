import type { Dim } from '@archon-dse/loop-nest';
import { convolved, largest, mapped, sumOf, type Distribution } from './distribution.js';
import type { Side } from './engine.js';
import type { ComputeSkipping } from './features.js';
import { iterations, neighbours } from './nest-loops.js';
import type { CountAt } from './operand.js';

/** Blocks of a packed dimension: so many in the lanes at once, and how often. */
interface Rounds {
  readonly dim: Dim;
  readonly positions: number;
  readonly slots: number;
  readonly blocks: number;
  readonly parallel: number;
  /** Cycles without blocks, which hardware can always take instead. */
  readonly dense: number;
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
  const { dim, positions, slots, blocks, parallel, dense } = roundsOf(side, block);
  const one = mapped(operand.occupancy([neighbours(dim, positions)]), (count) => Math.max(1, Math.ceil(count / slots)));
  const whole = sumOf(largest(one, parallel * copies), Math.floor(blocks / parallel));
  const rest = blocks % parallel;
  const all = rest === 0 ? whole : convolved(whole, largest(one, rest * copies));
  return mapped(all, (cycles) => Math.min(dense, cycles));
}

function packedCycles(count: CountAt, lanes: number): CountAt {
  return lanes === 1 ? count : (offset) => Math.ceil(count(offset) / lanes);
}

function blockCycles(side: Side, block: NonNullable<ComputeSkipping['block']>): CountAt {
  const { dim, positions, slots, blocks, parallel, dense } = roundsOf(side, block);
  const count = side.operand.counter([neighbours(dim, positions)]);
  const step = side.operand.step(neighbours(dim, 1, positions));
  return (offset) => {
    let cycles = 0;
    for (let first = 0; first < blocks; first += parallel) {
      let most = 1;
      for (let at = first; at < Math.min(blocks, first + parallel); at += 1) {
        most = Math.max(most, Math.ceil(count(offset + at * step) / slots));
      }
      cycles += most;
    }
    return Math.min(dense, cycles);
  };
}

/** A dimension that blocks do not divide goes without them: it takes its dense cycles. */
function roundsOf({ packed, lanes }: Side, { positions, slots }: NonNullable<ComputeSkipping['block']>): Rounds {
  const extent = iterations(packed);
  const dense = Math.ceil(extent / lanes);
  const [dim, blocks, parallel] = [packed[0]?.dim ?? 'C', extent / positions, Math.floor(lanes / slots)];
  if (Number.isInteger(blocks) && parallel > 0) return { dim, positions, slots, blocks, parallel, dense };
  return { dim, positions: extent, slots: lanes, blocks: 1, parallel: 1, dense };
}
