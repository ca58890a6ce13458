import { fail } from '@archon-dse/core';
import {
  evaluate,
  mapspaceBuilt,
  mergeShares,
  searchShare,
  type Architecture,
  type BestMapping,
  type MapperOptions,
  type MapspaceConstraints,
  type ModelOptions,
  type Problem,
  type SearchedShare,
  type ShareOptions,
} from '@archon-dse/loop-nest';
import type { TimeloopFile } from './input/sections.js';
import { reportOf, type Report } from './output/report.js';
import { readMapperFiles, readModelFiles, type MapperTask } from './read-files.js';

/**
 * How mappings are counted: as Timeloop prints them unless given, or what a walk of the nest touches, where neighbours may share what their
 * windows have in common.
 */
export type Counting = Pick<ModelOptions, 'semantics' | 'haloSharing'>;

/** How a given mapping is evaluated. */
export interface ModelRunOptions {
  /** The mapping in one line, `L5[WIO] Q16 - L4[IO] P32 M4X ...`, where no file has it. */
  readonly line?: string | undefined;
  readonly counting?: Counting;
}

/**
 * Evaluates the mapping of Timeloop files, as `timeloop-model` does.
 *
 * @throws ArchonError ARCHON_YAML_SYNTAX, ARCHON_TIMELOOP_INVALID, ARCHON_TIMELOOP_UNKNOWN_KEY, ARCHON_TIMELOOP_UNSUPPORTED;
 *   ARCHON_NO_MAPPING for a mapping that does not fit
 */
export function runModel(files: readonly TimeloopFile[], { line, counting = {} }: ModelRunOptions = {}): Report {
  const design = readModelFiles(files, { line, model: counting });
  const evaluation = evaluate(design.named.problem, design.architecture, design.mapping, counting);
  return reportOf(design, design.mapping, evaluation);
}

/** What a search found, and how. */
export interface MapperRun {
  readonly report: Report;
  readonly best: BestMapping;
}

/** How long a search may take, and who hears of it. */
export type MapperEffort = Pick<MapperOptions, 'budget' | 'clock' | 'signal' | 'onProgress'>;

export type ShareEffort = MapperEffort & Pick<ShareOptions, 'share' | 'exchange'>;

/** What is searched: plain data, which may be sent to a worker. */
export interface Mapspace {
  readonly problem: Problem;
  readonly architecture: Architecture;
  readonly constraints: MapspaceConstraints;
  readonly options: Pick<MapperOptions, 'objective' | 'model'>;
}

/** A mapspace that was read, and its search. */
export interface MapperSearch {
  /** Tilings the constraints allow, before meshes and capacities are looked at. */
  readonly size: number;
  readonly mapspace: Mapspace;
  /** @throws ArchonError ARCHON_NO_MAPPING where the constraints leave no mapping that fits */
  run(effort?: MapperEffort): MapperRun;
  /** As `run`, of shares that `searchMapspace` has searched, in any number and wherever it was. */
  finish(shares: readonly SearchedShare[]): MapperRun;
}

/**
 * Reads Timeloop files for the search of the best mapping that their constraints allow.
 *
 * @throws ArchonError as `runModel`
 */
export function prepareMapper(files: readonly TimeloopFile[], counting: Counting = {}): MapperSearch {
  const task = readMapperFiles(files);
  const { named, architecture, constraints, objective } = task;
  const mapspace = { problem: named.problem, architecture, constraints, options: { objective, model: counting } };
  return {
    size: mapspaceBuilt(named.problem, architecture, constraints),
    mapspace,
    run: (effort) => finish(task, [searchMapspace(mapspace, effort)]),
    finish: (shares) => finish(task, shares),
  };
}

/**
 * Searches a mapspace, or one share of several; for any number of shares `MapperSearch.finish` comes to the same mapping.
 *
 * @param effort - also which share, the whole mapspace unless given, and how shares that are searched at once tell each other what they have found
 */
export function searchMapspace(mapspace: Mapspace, effort: ShareEffort = {}): SearchedShare {
  const { problem, architecture, constraints, options } = mapspace;
  return searchShare(problem, architecture, constraints, { ...options, ...effort });
}

function finish({ parallelism, ...design }: MapperTask, shares: readonly SearchedShare[]): MapperRun {
  const best = mergeShares(shares);
  if (!best.found)
    return fail({ code: 'ARCHON_NO_MAPPING', message: best.message, expected: 'constraints that leave a mapping' });
  const report = reportOf({ ...design, architecture: best.architecture }, best.mapping, best.evaluation);
  checkParallelism(report, parallelism);
  return { report, best };
}

/**
 * A least parallelism holds for all levels together, which no constraint of a level says: the search goes without it. Where its optimum meets it,
 * that is the optimum with it, too.
 */
function checkParallelism({ compute }: Report, parallelism: MapperTask['parallelism']): void {
  if (parallelism === undefined || compute.used >= parallelism.least * compute.instances) return;
  parallelism.field.refuse(
    `the best mapping uses ${compute.used} of ${compute.instances}, less than a share of ${parallelism.least}, and the search cannot ask for more`,
    'Leave it out, or constrain the spatial factors.',
  );
}
