import {
  compareCosts,
  costBounds,
  type CostBounds,
  type Costs,
  fromCosts,
  hypervolume,
  type Objective,
} from '@archon-dse/core';
import { boundedValues } from './bounded.js';
import { estimateVolume, MOST_COMPARISONS, MOST_STEPS } from './estimate-volume.js';
import { findKnee } from './knee.js';
import { costsOf, feasiblePlaces, isFeasible, type PointTable } from './points/point-table.js';
import type {
  BestPoint,
  GroupSummary,
  MeasuredVolume,
  OptionColumn,
  OptionSummary,
  OptionValueSummary,
  VolumeSummary,
} from './report-model.js';

/** Hypervolume over all feasible points, whatever their group; undefined without any. */
export function summarizeVolume(table: PointTable): VolumeSummary | undefined {
  const places = feasiblePlaces(table);
  if (places.length === 0) return undefined;
  const { objectives } = table.sweep;
  const bounds = costBounds(costsOf(table, places), objectives.length);
  return {
    ideal: fromCosts(bounds.ideal, objectives),
    reference: fromCosts(bounds.reference, objectives),
    ...volumes(vectorsOf(table, frontOf(table, places)), bounds),
  };
}

/** Fronts, knees and hypervolumes by group, in the order of the points. */
export function summarizeGroups(table: PointTable, whole: VolumeSummary | undefined): GroupSummary[] {
  const { ids, groups, sweep } = table;
  const bounds = costBounds(costsOf(table, feasiblePlaces(table)), sweep.objectives.length);
  const codes = [...new Set(groups.codes)];
  return codes.map((group) => {
    const places = frontOf(table, feasiblePlaces(table, group));
    const vectors = vectorsOf(table, places);
    const front = places
      .map((at, i) => ({ id: ids[at] ?? '', costs: vectors[i] ?? [] }))
      .sort((a, b) => compareCosts(a.costs, b.costs));
    const costs = front.map((point) => point.costs);
    const knee = findKnee(costs);
    return {
      key: groups.values[group] ?? '',
      points: groups.codes.reduce((sum, code) => sum + Number(code === group), 0),
      front: front.map(({ id }) => id),
      ...(knee === undefined ? {} : { knee: { id: front[knee.index]?.id ?? '', distance: knee.distance } }),
      ...(codes.length === 1 && whole !== undefined ? measuredOf(whole) : volumes(costs, bounds, codes.length)),
    };
  });
}

function measuredOf({ hypervolume: volume, normalized, estimate }: MeasuredVolume): MeasuredVolume {
  return { hypervolume: volume, normalized, ...(estimate === undefined ? {} : { estimate }) };
}

/**
 * Best feasible point of each objective. Among equals the one that is better in the other objectives, the first that tells them apart
 * deciding: so it is dominated by none and stands on its group's front. Points equal in every objective: the first in point order.
 */
export function bestPoints(table: PointTable): BestPoint[] {
  const { objectives } = table.sweep;
  const places = feasiblePlaces(table);
  const costs = costsOf(table, places);
  return objectives.flatMap((objective, first) => {
    const order = [first, ...objectives.keys()].filter((i, at) => at === 0 || i !== first);
    const isBetter = (a: number, b: number): boolean => {
      const decides = order.find((i) => costAt(costs, objectives, a, i) !== costAt(costs, objectives, b, i));
      return decides !== undefined && costAt(costs, objectives, a, decides) < costAt(costs, objectives, b, decides);
    };
    let best = 0;
    for (const row of places.keys()) if (isBetter(row, best)) best = row;
    const at = places[best];
    if (at === undefined) return [];
    return [{ ...objective, id: table.ids[at] ?? '', value: table.metrics.get(objective.metric)?.[at] ?? NaN }];
  });
}

function costAt(costs: Float64Array, { length }: readonly Objective[], row: number, i: number): number {
  return costs[row * length + i] ?? NaN;
}

/**
 * Counts and best values by value of each varied option.
 *
 * @param isRefined - whether the points of a second step alone count
 * @param isShown - which options
 */
