import type { ContributionMeta } from '../contribution.js';
import type { Costs } from '../front/pareto.js';
import type { Choices, SearchSpace } from './space.js';

/** What a search is about. Plain data. */
export interface SearchProblem {
  readonly space: SearchSpace;
  /** How many objectives the points have, all minimised. */
  readonly objectives: number;
  /** Unsigned 32-bit seed: the only randomness of a strategy. */
  readonly seed: number;
  /** How many points may be evaluated. */
  readonly budget: number;
}

/** What came of a point that a strategy asked for. */
export interface SearchResult {
  /** As they were asked for, with axes that the point does not have at 0. */
  readonly choices: Choices;
  /** `excluded` points break a constraint between options: they are not evaluated and cost nothing. */
  readonly state: 'ok' | 'failed' | 'excluded';
  /** The objectives, finite and minimised; only of points that are `ok`. */
  readonly costs?: Costs;
  /** How far the metrics are outside of what the sweep allows, as shares of the bounds added up; 0 inside. Only of points that are `ok`. */
  readonly violation?: number;
  /** Points of different groups have fronts of their own; the same text for all unless the sweep has groups. */
  readonly group: string;
}

/**
 * A search for the points of a sweep worth evaluating: asked for a batch of points, told what came of them, asked for the next. Pure: what
 * it asks for depends on its state alone, which is plain JSON and what `tell` made of it. The host may evaluate the points of a batch in
 * any order and on any number of machines, and replays what it was told to go on after an interruption.
 */
export interface Strategy<S = unknown> {
  /**
   * Index of an axis of effort, such as epochs of training, where the strategy has one: points at its last value are what is found, those
   * before it only tell which are worth that much. They are on no front once there are points at the last value.
   */
  readonly effort?: number;
  /** The state before anything was told. */
  start(): S;
  /**
   * The next batch; how many points it has is the strategy's to say, and never depends on who evaluates them. No points end the search.
   * A point that was asked for before costs nothing: it is told again.
   */
  ask(state: S): readonly Choices[];
  /** @param results - of the whole batch, in its order */
  tell(state: S, results: readonly SearchResult[]): S;
}

export interface StrategyMeta extends ContributionMeta {
  /** Set where it asks for all points of any space and then for no more: a search by it needs no budget. */
  readonly isExhaustive?: true;
}
