import type { Architecture } from './architecture.js';
import { evaluate } from './evaluate.js';
import type { Mapping } from './mapping.js';
import { distinctOffsets } from './offsets.js';
import { DATA_SPACES, type DataSpace, type Dim, type Problem } from './problem.js';
import { extentsAt } from './tile.js';

/** What one data space does on the network between two adjacent levels, per instance of the outer one. Carries no energy. */
export interface NetworkTraffic {
  /** Name of the outer level, and of the inner one or `mac`. */
  readonly outer: string;
  readonly inner: string;
  readonly dataSpace: DataSpace;
  /** Instances of the inner level below one of the outer. */
  readonly fanout: number;
  /** How many of them share a tile. */
  readonly multicast: number;
  /** Words sent into the network (collected from it for Outputs), each multicast counted once. */
  readonly ingresses: number;
  /** Additions made on the way up. */
  readonly spatialReductions: number;
  /** Mean hops of a word on a square mesh of `fanout` nodes. */
  readonly averageHops: number;
}

/**
 * Traffic of every network, outermost first, for all data spaces, also of those that bypass the levels at its ends.
 *
 * @throws RangeError as `evaluate`
 */
export function networks(problem: Problem, architecture: Architecture, mapping: Mapping): readonly NetworkTraffic[] {
  const { levels } = architecture;
  const evaluation = evaluate(problem, architecture, mapping);
  return levels.flatMap((level, l) =>
    DATA_SPACES.map((dataSpace) => {
      const keeper = levels.findIndex((other, i) => i > l && other.keeps.includes(dataSpace));
      const end = keeper < 0 ? levels.length : keeper;
      const words = evaluation.levels[keeper]?.accesses[dataSpace]?.fills ?? evaluation.computeCycles;
      let ingresses = words;
      for (let i = l; i < end; i++) ingresses *= distinctTiles(problem, mapping, i, dataSpace);
      const fanout = spatialBounds(mapping, l).reduce((product, [, bound]) => product * bound, 1);
      const multicast = fanout / distinctTiles(problem, mapping, l, dataSpace);
      return {
        outer: level.name,
        inner: levels[l + 1]?.name ?? 'mac',
        dataSpace,
        fanout,
        multicast,
        ingresses,
        spatialReductions: dataSpace === 'Outputs' ? ingresses * (multicast - 1) : 0,
        averageHops: averageHops(fanout, multicast),
      };
    }),
  );
}

function averageHops(fanout: number, multicast: number): number {
  const [f, m] = [Math.sqrt(fanout), Math.sqrt(multicast)];
  return f * m - f / m + (f - m) / 2 + 0.5;
}

function spatialBounds(mapping: Mapping, level: number): readonly (readonly [Dim, number])[] {
  const loops = mapping[level] ?? [];
  return loops.filter((loop) => loop.kind !== 'temporal').map((loop) => [loop.dim, loop.bound] as const);
}

/** Different tiles among the instances below one instance of a level. */
function distinctTiles(problem: Problem, mapping: Mapping, level: number, space: DataSpace): number {
  const count = (dim: Dim): number =>
    spatialBounds(mapping, level).reduce((product, [d, bound]) => (d === dim ? product * bound : product), 1);
  if (space === 'Weights') return count('C') * count('M') * count('R') * count('S');
  if (space === 'Outputs') return count('N') * count('M') * count('P') * count('Q');
  const unit = extentsAt(mapping, level + 1);
  const { strideP, strideQ, dilationR = 1, dilationS = 1 } = problem;
  return (
    count('N') *
    count(problem.depthwise === true ? 'M' : 'C') *
    distinctOffsets(count('P'), unit.P * strideP, count('R'), unit.R * dilationR) *
    distinctOffsets(count('Q'), unit.Q * strideQ, count('S'), unit.S * dilationS)
  );
}
