import type { JsonValue, Options } from './json.js';
import type { Direction } from './metric.js';
import type { AxisValues } from './search/range.js';

/** A contribution with fixed options and axes: each axis holds the values one option takes. */
export interface Candidate {
  /** Public id, `namespace/name`. */
  readonly use: string;
  readonly options: Options;
  /** Listed, but for ranges of a sweep that searches. */
  readonly axes: Readonly<Record<string, AxisValues>>;
  /**
   * Axes that exist only where others before them have one of some values, by axis and by option; elsewhere their option has the value in
   * `options`.
   */
  readonly when?: Readonly<Record<string, Readonly<Record<string, readonly JsonValue[]>>>>;
  /** Formulas between options that must hold; a combination that breaks one is no point of the sweep. */
  readonly where?: readonly string[];
}

export interface Objective {
  /** A metric of the record, e.g. `cycles`, `energyPj`, `areaUm2`, `accuracy`. */
  readonly metric: string;
  readonly direction: Direction;
}

/** Points outside the bounds stay in the journal but are kept off the front. */
export interface Constraint {
  readonly metric: string;
  readonly min?: number;
  readonly max?: number;
}

/** A value somebody published, shown beside what a sweep measures. It is on no front, in no record and in no table of points. */
export interface Reference {
  readonly metric: string;
  /** In the metric's own unit. */
  readonly value: number;
  readonly label: string;
  readonly source: string;
}

/** A metric that follows from others by a formula, see `parseFormula`. It is in no record: it is computed where records are read. */
export interface DerivedMetric {
  readonly name: string;
  readonly formula: string;
  readonly unit?: string;
  /** Which way is better; an objective says so where this does not. */
  readonly direction?: Direction;
  readonly description?: string;
}

/** A second step: the best points of the first are evaluated again with other options, and the front is theirs. */
export interface Refine {
  /** All points on the Pareto front of their group, or the first so many of each group. */
  readonly top: 'front' | number;
  /** Values by path into the point: `seed`, or the path of an option. Points that have no such option keep what they have. */
  readonly set: Readonly<Record<string, JsonValue>>;
}

/** A search for the points worth evaluating, in place of all of them. */
export interface Search {
  /** Public id of a strategy, `namespace/name`. */
  readonly strategy: string;
  readonly options: Options;
  readonly budget: {
    /** The most points to evaluate. */
    readonly points: number;
  };
  /** Of the search alone; points have the seed of the sweep. */
  readonly seed: number;
}

/** A sweep after validation: ids resolved, defaults filled in, ranges expanded unless it searches. */
export interface Sweep {
  readonly apiVersion: 'archon/v1';
  readonly name: string;
  readonly description?: string;
  /** Third-party plugin packages, beside the built-in ones. */
  readonly plugins: readonly string[];
  readonly seed: number;
  readonly networks: readonly Candidate[];
  readonly stages: readonly Candidate[];
  readonly accelerators: readonly Candidate[];
  /** Formulas between options of different parts, by their paths; a point that breaks one is none of the sweep. */
  readonly where?: readonly string[];
  /** Numbers that formulas name. */
  readonly constants?: Readonly<Record<string, number>>;
  /** Each after those its formula names. */
  readonly metrics?: readonly DerivedMetric[];
  readonly objectives: readonly Objective[];
  readonly constraints: readonly Constraint[];
  /** Path into the point by which fronts are separate, e.g. `network` or `network.options.width`. */
  readonly groupBy?: string;
  readonly search?: Search;
  readonly refine?: Refine;
  readonly references?: readonly Reference[];
  readonly executor: ExecutorSettings;
}

/** How points are evaluated. What Slurm is told is only with `kind: slurm`. */
export interface ExecutorSettings extends SlurmSettings {
  readonly kind: 'workerpool' | 'serial' | 'slurm';
  readonly workers?: number;
  /** A point that takes longer, in seconds, fails; no limit when absent. */
  readonly timeoutS?: number;
}

/** What Slurm is told of the tasks that evaluate points; what is absent the site decides. */
export interface SlurmSettings {
  readonly partition?: string;
  readonly account?: string;
  readonly qos?: string;
  readonly constraint?: string;
  /** The longest a task may run, in minutes. */
  readonly timeMinutes?: number;
  /** Memory of a task, in MiB. */
  readonly memoryMb?: number;
  /** Generic resources of a task, e.g. `gpu:1`. */
  readonly gres?: string;
  /** Cores of a task and threads it evaluates with; 1 when absent. */
  readonly cpusPerTask?: number;
  /** The most tasks of an array; 100 when absent. */
  readonly tasks?: number;
  /** The most tasks that run at once. */
  readonly tasksAtOnce?: number;
  /** Points of a task; so many that it lasts minutes when absent. */
  readonly pointsPerTask?: number;
  /** Seconds between two looks at the queue; 10 when absent. */
  readonly pollS?: number;
  /** Lines of bash that a task begins with. */
  readonly setup?: readonly string[];
  /** More options of sbatch, as `--exclude=n3`. */
  readonly options?: readonly string[];
}

export interface Choice {
  readonly use: string;
  readonly options: Options;
}

/** One combination of the cross product; all options are present. */
export interface Point {
  readonly network: Choice;
  readonly stages: readonly Choice[];
  readonly accelerator: Choice;
  readonly seed: number;
}
