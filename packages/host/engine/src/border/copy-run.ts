import { fail, type AcceleratorRun, type ActionCount, type LayerExecution, type LayerRun } from '@archon-dse/core';
import { isFrozenCopy } from './frozen-copy.js';
import { copyReturned, MOST_RECORD } from './returned.js';

/** The most layers, and actions of a layer, a run may have. */
const MOST_ENTRIES = 1_000_000;

/**
 * The result of an accelerator with every member read once, so that what is checked is what is kept. Lists of actions that come from the
 * layer cache cannot change and are taken as they are. Values are not checked.
 *
 * @throws ArchonError ARCHON_RESULT_INVALID when it is no object with layers
 */
export function copyRun(returned: AcceleratorRun): AcceleratorRun {
  const { cycles, layers, metrics } = objectOf(returned, 'the result');
  return {
    cycles: cycles as number,
    layers: listOf(layers, 'layers').map(copyLayer),
    ...(metrics === undefined ? {} : { metrics: copyMetrics(metrics) }),
  };
}

function copyMetrics(metrics: unknown): Readonly<Record<string, number>> {
  if (Array.isArray(metrics)) return complain('metrics', 'a list', 'an object of numbers');
  return copyReturned(objectOf(metrics, 'metrics'), 'metrics');
}

type Writable<T> = { -readonly [K in keyof T]: T[K] };

function copyLayer(layer: unknown, index: number): LayerRun {
  const members = objectOf(layer, 'layers', index) as unknown as LayerRun;
  const { name, block, role, phase, macs, cycles, utilization, mapping, tiles, notMultiplied } = members;
  const notes: unknown = members.notes;
  const execution: unknown = members.execution;
  const actions = copyActions(members.actions, index);
  const copy: Writable<LayerRun> = { name, block, role, macs, cycles, utilization, actions };
  if (phase !== undefined) copy.phase = phase;
  if (mapping !== undefined) copy.mapping = mapping;
  if (tiles !== undefined) copy.tiles = tiles;
  if (notMultiplied !== undefined) copy.notMultiplied = notMultiplied;
  if (notes !== undefined) copy.notes = listOf(notes, `layers[${String(index)}].notes`) as readonly string[];
  if (execution !== undefined) copy.execution = copyExecution(execution, index);
  return copy;
}

function copyExecution(execution: unknown, index: number): LayerExecution {
  const found = copyReturned<LayerExecution>(execution, `layers[${String(index)}].execution`, MOST_RECORD);
  const { cyclesAnalytical, stalls, shares, histograms, maps } = found;
  return {
    cyclesAnalytical,
    ...(stalls === undefined ? {} : { stalls }),
    ...(shares === undefined ? {} : { shares }),
    ...(histograms === undefined ? {} : { histograms }),
    ...(maps === undefined ? {} : { maps }),
  };
}

function copyActions(actions: unknown, index: number): readonly ActionCount[] {
  if (Array.isArray(actions) && isFrozenCopy(actions)) return actions as readonly ActionCount[];
  const path = `layers[${String(index)}].actions`;
  return copyReturned<readonly ActionCount[]>(listOf(actions, path), path);
}

function objectOf(value: unknown, list: string, index?: number): Readonly<Record<string, unknown>> {
  if (typeof value === 'object' && value !== null) return value as Readonly<Record<string, unknown>>;
  return complain(index === undefined ? list : `${list}[${String(index)}]`, 'no object', 'an object');
}

function listOf(value: unknown, path: string): readonly unknown[] {
  if (!Array.isArray(value)) return complain(path, 'no list', 'a list');
  const { length } = value as readonly unknown[];
  if (length > MOST_ENTRIES) return complain(path, `a list of ${String(length)}`, `at most ${String(MOST_ENTRIES)}`);
  return [...(value as readonly unknown[])];
}

function complain(path: string, found: string, expected: string): never {
  return fail({ code: 'ARCHON_RESULT_INVALID', message: `${path} is ${found}`, expected, path });
}
