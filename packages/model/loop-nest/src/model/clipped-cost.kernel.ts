import type { Architecture } from './architecture.js';
import type { ModelOptions } from './model-options.js';
import { OUTPUTS, SPACES } from './places.js';
import { Pricing } from './pricing.kernel.js';
import type { Problem } from './problem.js';

/**
 * Cycles and energy where instances of a level may do different amounts of work. Energy goes by what all of them do, bandwidth by
 * the one with most to do, which is the first.
 */
export class ClippedCost extends Pricing {
  /** Words that a level reads, or for Outputs adds, to serve the next one inwards: at its first instance, and at all. */
  readonly traffic: Float64Array;
  readonly allTraffic: Float64Array;
  readonly allFills: Float64Array;
  /** Words of Outputs that the first instance ever meets, and all do. */
  readonly partition: Float64Array;
  readonly allPartitions: Float64Array;
  private readonly allVectors: Float64Array;

  /** @throws RangeError when the outermost level does not keep every data space, or levels cannot be one room */
  constructor(problem: Problem, architecture: Architecture, options: ModelOptions = {}) {
    super(problem, architecture, options);
    const tiles = architecture.levels.length * SPACES;
    this.traffic = new Float64Array(tiles);
    this.allTraffic = new Float64Array(tiles);
    this.allFills = new Float64Array(tiles);
    this.allVectors = new Float64Array(tiles);
    this.partition = new Float64Array(architecture.levels.length);
    this.allPartitions = new Float64Array(architecture.levels.length);
  }

  /** Accesses, cycles and energy of the current fills and traffic. */
  price(): void {
    let energyPj = this.macsPj;
    for (let space = 0; space < SPACES; space++) {
      for (let k = space * (this.levelCount + 1); this.keepers[k]! < this.levelCount; k++) {
        energyPj += this.account(this.keepers[k]!, space);
      }
    }
    this.finish(energyPj);
  }

  /** Sets the accesses of a data space at a level and returns their energy. */
  private account(level: number, space: number): number {
    const t = level * SPACES + space;
    const { traffic, allTraffic, reads, updates, fills, allFills } = this;
    let own = traffic[t]! + fills[t]!;
    let all = allTraffic[t]! + allFills[t]!;
    reads[t] = traffic[t]!;
    if (space === OUTPUTS) {
      const met = this.partition[level]!;
      const allMet = this.allPartitions[level]!;
      updates[t] = traffic[t]!;
      reads[t] = traffic[t]! - met;
      own += traffic[t]! - met;
      all += allTraffic[t]! - allMet;
      if (level === 0) {
        own += met / this.completePacking - met;
        all += allMet / this.completePacking - allMet;
      }
    }
    const block = this.block[t]!;
    const instances = this.instances[level]!;
    // Where all instances do the same each of them rounds up.
    const vectors = all === own * instances ? Math.ceil(own / block) * instances : Math.ceil(all / block);
    this.vectors[t] = Math.ceil(own / block);
    this.allVectors[t] = vectors;
    return vectors * this.accessPj[level]!;
  }

  override totalReads(t: number): number {
    return t % SPACES === OUTPUTS
      ? this.allTraffic[t]! - this.allPartitions[Math.floor(t / SPACES)]!
      : this.allTraffic[t]!;
  }

  override totalUpdates(t: number): number {
    return t % SPACES === OUTPUTS ? this.allTraffic[t]! : 0;
  }

  override totalFills(t: number): number {
    return this.allFills[t]!;
  }

  override totalVectors(t: number): number {
    return this.allVectors[t]!;
  }
}
