import type { Architecture } from '../src/model/architecture.js';
import { DATA_SPACES, DIMS, type Problem } from '../src/model/problem.js';
import type { Counts, NestWalk } from './walk.js';

/** Cycles and energy of what a walk counted: bandwidth by the first instance, energy by all. */
export function priceWalk(
  problem: Problem,
  { levels, macEnergyPj, completePacking = 1 }: Architecture,
  { computeCycles, levels: walked, instances }: NestWalk,
): { readonly cycles: number; readonly energyPj: number } {
  let cycles = computeCycles;
  let energyPj = DIMS.reduce((macs, dim) => macs * (problem[dim] ?? 1), macEnergyPj);
  levels.forEach((level, l) => {
    let [read, written] = [0, 0];
    for (const space of DATA_SPACES) {
      const counts = walked[`${l}:${space}`];
      if (counts === undefined) continue;
      const { first, all } = counts;
      const packing = level.packing?.[space] ?? 1;
      read += first.reads / packing;
      written += (first.updates + first.fills) / packing;
      const words = ({ reads, updates, fills }: Counts): number => {
        const complete = l === 0 && space === 'Outputs' ? updates - reads : 0;
        return reads + updates + fills - complete + complete / completePacking;
      };
      const block = level.blockSize * packing;
      const count = instances[l] ?? 1;
      const same = words(all) === words(first) * count;
      energyPj +=
        level.accessEnergyPj * (same ? Math.ceil(words(first) / block) * count : Math.ceil(words(all) / block));
    }
    const reading = Math.ceil(read / (level.readBandwidth ?? Infinity));
    cycles = Math.max(cycles, reading, Math.ceil(written / (level.writeBandwidth ?? Infinity)));
  });
  return { cycles, energyPj };
}
