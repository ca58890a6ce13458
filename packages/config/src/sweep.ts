import type { Registry, Sweep } from '@archon-dse/core';
import { readCandidate } from './candidates.js';
import { readGroupBy } from './group-by.js';
import type { Node } from './nodes.js';
import { readConstraints, readObjectives } from './objectives.js';
import type { Problems } from './problems.js';
import {
  readFields,
  readInteger,
  readItems,
  readOneOf,
  readSomeItems,
  readText,
  reportDuplicates,
  reportValue,
} from './readers.js';
import { readYaml } from './yaml-nodes.js';

const SWEEP_KEYS = {
  required: ['apiVersion', 'name', 'networks', 'accelerators', 'objectives'],
  optional: ['description', 'plugins', 'seed', 'stages', 'constraints', 'groupBy', 'executor'],
} as const;
const EXECUTOR_KEYS = { required: ['kind'], optional: ['workers'] } as const;
const EXECUTORS = ['workerpool', 'serial'] as const;

/** Defaults of what a sweep may leave out. */
export const SWEEP_DEFAULTS = { seed: 1, executor: { kind: 'workerpool' } } as const;
/** Largest seed, and the most workers of an executor. */
export const SWEEP_LIMITS = { seed: 2 ** 32 - 1, workers: 1024 } as const;
/** Names end up in file names: no blanks, no separators. */
export const NAME_PATTERN = '^[A-Za-z0-9][A-Za-z0-9._-]*$';

/**
 * Reads a sweep: ids resolved, defaults filled in, ranges expanded. An option is in `options` or in `axes`, never in both.
 *
 * @param file - name for the locations
 * @throws ArchonError with everything wrong with the text, by line, at most 20 diagnostics
 */
export function parseSweep(text: string, file: string, registry: Registry): Sweep {
  const { root, problems } = readYaml(text, file);
  stopIfEmpty(root, problems);
  const fields = readFields(root, SWEEP_KEYS, problems);
  const [networks, stages, accelerators] = (
    [
      ['network', readSomeItems(fields.networks, problems)],
      ['stage', readItems(fields.stages, problems)],
      ['accelerator', readSomeItems(fields.accelerators, problems)],
    ] as const
  ).map(([kind, items]) => items.map((item) => readCandidate(item, kind, registry, problems)));
  const candidates = { networks: networks ?? [], stages: stages ?? [], accelerators: accelerators ?? [] };
  const hasStages = candidates.stages.length > 0;
  const sweep: Sweep = {
    apiVersion: fields.apiVersion ? readOneOf(fields.apiVersion, ['archon/v1'], problems) : 'archon/v1',
    name: readName(fields.name, problems),
    ...(fields.description ? { description: readText(fields.description, problems) } : {}),
    plugins: readPlugins(fields.plugins, problems),
    seed: fields.seed ? readInteger(fields.seed, 0, SWEEP_LIMITS.seed, problems) : SWEEP_DEFAULTS.seed,
    networks: candidates.networks.map(({ candidate }) => candidate),
    stages: candidates.stages.map(({ candidate }) => candidate),
    accelerators: candidates.accelerators.map(({ candidate }) => candidate),
    objectives: readObjectives(fields.objectives, hasStages, problems),
    constraints: readConstraints(fields.constraints, hasStages, problems),
    ...(fields.groupBy ? { groupBy: readGroupBy(fields.groupBy, candidates, problems) } : {}),
    executor: fields.executor ? readExecutor(fields.executor, problems) : SWEEP_DEFAULTS.executor,
  };
  problems.throwIfAny();
  return sweep;
}

/**
 * Reads only `plugins`, which must be loaded before the rest of a sweep can be checked.
 *
 * @returns package names, in the order listed; empty when the sweep names none
 * @throws ArchonError when the text is not YAML, not a map, or the list is wrong
 */
export function readPluginList(text: string, file: string): readonly string[] {
  const { root, problems } = readYaml(text, file);
  stopIfEmpty(root, problems);
  const node = root.kind === 'map' ? root.entries.get('plugins')?.value : undefined;
  if (root.kind !== 'map') readFields(root, SWEEP_KEYS, problems);
  const plugins = readPlugins(node, problems);
  problems.throwIfAny();
  return plugins;
}

function stopIfEmpty(root: Node, problems: Problems): void {
  if (root.kind !== 'scalar' || root.value !== null) return;
  problems.stop(root, {
    code: 'ARCHON_SWEEP_EMPTY',
    message: 'the file holds no sweep',
    expected: 'a map with the keys of a sweep',
  });
}

function readName(node: Node | undefined, problems: Problems): string {
  const name = readText(node, problems);
  if (node?.kind === 'scalar' && typeof node.value === 'string' && !new RegExp(NAME_PATTERN).test(name)) {
    reportValue(node, 'letters, digits, dots, hyphens and underscores; the name is used for files', problems);
  }
  return name;
}

function readPlugins(node: Node | undefined, problems: Problems): readonly string[] {
  const items = readItems(node, problems);
  const names = items.map((item) => readText(item, problems));
  for (const item of items) {
    if (item.kind === 'scalar' && item.value === '') reportValue(item, 'the name of a package', problems);
  }
  const given = items.map((node, i) => ({ value: names[i] ?? '', node })).filter(({ value }) => value !== '');
  reportDuplicates(given, problems);
  return names;
}

function readExecutor(node: Node, problems: Problems): Sweep['executor'] {
  const fields = readFields(node, EXECUTOR_KEYS, problems);
  const kind = fields.kind ? readOneOf(fields.kind, EXECUTORS, problems) : EXECUTORS[0];
  if (fields.workers === undefined) return { kind };
  const workers = readInteger(fields.workers, 1, SWEEP_LIMITS.workers, problems);
  if (kind === 'serial') reportValue(fields.workers, 'no workers with kind: serial', problems);
  return { kind, workers };
}
