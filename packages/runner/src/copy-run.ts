import { fail, type AcceleratorRun, type ActionCount, type LayerRun } from '@archon-dse/core';
import { isFrozenCopy } from './frozen-copy.js';
import { copyReturned } from './returned.js';

/** The most layers, and actions of a layer, a run may have. */
const MOST_ENTRIES = 1_000_000;

/**
 * The result of an accelerator with every member read once, so that what is checked is what is kept. Lists of actions that come from the
 * layer cache cannot change and are taken as they are. Values are not checked.
 *
 * @throws ArchonError ARCHON_RESULT_INVALID when it is no object with layers
 */
export function copyRun(returned: AcceleratorRun): AcceleratorRun {
  const { cycles, layers } = objectOf(returned, 'the result');
  return {
    cycles: cycles as number,
    layers: listOf(layers, 'layers').map((layer, index) => copyLayer(layer, `layers[${String(index)}]`)),
  };
}

function copyLayer(layer: unknown, path: string): LayerRun {
  const members = objectOf(layer, path) as unknown as LayerRun;
  const { name, block, role, phase, macs, cycles, utilization, mapping, tiles } = members;
  const notes: unknown = members.notes;
  const actions: unknown = members.actions;
  return {
    ...{ name, block, role, macs, cycles, utilization },
    ...(phase === undefined ? {} : { phase }),
    ...(mapping === undefined ? {} : { mapping }),
    ...(tiles === undefined ? {} : { tiles }),
    ...(notes === undefined ? {} : { notes: listOf(notes, `${path}.notes`) as readonly string[] }),
    actions: copyActions(actions, `${path}.actions`),
  };
}

function copyActions(actions: unknown, path: string): readonly ActionCount[] {
  if (Array.isArray(actions) && isFrozenCopy(actions)) return actions as readonly ActionCount[];
  return copyReturned<readonly ActionCount[]>(listOf(actions, path), path);
}

function objectOf(value: unknown, path: string): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
    ? (value as Readonly<Record<string, unknown>>)
    : complain(path, 'no object', 'an object');
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
