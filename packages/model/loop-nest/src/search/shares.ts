import type { MapspaceConstraints, Objective } from '../mapspace/mapspace.js';
import type { Architecture } from '../model/architecture.js';
import type { Problem } from '../model/problem.js';
import { Effort } from './effort.js';
import { BestFound, compareCosts, compareRanks, rankOf, type Rank } from './incumbent.js';
import { Jobs, type Cost, type Share } from './jobs.js';
import type { NoMapping } from './mapper-explain.js';
import { allowsRemainders, type MapperOptions } from './mapper.js';
import {
  countsOf,
  foundMapping,
  noMapping,
  type BestMapping,
  type FoundMapping,
  type SearchCounts,
} from './results.js';

/** What one share of a search came to: plain data, to be sent from where it was searched to where shares are merged. */
export interface SearchedShare {
  readonly objective: Objective;
  readonly counts: SearchCounts;
  /** The best mapping of the share, and the place of its spatial split among those of all shares. */
  readonly best?: FoundMapping & { readonly rank: Rank; readonly place: number };
  /** The least rank a mapping can have that the share has not searched; absent when it is done. */
  readonly open?: Rank;
  /** Why nothing was found. */
  readonly none?: NoMapping;
}

/**
 * Searches a share of a mapspace, so that several workers can search one together: call it with every `index` below `of`, and merge the
 * results. The mapping that `mergeShares` chooses is the same for any number of shares.
 *
 * @param share - which of how many shares; the whole mapspace unless given
 * @param limit - rank of a mapping that another share has found, which need not be found again
 * @param exchange - called every few thousand mappings with the rank of the best one of this share, if any; returns the least rank of the other
 *   shares so far, if any, which rules out what is worse here, too
 * @throws RangeError as `findBestMapping` does
 */
export function searchShare(
  problem: Problem,
  architecture: Architecture,
  constraints: MapspaceConstraints,
  options: ShareOptions = {},
): SearchedShare {
  const search = (own: PhaseOptions): SearchedShare => searchPhase(problem, architecture, constraints, own);
  if (options.factors !== 'remainders') return search(options);
  // Mappings without remainders are among those with them, far fewer, and found fast; a look at some with remainders comes next. The best of
  // both rules out most of the others. Neither has a place in the order of splits, so an equal one found later has precedence.
  const budget = partOf(options.budget, 1 / 3);
  const exact = search({ ...options, factors: 'exact', budget });
  const probed = search({ ...options, budget, isProbe: true, ...limitOf(options, exact) });
  const all = search({ ...options, budget, ...limitOf(options, exact, probed) });
  const counts = { ...add(add(exact.counts, probed.counts), all.counts), proven: all.counts.proven };
  const candidates = [exact, probed].flatMap(({ best }) => (best === undefined ? [] : [{ ...best, place: Infinity }]));
  const best = chooseFrom([...(all.best === undefined ? [] : [all.best]), ...candidates], counts.proven);
  if (best === undefined) return { ...all, counts };
  return { objective: all.objective, counts, best, ...(all.open === undefined ? {} : { open: all.open }) };
}

export interface ShareOptions extends MapperOptions {
  readonly share?: Share;
  readonly limit?: Rank;
  readonly exchange?: (own: Rank | undefined) => Rank | undefined;
}
type PhaseOptions = ShareOptions & { readonly isProbe?: boolean };

function limitOf(
  { limit, objective = 'cycles-then-energy' }: ShareOptions,
  ...shares: readonly SearchedShare[]
): { readonly limit?: Rank } {
  const ranks = [...(limit === undefined ? [] : [limit]), ...shares.flatMap(({ best }) => best?.rank ?? [])];
  if (ranks.length === 0) return {};
  return { limit: loosened(objective, ranks.reduce(least)) };
}

/** Phases of a search price in different orders, so energies that are equal may differ by rounding. */
function loosened(objective: Objective, { first, second }: Rank): Rank {
  return objective === 'cycles-then-energy'
    ? { first, second: second * (1 + 1e-9) }
    : { first: first * (1 + 1e-9), second };
}

function partOf(budget: MapperOptions['budget'], share: number): NonNullable<MapperOptions['budget']> {
  const { evaluations, seconds } = budget ?? {};
  return {
    ...(evaluations === undefined ? {} : { evaluations: Math.floor(evaluations * share) }),
    ...(seconds === undefined ? {} : { seconds: seconds * share }),
  };
}

