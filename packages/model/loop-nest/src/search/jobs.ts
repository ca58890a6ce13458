import type { Architecture } from '../model/architecture.js';
import type { MapspaceConstraints } from '../mapspace/mapspace.js';
import { mapspaceSlots, type MapspaceSlots } from '../mapspace/slots.js';
import { spatialSplits, type MeshOverflow, type SpatialSplit } from '../mapspace/splits.js';
import { Search, type SearchTask } from './search.kernel.js';

/** One architecture with its constraints: the one of the call, or a choice the constraints leave open. */
export interface Variant {
  readonly architecture: Architecture;
  readonly constraints: MapspaceConstraints;
}

/** The part of a search that one of several workers does: every `of`-th split, from `index` on. */
export interface Share {
  readonly index: number;
  readonly of: number;
}

interface OpenVariant extends Variant {
  readonly slots: MapspaceSlots;
  readonly search: Search;
  readonly meshOverflow: MeshOverflow | undefined;
}

interface Job {
  readonly search: Search;
  readonly variant: number;
  readonly split: SpatialSplit;
  readonly cycles: number;
  readonly energyPj: number;
}

export interface Cost {
  readonly cycles: number;
  readonly energyPj: number;
}

/** All spatial splits of all variants, most promising first. */
export class Jobs {
  readonly variants: readonly OpenVariant[];
  /** Place in the order of splits of the one that `keep` was last called for, to decide between equal mappings of several shares. */
  current = 0;
  private readonly task: SearchTask;
  private readonly jobs: readonly Job[];
  private next = 0;

  /** `order`: which of two costs is the better one. */
  constructor(task: SearchTask, variants: readonly Variant[], order: (a: Cost, b: Cost) => number) {
    this.task = task;
    const jobs: Job[] = [];
    this.variants = variants.map(({ architecture, constraints }, variant) => {
      const slots = mapspaceSlots(task.problem, architecture, constraints);
      const search = new Search(task, architecture, slots, variant);
      const { splits, overflow } = spatialSplits(slots);
      for (const split of splits) {
        if (!search.bound(split)) continue;
        const { cycles, energyPj } = search.cost;
        jobs.push({ search, variant, split, cycles, energyPj });
      }
      return { architecture, constraints, slots, search, meshOverflow: overflow };
    });
    this.jobs = jobs.sort(order);
  }

  /** Searches every split that its bound does not rule out, until the effort ends. */
  run({ index, of }: Share): void {
    const { task, jobs } = this;
    const seen = new Set<string>();
    let place = 0;
    for (const [at, { search, variant, split, cycles, energyPj }] of jobs.entries()) {
      this.next = at;
      if (task.effort.stopped) break;
      if (!task.incumbent.admits(cycles, energyPj)) continue;
      const key = `${variant} ${search.keyOf(split)}`;
      if (seen.has(key)) continue;
      seen.add(key);
      this.current = place;
      if (place++ % of === index) search.run(split);
      task.effort.splitsDone = (at + 1) / jobs.length;
    }
  }

  /** Bounds of all that a stopped search has not finished. */
  *open(): Generator<Cost> {
    for (const { search, split } of this.jobs.slice(this.next)) {
      search.boundTightly(split);
      yield { cycles: search.cost.cycles, energyPj: search.cost.energyPj };
    }
  }
}