export function summarizeOptions(
  table: PointTable,
  isRefined: boolean,
  isShown: (column: OptionColumn) => boolean,
): OptionSummary[] {
  const { columns, codes } = table.options;
  return columns.flatMap((column, i) => {
    if (!column.varies || !isShown(column)) return [];
    const tally = new ValueTally(table, column.values.length);
    for (const [at, code] of (codes[i] ?? new Int32Array()).entries()) {
      if (code >= 0 && (!isRefined || table.refines.has(table.ids[at] ?? ''))) tally.add(at, code);
    }
    const values = column.values.map((value, code) => tally.of(value, code));
    return [{ key: column.key, label: column.label, ...boundedValues(values) }];
  });
}

/** Counts by the values of one option. */
class ValueTally {
  readonly #table: PointTable;
  readonly #points: Uint32Array;
  readonly #feasible: Uint32Array;
  readonly #front: Uint32Array;
  /** Of each objective the place of the best point by value. */
  readonly #best: Int32Array[];

  constructor(table: PointTable, values: number) {
    this.#table = table;
    [this.#points, this.#feasible, this.#front] = [
      new Uint32Array(values),
      new Uint32Array(values),
      new Uint32Array(values),
    ];
    this.#best = table.sweep.objectives.map(() => new Int32Array(values).fill(-1));
  }

  add(at: number, code: number): void {
    const { ranks, sweep, metrics } = this.#table;
    this.#points[code] = (this.#points[code] ?? 0) + 1;
    if (!isFeasible(this.#table, at)) return;
    this.#feasible[code] = (this.#feasible[code] ?? 0) + 1;
    if (ranks[at] === 1) this.#front[code] = (this.#front[code] ?? 0) + 1;
    for (const [i, { metric, direction }] of sweep.objectives.entries()) {
      const values = metrics.get(metric);
      const known = values?.[this.#best[i]?.[code] ?? -1] ?? NaN;
      const value = values?.[at] ?? NaN;
      const isWorse = direction === 'maximize' ? value <= known : value >= known;
      if (!isWorse) this.#best[i]?.fill(at, code, code + 1);
    }
  }

  of(value: OptionValueSummary['value'], code: number): OptionValueSummary {
    const { sweep, metrics } = this.#table;
    const best = sweep.objectives.flatMap(({ metric }, i): [string, number][] => {
      const at = this.#best[i]?.[code] ?? -1;
      return at < 0 ? [] : [[metric, metrics.get(metric)?.[at] ?? NaN]];
    });
    return {
      value,
      points: this.#points[code] ?? 0,
      feasible: this.#feasible[code] ?? 0,
      front: this.#front[code] ?? 0,
      best: Object.fromEntries(best),
    };
  }
}

function frontOf({ ranks }: PointTable, places: readonly number[]): readonly number[] {
  return places.filter((at) => ranks[at] === 1);
}

function vectorsOf(table: PointTable, places: readonly number[]): Costs[] {
  const costs = costsOf(table, places);
  const { length } = table.sweep.objectives;
  return places.map((_, row) => [...costs.subarray(row * length, (row + 1) * length)]);
}

/**
 * The exact volume where it can be had for a bounded amount of work, else an estimate that says so.
 *
 * @param costs - of fronts; what they dominate adds nothing
 * @param parts - volumes that share the work
 */
function volumes(costs: readonly Costs[], { ideal, reference }: CostBounds, parts = 1): MeasuredVolume {
  const box = hypervolume([ideal], reference);
  const shareOf = (volume: number): number => (box > 0 ? volume / box : 0);
  const exact = hypervolume(costs, reference, MOST_STEPS / parts);
  if (exact !== undefined) return { hypervolume: exact, normalized: shareOf(exact) };
  const { volume, standardError, samples } = estimateVolume(costs, reference, MOST_COMPARISONS / parts);
  const estimate = { standardError: shareOf(standardError), samples };
  return { hypervolume: volume, normalized: shareOf(volume), estimate };
}
