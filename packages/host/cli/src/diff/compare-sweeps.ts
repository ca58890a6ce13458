import {
  canonicalJson,
  costBounds,
  costsIn,
  countDominated,
  fromCosts,
  hypervolume,
  paretoRanks,
  type Costs,
  type Objective,
  type RecordHead,
  type Sweep,
} from '@archon-dse/core';

/** The records of one sweep, for a comparison. */
export interface ComparedSweep {
  readonly name: string;
  readonly sweep: Sweep;
  readonly heads: () => Iterable<RecordHead>;
}

/** What one of two sweeps has. */
export interface SideSummary {
  readonly name: string;
  readonly points: number;
  readonly feasible: number;
  readonly front: number;
  /** Front points that a front point of the other sweep dominates. */
  readonly dominated: number;
  /** Of the front up to the common reference, in the product of the objectives' units; null where it takes too long. */
  readonly hypervolume: number | null;
}

/** A point of both sweeps whose results are not the same. */
interface ChangedPoint {
  readonly pointId: string;
  /** By name the values in the first and in the second; null where one has none. */
  readonly metrics: Readonly<Record<string, readonly [number | null, number | null]>>;
  readonly status: readonly [RecordHead['status'], RecordHead['status']];
}

export interface SweepDiff {
  readonly objectives: readonly Objective[];
  readonly a: SideSummary;
  readonly b: SideSummary;
  /** Worst value of each objective over the feasible points of both, and further out as in reports; see `costBounds`. */
  readonly reference: Readonly<Record<string, number>>;
  /** Hypervolume of the second over that of the first; null where either is unknown or the first is 0. */
  readonly ratio: number | null;
  /** Front points that only one of the fronts has, by id. */
  readonly onlyOnFront: { readonly a: readonly string[]; readonly b: readonly string[] };
  /** Points that only one of the sweeps has. */
  readonly onlyIn: { readonly a: number; readonly b: number };
  readonly changed: readonly ChangedPoint[];
}

interface Side extends ComparedSweep {
  readonly byId: ReadonlyMap<string, Pick<RecordHead, 'status' | 'metrics'>>;
  readonly front: ReadonlyMap<string, Costs>;
  readonly costs: readonly Costs[];
}

/** Steps of the exact hypervolume, some seconds. */
const MOST_STEPS = 1e8;

/** Two sweeps of the same objectives: their fronts against each other, and their common points. Heads are read once. */
export function compareSweeps(first: ComparedSweep, second: ComparedSweep): SweepDiff {
  const { objectives } = first.sweep;
  const [a, b] = [sideOf(first), sideOf(second)];
  const reference = referenceOf([...a.costs, ...b.costs], objectives.length);
  const volumeOf = ({ front }: Side): number | null => hypervolume([...front.values()], reference, MOST_STEPS) ?? null;
  const [before, after] = [volumeOf(a), volumeOf(b)];
  return {
    objectives,
    a: summaryOf(a, b, before),
    b: summaryOf(b, a, after),
    reference: fromCosts(reference, objectives),
    ratio: before === null || after === null || before === 0 ? null : after / before,
    onlyOnFront: { a: missingIn(a.front, b.front), b: missingIn(b.front, a.front) },
    onlyIn: { a: missingIn(a.byId, b.byId).length, b: missingIn(b.byId, a.byId).length },
    changed: changedPoints(a, b),
  };
}

function sideOf(compared: ComparedSweep): Side {
  const costsOf = costsIn(compared.sweep);
  const byId = new Map<string, Pick<RecordHead, 'status' | 'metrics'>>();
  const [ids, costs]: [string[], Costs[]] = [[], []];
  for (const head of compared.heads()) {
    byId.set(head.pointId, { status: head.status, metrics: head.metrics });
    const found = costsOf(head);
    if (found === undefined) continue;
    ids.push(head.pointId);
    costs.push(found);
  }
  const ranks = paretoRanks(costs);
  const front = new Map(ids.flatMap((id, i) => (ranks[i] === 1 ? [[id, costs[i] ?? []] as const] : [])));
  return { ...compared, byId, costs, front };
}

function summaryOf({ name, byId, costs, front }: Side, other: Side, volume: number | null): SideSummary {
  const dominated = countDominated([...front.values()], [...other.front.values()]);
  return { name, points: byId.size, feasible: costs.length, front: front.size, dominated, hypervolume: volume };
}

/** That of reports, so that a page and this command measure alike; without a feasible point there is nothing to measure. */
function referenceOf(costs: readonly Costs[], dimensions: number): Costs {
  if (costs.length === 0) return new Array<number>(dimensions).fill(0);
  return costBounds(Float64Array.from(costs.flat()), dimensions).reference;
}

function missingIn(from: ReadonlyMap<string, unknown>, other: ReadonlyMap<string, unknown>): readonly string[] {
  return [...from.keys()].filter((id) => !other.has(id));
}

/** Points with one id are the same design on the same code: their measured results must be equal. */
function changedPoints(a: Side, b: Side): readonly ChangedPoint[] {
  return [...a.byId].flatMap(([pointId, was]): ChangedPoint[] => {
    const is = b.byId.get(pointId);
    if (is === undefined || canonicalJson([was.status, was.metrics]) === canonicalJson([is.status, is.metrics]))
      return [];
    const names = [...new Set([...Object.keys(was.metrics), ...Object.keys(is.metrics)])];
    const differing = names.filter((name) => was.metrics[name] !== is.metrics[name]);
    const metrics = differing.map((name) => [name, [was.metrics[name] ?? null, is.metrics[name] ?? null]] as const);
    return [{ pointId, metrics: Object.fromEntries(metrics), status: [was.status, is.status] }];
  });
}
