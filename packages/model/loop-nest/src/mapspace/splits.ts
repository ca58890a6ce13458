import { divisors } from './factor.js';
import { FREE, temporalChoices, within, type MapspaceSlots, type SpatialSlot } from './slots.js';
import { DIMS } from '../model/problem.js';

/** One way to spread a problem over the array: a bound for every spatial slot, and what is left for the temporal loops. */
export interface SpatialSplit {
  /** Bounds, in the order of the slots. */
  readonly bounds: readonly number[];
  /** Per dimension: what the temporal bounds multiply to. */
  readonly rest: readonly number[];
  /** Where bounds may leave remainders: the most that a temporal bound of each dimension may be. */
  readonly most?: readonly number[];
}

/** A product of spatial bounds that a mesh turned down: the smallest one of its axis. */
interface MeshOverflow {
  readonly slot: SpatialSlot;
  readonly product: number;
}

export interface SpatialSplits {
  readonly splits: readonly SpatialSplit[];
  readonly overflow?: MeshOverflow;
  /** The level whose least parallelism turned down a split that was fine otherwise, and the most that any such split had. */
  readonly idle?: { readonly level: number; readonly product: number };
}

/** Every spatial split that fits the meshes and leaves each dimension a product that its temporal factors can make up. */
export function spatialSplits(slots: MapspaceSlots): SpatialSplits {
  const splits: SpatialSplit[] = [];
  const rest = [...slots.bounds];
  const used = { X: slots.meshX.map(() => 1), Y: slots.meshY.map(() => 1) };
  const bounds: number[] = [];
  let overflow: MeshOverflow | undefined;
  let idle: SpatialSplits['idle'];
  const asks = slots.minParallelism.some((least) => least > 0);
  const productOf = (level: number): number => (used.X[level] ?? 1) * (used.Y[level] ?? 1);

  const choose = (index: number): void => {
    const slot = slots.spatial[index];
    if (slot === undefined) {
      if (!rest.every((value, dim) => canFinish(slots, 0, dim, value))) return;
      const level = asks ? slots.minParallelism.findIndex((least, l) => productOf(l) < least) : -1;
      if (level < 0) splits.push({ bounds: [...bounds], rest: [...rest] });
      else if (idle === undefined || productOf(level) > idle.product) idle = { level, product: productOf(level) };
      return;
    }
    const left = rest[slot.dim] ?? 1;
    const before = used[slot.axis][slot.level] ?? 1;
    for (const bound of slot.factor === FREE ? divisors(left) : [slot.factor]) {
      if (left % bound !== 0 || !within(slot, bound)) continue;
      const product = before * bound;
      if (product > meshOf(slots, slot)) {
        if (overflow === undefined || product < overflow.product) overflow = { slot, product };
        continue;
      }
      bounds.push(bound);
      rest[slot.dim] = left / bound;
      used[slot.axis][slot.level] = product;
      choose(index + 1);
      bounds.pop();
    }
    rest[slot.dim] = left;
    used[slot.axis][slot.level] = before;
  };
  choose(0);
  return { splits, ...(overflow === undefined ? {} : { overflow }), ...(idle === undefined ? {} : { idle }) };
}

export function meshOf(slots: MapspaceSlots, slot: SpatialSlot): number {
  return (slot.axis === 'X' ? slots.meshX : slots.meshY)[slot.level] ?? 1;
}

/** Whether the temporal factors of `dim` at `level` and inside can have the product `value`. */
export function canFinish(slots: MapspaceSlots, level: number, dim: number, value: number): boolean {
  if ((slots.limited >> dim) & 1) return canFinishWithin(slots, level, dim, value);
  let left = value;
  let free = false;
  for (let l = level; l < slots.levelNames.length; l++) {
    const factor = slots.temporal[l * DIMS.length + dim] ?? 1;
    if (factor === FREE) free = true;
    else if (left % factor === 0) left /= factor;
    else return false;
  }
  return free || left === 1;
}

/** The same where free factors have limits. */
function canFinishWithin(slots: MapspaceSlots, level: number, dim: number, left: number): boolean {
  if (level === slots.levelNames.length) return left === 1;
  const choices = temporalChoices(slots, level, dim, left);
  return choices.some((factor) => canFinishWithin(slots, level + 1, dim, left / factor));
}
