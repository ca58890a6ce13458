import {
  type ActionCount,
  canonicalJson,
  fail,
  type JsonValue,
  type LayerCache,
  type LayerRun,
  type Workload,
} from '@archon-dse/core';
import {
  type Architecture,
  findBestMapping,
  formatMapping,
  formatTiles,
  type Mapping,
  mappingKey,
  type MapspaceConstraints,
  type MapperOptions,
  type ModelOptions,
  type Objective,
  type Problem,
} from '@archon-dse/loop-nest';
import { evaluationActions, scaleActions } from './actions.js';
import { idleNotes } from './mesh-fit.js';

/** A nest to map: everything its result depends on, prices included, since energy decides between equal delays. */
export interface NestRequest {
  readonly problem: Problem;
  readonly architecture: Architecture;
  readonly constraints: MapspaceConstraints;
  /** What the search minimises; the least cycles, then the least energy, unless given. */
  readonly objective?: Objective;
  /** Whether factors may leave remainders; not unless given. */
  readonly factors?: MapperOptions['factors'];
  /** How mappings are evaluated. */
  readonly model?: ModelOptions;
}

/** The best mapping of a nest and what it does. Plain JSON. */
export interface MappedNest {
  readonly mapping: Mapping;
  /** The variant of the architecture that it is a mapping to, where constraints left the choice. */
  readonly architecture?: Architecture;
  /** {@link mapping} as Timeloop's mapper logs it, levels by name: `DRAM[WIO] Q8 - shared_glb[IO] P32 M2X Q4X - ...`. */
  readonly text: string;
  /** What each level holds at once, as `formatTiles` writes it. */
  readonly tiles: string;
  readonly macs: number;
  readonly cycles: number;
  /** MACs / (cycles x hardware MACs). */
  readonly utilization: number;
  /** PEs of the array, and those the mapping gives work: their mean over time, where factors leave remainders. */
  readonly pes: number;
  readonly usedPes: number;
  readonly actions: readonly ActionCount[];
}

/**
 * Searches the mapspace; answers from the cache where the same nest was mapped before.
 *
 * @throws ArchonError ARCHON_NO_MAPPING when nothing in the mapspace fits
 */
export function mapNest(
  { problem, architecture, constraints, objective = 'cycles-then-energy', factors = 'exact', model = {} }: NestRequest,
  cache: LayerCache,
): MappedNest {
  const key = `nest ${mappingKey(problem, architecture, constraints, objective, { ...model, factors })}`;
  const known = cache.get(key);
  if (known !== undefined) return known as unknown as MappedNest;
  const best = findBestMapping(problem, architecture, constraints, { objective, factors, model });
  if (!best.found) return failNoMapping(problem, best.message);
  const { mapping, evaluation, architecture: chosen } = best;
  const { macs, cycles, utilization } = evaluation;
  const nest: MappedNest = {
    mapping,
    ...(chosen === architecture ? {} : { architecture: chosen }),
    text: nameLevels(formatMapping(mapping, chosen), chosen),
    tiles: formatTiles(evaluation, chosen),
    macs,
    cycles,
    utilization,
    pes: architecture.macs,
    usedPes: macs / evaluation.computeCycles,
    actions: evaluationActions(evaluation),
  };
  cache.set(key, nest as unknown as JsonValue);
  return nest;
}

/** A mapped nest as a layer of the run, executed `repeats` times in a row. */
export function layerRun(workload: Workload, nest: MappedNest, repeats: number): LayerRun {
  const { name, block, role } = workload;
  const notes = [
    ...(repeats > 1 ? [`${repeats} groups, one after the other`] : []),
    ...idleNotes(nest.usedPes, nest.pes),
  ];
  return {
    name,
    block,
    role,
    macs: nest.macs * repeats,
    cycles: nest.cycles * repeats,
    utilization: nest.utilization,
    actions: scaleActions(nest.actions, repeats),
    mapping: nest.text,
    tiles: nest.tiles,
    ...(notes.length > 0 ? { notes } : {}),
  };
}

/** A mapping as `formatMapping` writes it, with the levels by their names. */
export function nameLevels(text: string, { levels }: Architecture): string {
  const named = text.split(' - ').map((part, index) => part.replace(/^L\d+/, levels[index]?.name ?? ''));
  return named.join(' - ');
}

function failNoMapping(problem: Problem, message: string): never {
  return fail({
    code: 'ARCHON_NO_MAPPING',
    message: `no mapping of ${canonicalJson(problem)}: ${message}`,
    expected: 'a layer that fits the array; larger buffers or a larger mesh may hold it',
  });
}
