import type { MapspaceSlots } from '../mapspace/slots.js';
import type { SpatialSplit } from '../mapspace/splits.js';
import type { Architecture } from '../model/architecture.js';
import { FillCost } from '../model/cost.kernel.js';
import { FillBounds } from './fill-bounds.kernel.js';
import type { NestPrices } from './nest-prices.js';
import type { SearchTask } from './search.kernel.js';
import type { SplitNest } from './split-nest.kernel.js';
import type { TileBounds } from './tile-bounds.kernel.js';

/** Prices of nests whose bounds multiply to those of the problem, by the fills of their tiles. */
export class ExactPrices implements NestPrices {
  cycles = 0;
  energyPj = 0;
  private readonly slots: MapspaceSlots;
  private readonly cost: FillCost;
  private readonly fills: FillBounds;
  private readonly systolic: readonly boolean[];

  constructor(
    { problem, model }: SearchTask,
    architecture: Architecture,
    slots: MapspaceSlots,
    nest: SplitNest,
    tiles: TileBounds,
  ) {
    this.slots = slots;
    this.cost = new FillCost(problem, architecture, model);
    this.fills = new FillBounds(problem, slots, nest, this.cost, tiles);
    this.systolic = architecture.levels.map(({ systolic }) => systolic === true);
  }

  start(split: SpatialSplit): void {
    this.fills.start();
    if (this.cost.startsUp) this.cost.skewCycles = this.hopsOf(split);
  }

  tighten(): void {
    this.fills.tighten();
  }

  price(chosen: number): void {
    this.fills.update(chosen);
    this.cost.price();
    this.cycles = this.cost.cycles;
    this.energyPj = this.cost.energyPj;
  }

  /** Hops from the first to the last instance of the systolic meshes. */
  private hopsOf({ bounds }: SpatialSplit): number {
    const lengths = new Map<string, number>();
    this.slots.spatial.forEach(({ level, axis }, i) => {
      const key = `${level}${axis}`;
      if (this.systolic[level] === true) lengths.set(key, (lengths.get(key) ?? 1) * bounds[i]!);
    });
    return [...lengths.values()].reduce((hops, length) => hops + length - 1, 0);
  }
}