function searchPhase(
  problem: Problem,
  architecture: Architecture,
  constraints: MapspaceConstraints,
  options: PhaseOptions,
): SearchedShare {
  const { objective = 'cycles-then-energy', model = {}, share = { index: 0, of: 1 }, limit } = options;
  const incumbent = new BestFound(objective, limit);
  const effort = new Effort(exchanging(options, incumbent));
  const task = { problem, model, incumbent, effort, remainders: allowsRemainders(options) };
  const rank = ({ cycles, energyPj }: Cost): Rank => rankOf(objective, cycles, energyPj);
  const jobs = new Jobs(task, architecture, constraints, (a, b) => compareCosts(objective, a, b), share);
  if (options.isProbe === true) jobs.probe();
  else jobs.run();
  const { best, rank: own } = incumbent;
  return {
    objective,
    counts: countsOf(effort),
    ...(best === undefined
      ? { none: noMapping(jobs, effort) }
      : { best: { ...foundMapping(task, jobs, best), rank: own, place: best.place } }),
    ...(effort.stopped && options.isProbe !== true ? { open: [...jobs.open()].map(rank).reduce(least, own) } : {}),
  };
}

/** Effort that looks at what other shares have found whenever it looks at the rest of the world. */
function exchanging(options: PhaseOptions, incumbent: BestFound): PhaseOptions {
  const { exchange, onProgress, objective = 'cycles-then-energy' } = options;
  if (exchange === undefined) return options;
  return {
    ...options,
    onProgress: (progress) => {
      onProgress?.(progress);
      const theirs = exchange(incumbent.best === undefined ? undefined : incumbent.rank);
      if (theirs !== undefined) incumbent.limitTo(loosened(objective, theirs));
    },
  };
}

/** The best mapping of all shares of a search; of equal ones that of the split searched first. */
export function mergeShares(shares: readonly SearchedShare[]): BestMapping | NoMapping {
  const [first, ...others] = shares;
  if (first === undefined) throw new RangeError('no shares to merge');
  const counts = others.reduce((sum, { counts: own }) => add(sum, own), first.counts);
  const found = shares.flatMap(({ best }) => best ?? []);
  const best = chooseFrom(found, counts.proven);
  if (best === undefined) {
    const reasons = shares.flatMap(({ none }) => none ?? []);
    const reason = reasons.find(({ cause }) => cause === 'stopped') ?? reasons[0];
    if (reason === undefined) throw new Error('internal error: shares with neither a mapping nor a reason');
    return reason;
  }
  const { mapping, architecture, evaluation, rank } = best;
  const bound = shares.flatMap(({ open }) => open ?? []).reduce(least, rank);
  return { found: true, mapping, architecture, evaluation, ...counts, ...distance(first.objective, rank, bound) };
}

/** The best mapping; once all was searched the splits have found one that is as good as any without a place in their order. */
function chooseFrom<T extends Placed>(found: readonly T[], proven: boolean): T | undefined {
  const placed = found.filter(({ place }) => place < Infinity);
  return [...(proven && placed.length > 0 ? placed : found)].sort(byRankAndPlace)[0];
}

type Placed = Pick<NonNullable<SearchedShare['best']>, 'rank' | 'place'>;

function byRankAndPlace(a: Placed, b: Placed): number {
  return compareRanks(a.rank, b.rank) || Number(a.place > b.place) - Number(a.place < b.place);
}

function least(a: Rank, b: Rank): Rank {
  return compareRanks(b, a) < 0 ? b : a;
}

function add(a: SearchCounts, b: SearchCounts): SearchCounts {
  return {
    evaluated: a.evaluated + b.evaluated,
    considered: a.considered + b.considered,
    pruned: a.pruned + b.pruned,
    proven: a.proven && b.proven,
  };
}

function distance(objective: Objective, best: Rank, bound: Rank): Pick<BestMapping, 'lowerBound' | 'gap'> {
  const byCycles = objective === 'cycles-then-energy';
  if (byCycles && best.first > bound.first) {
    return { lowerBound: { of: 'cycles', value: bound.first }, gap: best.first / bound.first - 1 };
  }
  const [own, value] = byCycles ? [best.second, bound.second] : [best.first, bound.first];
  const gap = own === value ? 0 : own / value - 1;
  return { lowerBound: { of: objective === 'edp' ? 'edp' : 'energyPj', value }, gap };
}
