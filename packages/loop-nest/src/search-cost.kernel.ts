import type { Architecture } from './architecture.js';
import { DATA_SPACES, DIMS, type Problem } from './problem.js';

const SPACES = DATA_SPACES.length;
const OUTPUTS = 2;

/**
 * Cycles and energy as a function of the words every level is filled with. Both never fall when a fill or a spread rises (each
 * is a sum, maximum or ceiling of products with factors >= 0, and rounding keeps that order), so lower bounds of the fills give lower
 * bounds of cycles and energy, bit for bit.
 *
 * Tables are indexed `level * 3 + data space`.
 */
export class FillCost {
  /** Words brought into one instance during the run; 0 at the outermost level. */
  readonly fills: Float64Array;
  /** Different tiles the spatial loops of a level hand out. */
  readonly spread: Float64Array;
  /** Instances of each level in use. */
  readonly instances: Float64Array;
  computeCycles = 1;

  /** Result of `price`. */
  cycles = 0;
  energyPj = 0;

  /** Levels that keep each data space, outermost first, closed by the level count (the MACs). */
  readonly keepers: readonly (readonly number[])[];
  private readonly macEnergyPj: number;
  private readonly outputWords: number;
  private readonly levelCount: number;
  private readonly block: Float64Array;
  private readonly accessPj: Float64Array;
  private readonly readBandwidth: Float64Array;
  private readonly writeBandwidth: Float64Array;
  private readonly reads: Float64Array;
  private readonly writes: Float64Array;

  constructor(problem: Problem, architecture: Architecture) {
    const { levels } = architecture;
    this.levelCount = levels.length;
    this.fills = new Float64Array(levels.length * SPACES);
    this.spread = new Float64Array(levels.length * SPACES);
    this.instances = new Float64Array(levels.length);
    this.reads = new Float64Array(levels.length);
    this.writes = new Float64Array(levels.length);
    this.block = Float64Array.from(levels, (level) => level.blockSize);
    this.accessPj = Float64Array.from(levels, (level) => level.accessEnergyPj);
    this.readBandwidth = Float64Array.from(levels, (level) => level.readBandwidth ?? Infinity);
    this.writeBandwidth = Float64Array.from(levels, (level) => level.writeBandwidth ?? Infinity);
    this.keepers = DATA_SPACES.map((space) => [
      ...levels.flatMap((level, l) => (level.keeps.includes(space) ? [l] : [])),
      levels.length,
    ]);
    this.macEnergyPj = DIMS.reduce((macs, dim) => macs * problem[dim], 1) * architecture.macEnergyPj;
    this.outputWords = problem.N * problem.M * problem.P * problem.Q;
  }

  /** Cycles and energy of the current fills and spreads. */
  price(): void {
    this.reads.fill(0);
    this.writes.fill(0);
    this.energyPj = this.macEnergyPj;
    for (let space = 0; space < SPACES; space++) this.addDataSpace(space);
    let cycles = this.computeCycles;
    for (let l = 0; l < this.levelCount; l++) {
      cycles = Math.max(
        cycles,
        Math.ceil(this.reads[l]! / this.readBandwidth[l]!),
        Math.ceil(this.writes[l]! / this.writeBandwidth[l]!),
      );
    }
    this.cycles = cycles;
  }

  private addDataSpace(space: number): void {
    const keepers = this.keepers[space]!;
    let partition = this.outputWords;
    for (let k = 0; k + 1 < keepers.length; k++) {
      const level = keepers[k]!;
      const inner = keepers[k + 1]!;
      let fan = 1;
      for (let l = level; l < inner; l++) fan *= this.spread[l * SPACES + space]!;
      const words = inner < this.levelCount ? this.fills[inner * SPACES + space]! : this.computeCycles;
      const traffic = words * fan;
      const fills = this.fills[level * SPACES + space]!;
      let reads = traffic;
      let writes = fills;
      if (space === OUTPUTS) {
        reads = traffic - partition;
        writes = traffic + fills;
        partition /= fan;
      }
      this.reads[level]! += reads;
      this.writes[level]! += writes;
      this.energyPj +=
        Math.ceil((reads + writes) / this.block[level]!) * this.accessPj[level]! * this.instances[level]!;
    }
  }
}
