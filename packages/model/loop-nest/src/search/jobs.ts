import type { MapspaceConstraints } from '../mapspace/mapspace.js';
import { mapspaceSlots, type MapspaceSlots } from '../mapspace/slots.js';
import { coveringSplits, type CoveringSplit } from '../mapspace/covering-splits.js';
import { spatialSplits, type SpatialSplit, type SpatialSplits } from '../mapspace/splits.js';
import { distinctSplits, symmetryOf, type Symmetry } from '../mapspace/symmetry.js';
import { variantsOf, type Variant } from '../mapspace/variants.js';
import type { Architecture } from '../model/architecture.js';
import { Search, type SearchTask } from './search.kernel.js';

/** The part of a search that one of several workers does: every `of`-th spatial split, from `index` on. */
export interface Share {
  readonly index: number;
  readonly of: number;
}

export interface Cost {
  readonly cycles: number;
  readonly energyPj: number;
}

/** Splits that a probe looks at. */
const PROBED_SPLITS = 24;

interface Job extends Cost {
  readonly search: Search;
  readonly split: SpatialSplit;
  /** Place in the order of all jobs. */
  place: number;
}

interface OpenVariant {
  readonly architecture: Architecture;
  readonly slots: MapspaceSlots;
  readonly spatial: SpatialSplits;
  readonly symmetry: Symmetry;
  readonly splits: readonly (SpatialSplit | CoveringSplit)[];
}

/** Variants with their spatial splits; those that only bypass have the same. */
function openVariants({ problem, model, remainders }: SearchTask, variants: readonly Variant[]): OpenVariant[] {
  const known = new Map<string, OpenVariant>();
  return variants.map(({ architecture, constraints }) => {
    const key = architecture.levels.map(({ name }) => name).join('\n');
    let own = known.get(key);
    if (own === undefined) {
      const slots = mapspaceSlots(problem, architecture, constraints);
      const spatial = remainders ? { splits: coveringSplits(slots) } : spatialSplits(slots);
      const symmetry = remainders ? { alike: [], mirror: undefined } : symmetryOf(problem, slots);
      // Where start-up counts the way along a systolic mesh, it matters which axis a dimension is spread over.
      const skewed = model.startUp === true && architecture.levels.some(({ systolic }) => systolic === true);
      const splits = skewed || remainders ? spatial.splits : distinctSplits(spatial.splits, slots, symmetry);
      own = { architecture, slots, spatial, symmetry, splits };
      known.set(key, own);
    }
    return { ...own, architecture };
  });
}

/** All spatial splits of all variants of a mapspace, most promising first, of which a share is searched. */
export class Jobs {
  readonly variants: readonly OpenVariant[];
  /** By level: the smallest tiles that made it turn down a split as a whole. */
  readonly overflows = new Map<number, number>();
  private readonly task: SearchTask;
  private readonly jobs: readonly Job[];
  private done = 0;

  /** `order`: which of two costs is the better one. */
  constructor(
    task: SearchTask,
    architecture: Architecture,
    constraints: MapspaceConstraints,
    order: (a: Cost, b: Cost) => number,
    { index, of }: Share,
  ) {
    this.task = task;
    this.variants = openVariants(task, variantsOf(architecture, constraints));
    const jobs: Job[] = [];
    this.variants.forEach(({ architecture: own, slots, symmetry, splits }, variant) => {
      const search = new Search(task, own, slots, symmetry, variant);
      for (const split of splits) {
        // With several shares a split must have the same place in each, whatever each has found.
        if (of === 1 && 'steps' in split && !task.incumbent.admits(split.steps, 0)) continue;
        if (!search.bound(split, this.overflows)) continue;
        const { cycles, energyPj } = search.cost;
        jobs.push({ search, split, cycles, energyPj, place: 0 });
      }
    });
    jobs.sort(order).forEach((job, place) => (job.place = place));
    this.jobs = of === 1 ? jobs : jobs.filter(({ place }) => place % of === index);
  }

  /** Searches every split that its bound does not rule out, until the effort ends. */
  run(): void {
    const { incumbent, effort } = this.task;
    for (const { search, split, place, cycles, energyPj } of this.jobs) {
      if (incumbent.admits(cycles, energyPj)) search.run(split, place);
      if (effort.stopped) return;
      effort.splitsDone = ++this.done / this.jobs.length;
    }
  }

  /** Looks at a few mappings of each of the most promising splits, for one that rules out many others. */
  probe(): void {
    const { incumbent } = this.task;
    for (const { search, split, place, cycles, energyPj } of this.jobs.slice(0, PROBED_SPLITS)) {
      if (incumbent.admits(cycles, energyPj)) search.probe(split, place);
    }
  }

  /** Bounds of all that a stopped search has not finished. */
  *open(): Generator<Cost> {
    for (const { search, split } of this.jobs.slice(this.done)) {
      search.boundTightly(split);
      yield { cycles: search.cost.cycles, energyPj: search.cost.energyPj };
    }
  }
}
