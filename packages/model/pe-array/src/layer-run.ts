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
  type Problem,
} from '@archon-dse/loop-nest';
import { evaluationActions, scaleActions } from './actions.js';
import { budgetNotes, type MappingBound, untilFound } from './mapper-budget.js';
import { idleNotes } from './mesh-fit.js';
import { type NestRequest, nestKey } from './nest-request.js';

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
  /** What is proven of a mapping whose search a budget stopped; absent where nothing in the mapspace is better. */
  readonly bound?: MappingBound;
}

/**
 * Searches the mapspace; answers from the cache where the same nest was mapped before.
 *
 * @throws ArchonError ARCHON_NO_MAPPING when nothing in the mapspace fits
 */
export function mapNest(request: NestRequest, cache: LayerCache): MappedNest {
  const key = `nest ${nestKey(request)}`;
  const known = cache.get(key);
  if (known !== undefined) return known as unknown as MappedNest;
  const { problem, architecture, constraints } = request;
  const best = untilFound(request, (options) => findBestMapping(problem, architecture, constraints, options));
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
    ...(best.proven ? {} : { bound: { of: best.lowerBound.of, gap: best.gap } }),
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
    ...budgetNotes(nest.bound),
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
