import type { Architecture } from './architecture.js';
import type { ModelOptions } from './model-options.js';
import { OUTPUTS, SPACES } from './places.js';
import { Pricing } from './pricing.kernel.js';
import { boundOf, type Problem } from './problem.js';

/** Cycles and energy as a function of the words every level is filled with, where all instances of a level do the same. */
export class FillCost extends Pricing {
  /** Different tiles the spatial loops of a level hand out. */
  readonly spread: Float64Array;
  /** Different tiles a level hands to the next one that keeps the data space. */
  private readonly distributed: Float64Array;
  private readonly outputWords: number;

  /** @throws RangeError when the outermost level does not keep every data space, or levels cannot be one room */
  constructor(problem: Problem, architecture: Architecture, options: ModelOptions = {}) {
    super(problem, architecture, options);
    this.spread = new Float64Array(architecture.levels.length * SPACES);
    this.distributed = new Float64Array(architecture.levels.length * SPACES);
    this.outputWords = boundOf(problem, 'G') * problem.N * problem.M * problem.P * problem.Q;
  }

  /** Different tiles from every level that keeps a data space to the next one, once the spreads are known. */
  distribute(): void {
    const { keepers, levelCount, spread, distributed } = this;
    for (let space = 0; space < SPACES; space++) {
      let k = space * (levelCount + 1);
      let level = keepers[k]!;
      while (level < levelCount) {
        const inner = keepers[++k]!;
        let tiles = 1;
        for (let at = level * SPACES + space; at < inner * SPACES; at += SPACES) tiles *= spread[at]!;
        distributed[level * SPACES + space] = tiles;
        level = inner;
      }
    }
  }

  /** Accesses, cycles and energy of the current fills and distributed tiles. */
  price(): void {
    let energyPj = this.macsPj;
    for (let space = 0; space < SPACES; space++) energyPj = this.addDataSpace(space, energyPj);
    this.finish(energyPj);
  }

  /**
   * Walks the levels that keep a data space, outside in: what fills the inner one is read from, or for Outputs added to, the outer.
   * Returns the energy with theirs added.
   */
  private addDataSpace(space: number, energyPj: number): number {
    const { keepers, levelCount, distributed, fills, reads, updates, vectors } = this;
    let partition = this.outputWords;
    let total = energyPj;
    let k = space * (levelCount + 1);
    let level = keepers[k]!;
    while (level < levelCount) {
      const inner = keepers[++k]!;
      const t = level * SPACES + space;
      const distinct = distributed[t]!;
      if (this.startsUp && inner < levelCount) {
        this.handed[inner * SPACES + space] = distinct * this.tiles[inner * SPACES + space]!;
      }
      const traffic = distinct * (inner < levelCount ? fills[inner * SPACES + space]! : this.computeCycles);
      let accesses = traffic + fills[t]!;
      if (space === OUTPUTS) {
        updates[t] = traffic;
        reads[t] = traffic - partition;
        accesses += traffic - partition;
        if (level === 0) accesses += partition / this.completePacking - partition;
        partition /= distinct;
      } else {
        reads[t] = traffic;
      }
      const count = Math.ceil(accesses / this.block[t]!);
      vectors[t] = count;
      total += count * this.accessPj[level]! * this.instances[level]!;
      level = inner;
    }
    return total;
  }

  override totalReads(t: number): number {
    return this.reads[t]! * this.instancesAt(t);
  }

  override totalUpdates(t: number): number {
    return this.updates[t]! * this.instancesAt(t);
  }

  override totalFills(t: number): number {
    return this.fills[t]! * this.instancesAt(t);
  }

  override totalVectors(t: number): number {
    return this.vectors[t]! * this.instancesAt(t);
  }

  private instancesAt(t: number): number {
    return this.instances[Math.floor(t / SPACES)]!;
  }
}
