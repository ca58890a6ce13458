import type { Architecture, Level } from './architecture.js';
import { checkShape } from './check.js';
import type { Accesses, Evaluation, LevelEvaluation } from './evaluation.js';
import { Evaluator } from './evaluator.kernel.js';
import type { Mapping } from './mapping.js';
import { packMapping } from './pack.js';
import { DATA_SPACES, DIMS, type DataSpace, type Problem } from './problem.js';
import { extentsAt, tileWords } from './tile.js';

/**
 * Access counts, cycles and energy of one mapping. The capacity of the levels is not looked at; see `checkMapping`.
 *
 * @throws RangeError when `checkShape` finds the mapping is none of this problem on this architecture
 * @source README of this package
 */
export function evaluate(problem: Problem, architecture: Architecture, mapping: Mapping): Evaluation {
  const evaluator = new Evaluator(problem, architecture);
  const reason = checkShape(problem, architecture, mapping);
  if (reason !== undefined) throw new RangeError(reason);
  evaluator.evaluate(packMapping(mapping));
  const partitions = countPartitions(problem, architecture, mapping);
  const macs = DIMS.reduce((product, dim) => product * problem[dim], 1);
  const { computeCycles, cycles, energyPj } = evaluator;
  return {
    macs,
    computeCycles,
    cycles,
    utilization: macs / (cycles * architecture.macs),
    energyPj,
    macEnergyPj: macs * architecture.macEnergyPj,
    levels: architecture.levels.map((level, l) => levelOf(evaluator, level, l, partitions)),
  };
}

type Partitions = Readonly<Record<DataSpace, ReadonlyMap<number, number>>>;

/** Words of each data space an instance ever sees, by level, if every word went to one instance only. */
function countPartitions(problem: Problem, { levels }: Architecture, mapping: Mapping): Partitions {
  const partitionsOf = (space: DataSpace): ReadonlyMap<number, number> => {
    const partitions = new Map<number, number>();
    let [outer, words] = [0, tileWords(problem, space, extentsAt(mapping, 0))];
    levels.forEach((level, l) => {
      if (!level.keeps.includes(space)) return;
      const own = tileWords(problem, space, extentsAt(mapping, l));
      const together = tileWords(problem, space, extentsAt(mapping, l, outer));
      words = Math.floor((words * own) / together);
      partitions.set(l, words);
      outer = l;
    });
    return partitions;
  };
  return { Weights: partitionsOf('Weights'), Inputs: partitionsOf('Inputs'), Outputs: partitionsOf('Outputs') };
}

function levelOf(evaluator: Evaluator, level: Level, l: number, partitions: Partitions): LevelEvaluation {
  const at = (table: ArrayLike<number>, index: number): number => table[index] ?? 0;
  const instances = at(evaluator.instances, l);
  const accessesOf = (space: DataSpace): Accesses => {
    const t = l * DATA_SPACES.length + DATA_SPACES.indexOf(space);
    const vectorAccesses = at(evaluator.vectors, t) * instances;
    return {
      tileWords: at(evaluator.tileWords, t),
      partitionWords: partitions[space].get(l) ?? 0,
      reads: at(evaluator.reads, t),
      updates: at(evaluator.updates, t),
      fills: at(evaluator.fills, t),
      energyPj: vectorAccesses * level.accessEnergyPj,
      vectorAccesses,
    };
  };
  return {
    name: level.name,
    instances,
    cycles: at(evaluator.levelCycles, l),
    accesses: Object.fromEntries(level.keeps.map((space) => [space, accessesOf(space)])),
  };
}
