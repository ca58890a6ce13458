import type { Architecture } from '../model/architecture.js';
import type { Evaluation } from '../model/evaluation.js';
import { formatMapping } from '../model/format.js';
import type { Mapping } from '../model/mapping.js';
import type { Problem } from '../model/problem.js';
import type { MapspaceConstraints } from '../mapspace/mapspace.js';
import { findBestMapping, type MapperOptions } from '../search/mapper.js';

/** What the best mapping would be if one level held twice as much. */
export interface LargerBuffer {
  readonly level: string;
  readonly sizeWords: number;
  readonly largerWords: number;
  readonly cycles: number;
  /** At the energies an access costs now: a larger memory costs more. */
  readonly energyPj: number;
  /** Whether another mapping is better then. */
  readonly changes: boolean;
}

/** The problem mapped again with each limited level doubled, outermost first. */
export function largerBuffers(
  problem: Problem,
  architecture: Architecture,
  constraints: MapspaceConstraints,
  current: { readonly mapping: Mapping; readonly evaluation: Evaluation },
  options: MapperOptions = {},
): readonly LargerBuffer[] {
  const text = formatMapping(current.mapping, architecture);
  return architecture.levels.flatMap(({ name: level, sizeWords, keeps }, l): LargerBuffer[] => {
    if (sizeWords === undefined || keeps.length === 0) return [];
    const largerWords = 2 * sizeWords;
    const levels = architecture.levels.map((other, at) => (at === l ? { ...other, sizeWords: largerWords } : other));
    const larger = { ...architecture, levels };
    const best = findBestMapping(problem, larger, constraints, options);
    const { evaluation, mapping } = best.found ? best : current;
    const { cycles, energyPj } = evaluation;
    return [{ level, sizeWords, largerWords, cycles, energyPj, changes: formatMapping(mapping, larger) !== text }];
  });
}
