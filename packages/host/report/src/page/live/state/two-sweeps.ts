import { costBounds, countDominated, hypervolume, paretoRanks, type Costs, type Objective } from '@archon-dse/core';
import { estimateVolume, MOST_STEPS } from '../../../estimate-volume.js';
import type { Point, Report } from '../../sweep/state/report.js';

/** One of two sweeps, held against the other. */
export interface SweepSide {
  readonly name: string;
  readonly points: number;
  readonly feasible: number;
  /** On its front over all groups, by the objectives that both have. */
  readonly front: readonly Point[];
  /** Share of the box around the feasible points of both that its front dominates. */
  readonly share: number;
  readonly isExact: boolean;
  /** Points that the other has no record of; points are known by all that decides their result. */
  readonly only: number;
  /** Those of them on the front. */
  readonly onlyOnFront: readonly Point[];
  /** Points of its front that a point of the other's front dominates. */
  readonly dominated: number;
}

export interface TwoSweepsCompared {
  readonly objectives: readonly Objective[];
  readonly sides: readonly [SweepSide, SweepSide];
  readonly inBoth: number;
}

/**
 * Two sweeps by one measure: both hypervolumes are against one reference, that of the feasible points of both together.
 *
 * @returns nothing where they have no objective in common, or neither has a feasible point
 */
export function compareSweeps(one: Report, other: Report): TwoSweepsCompared | undefined {
  const objectives = one.summary.objectives.filter(({ metric, direction }) =>
    other.summary.objectives.some((objective) => objective.metric === metric && objective.direction === direction),
  );
  const costs = [one, other].map((report) => feasibleCosts(report, objectives)) as [CostsByPoint, CostsByPoint];
  const all = costs.flatMap((each) => [...each.values()]);
  if (objectives.length === 0 || all.length === 0) return undefined;
  const bounds = costBounds(Float64Array.from(all.flat()), objectives.length);
  const fronts = costs.map(frontOf) as [CostsByPoint, CostsByPoint];
  return {
    objectives,
    sides: [
      sideOf(one, other, { fronts, costs: costs[0], bounds }),
      sideOf(other, one, { fronts: [fronts[1], fronts[0]], costs: costs[1], bounds }),
    ],
    inBoth: one.points.filter(({ id }) => other.byId.get(id) !== undefined).length,
  };
}

type CostsByPoint = ReadonlyMap<Point, Costs>;

function feasibleCosts({ points, ranks, numbersOf }: Report, objectives: readonly Objective[]): CostsByPoint {
  const values = objectives.map(
    ({ metric, direction }) => [numbersOf(metric), direction === 'maximize' ? -1 : 1] as const,
  );
  const costs = new Map<Point, Costs>();
  for (const [at, point] of points.entries()) {
    if (ranks[at])
      costs.set(
        point,
        values.map(([numbers, sign]) => sign * (numbers[at] ?? NaN)),
      );
  }
  return costs;
}

/** Over all groups: what no other front point of its sweep dominates. */
function frontOf(costs: CostsByPoint): CostsByPoint {
  const first = [...costs].filter(([{ rank }]) => rank === 1);
  const ranks = paretoRanks(first.map(([, mine]) => mine));
  return new Map(first.filter((_, at) => ranks[at] === 1));
}

interface Measure {
  /** Its own and the other's. */
  readonly fronts: readonly [CostsByPoint, CostsByPoint];
  readonly costs: CostsByPoint;
  readonly bounds: ReturnType<typeof costBounds>;
}

function sideOf(
  { summary, points }: Report,
  other: Report,
  { fronts: [front, theirs], costs, bounds }: Measure,
): SweepSide {
  const { ideal, reference } = bounds;
  const mine = [...front.values()];
  const exact = hypervolume(mine, reference, MOST_STEPS);
  const volume = exact ?? estimateVolume(mine, reference).volume;
  const box = hypervolume([ideal], reference);
  const isOnly = ({ id }: Point): boolean => other.byId.get(id) === undefined;
  return {
    name: summary.name,
    points: points.length,
    feasible: costs.size,
    front: [...front.keys()],
    share: box > 0 ? volume / box : 0,
    isExact: exact !== undefined,
    only: points.filter(isOnly).length,
    onlyOnFront: [...front.keys()].filter(isOnly),
    dominated: countDominated(mine, [...theirs.values()]),
  };
}
