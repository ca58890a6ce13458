import type { Architecture, Level } from './architecture.js';
import { usedWords } from './capacity.js';
import { checkShape } from './check.js';
import type { Accesses, Evaluation, LevelEvaluation } from './evaluation.js';
import { Evaluator } from './evaluator.kernel.js';
import { extentsAt, Geometry } from './geometry.kernel.js';
import type { Mapping } from './mapping.js';
import type { ModelOptions } from './model-options.js';
import { SPACES } from './places.js';
import type { Pricing } from './pricing.kernel.js';
import { boundOf, DATA_SPACES, DIMS, type DataSpace, type Problem } from './problem.js';

/**
 * Access counts, cycles and energy of one mapping, as Timeloop counts them unless `options` say otherwise. The capacity of the levels is not looked at; see `checkMapping`.
 *
 * @throws RangeError when `checkShape` finds the mapping is none of this problem on this architecture
 * @source README of this package
 */
export function evaluate(
  problem: Problem,
  architecture: Architecture,
  mapping: Mapping,
  options: ModelOptions = {},
): Evaluation {
  const evaluator = new Evaluator(problem, architecture, options);
  const reason = checkShape(problem, architecture, mapping, { remainders: options.semantics === 'exact' });
  if (reason !== undefined) throw new RangeError(reason);
  evaluator.evaluate(mapping);
  const { cost } = evaluator;
  const geometry = new Geometry(problem, options);
  const tiles = countTiles(geometry, architecture, mapping);
  const macs = DIMS.reduce((product, dim) => product * boundOf(problem, dim), 1);
  const levels = architecture.levels.map((level, l) => ({
    ...levelOf(cost, level, l, tiles),
    builtInstances: builtInstances(architecture, l),
    usedWords: usedWords(geometry, level, mapping, l),
  }));
  const throttledCycles = Math.max(...levels.map((level) => level.cycles));
  return {
    macs,
    computeCycles: cost.computeCycles,
    cycles: cost.cycles,
    startUpCycles: options.startUp === true ? cost.cycles - throttledCycles : 0,
    utilization: macs / (cost.cycles * architecture.macs),
    energyPj: cost.energyPj,
    macEnergyPj: macs * architecture.macEnergyPj,
    leakagePj: cost.cycles * (architecture.leakagePjPerCycle ?? 0),
    levels,
  };
}

/** Words of the tiles, and of the partitions: what an instance ever sees, if every word went to one instance only. */
interface Tiles {
  readonly words: Float64Array;
  readonly partitions: Float64Array;
}

function countTiles(geometry: Geometry, { levels }: Architecture, mapping: Mapping): Tiles {
  const words = new Float64Array(levels.length * SPACES);
  const partitions = new Float64Array(levels.length * SPACES);
  /** By data space: the level further out that keeps it, and the partition there. */
  const outer = new Map<DataSpace, { readonly level: number; readonly partition: number }>();
  for (const [l, level] of levels.entries()) {
    const extents = geometry.within(extentsAt(mapping, l));
    for (const space of level.keeps) {
      const s = DATA_SPACES.indexOf(space);
      const own = geometry.words(s, extents);
      const above = outer.get(space) ?? { level: 0, partition: own };
      const together = geometry.words(s, geometry.within(extentsAt(mapping, l, above.level)));
      const partition = Math.floor((above.partition * own) / together);
      words[l * SPACES + s] = own;
      partitions[l * SPACES + s] = partition;
      outer.set(space, { level: l, partition });
    }
  }
  return { words, partitions };
}

function builtInstances({ levels }: Architecture, l: number): number {
  return levels.slice(0, l).reduce((count, { meshX, meshY }) => count * meshX * meshY, 1);
}

function levelOf(
  cost: Pricing,
  level: Level,
  l: number,
  tiles: Tiles,
): Omit<LevelEvaluation, 'builtInstances' | 'usedWords'> {
  const at = (table: Float64Array, index: number): number => table[index] ?? 0;
  const instances = at(cost.instances, l);
  const accessesOf = (t: number): Accesses => {
    const vectorAccesses = cost.totalVectors(t);
    return {
      tileWords: at(tiles.words, t),
      partitionWords: at(tiles.partitions, t),
      reads: at(cost.reads, t),
      updates: at(cost.updates, t),
      fills: at(cost.fills, t),
      totalReads: cost.totalReads(t),
      totalUpdates: cost.totalUpdates(t),
      totalFills: cost.totalFills(t),
      energyPj: vectorAccesses * level.accessEnergyPj,
      vectorAccesses,
    };
  };
  return {
    name: level.name,
    instances,
    cycles: cost.cyclesOf(l),
    accesses: Object.fromEntries(
      level.keeps.map((space) => [space, accessesOf(l * SPACES + DATA_SPACES.indexOf(space))]),
    ),
  };
}
