import { optionsByPath, quote, readPointPath, schemaAtPath, unknownOption, type PointPath } from '@archon-dse/core';
import type { ReadCandidate } from './candidates.js';
import { isText, type Node } from './nodes.js';
import type { Problem, Problems } from './problems.js';

/** The candidates of a sweep by where they stand in a point; stages stand one by one. */
export interface Candidates {
  readonly networks: readonly ReadCandidate[];
  readonly stages: readonly ReadCandidate[];
  readonly accelerators: readonly ReadCandidate[];
}

/** Reports a `groupBy` that not every point has: a stage that is not there, an option that some candidate lacks. */
export function checkGroupBy(node: Node | undefined, candidates: Candidates, problems: Problems): void {
  const path = isText(node) ? readPointPath(node.value) : undefined;
  if (!isText(node) || path === undefined) return;
  const problem = problemOfPath(`groupBy is ${quote(node.value)}`, path, candidates);
  if (problem !== undefined) problems.add(node, problem);
}

/**
 * Why not every point has what a path leads to; nothing where every one has.
 *
 * @param found - what is wrong where there is no such stage, e.g. `groupBy is "stages[1].options.density"`
 */
export function problemOfPath(found: string, path: PointPath, candidates: Candidates): Problem | undefined {
  const { part, option } = path;
  if (typeof part !== 'string' && part.stage >= candidates.stages.length) {
    return {
      code: 'ARCHON_SWEEP_BAD_VALUE',
      message: `${found}, but the sweep lists ${String(candidates.stages.length)} stages`,
      expected: 'the number of a stage, counted from 0',
    };
  }
  if (option === undefined) return undefined;
  return meantBy(path, candidates)
    .map(({ meta }) => {
      const isKnown = meta === undefined || schemaAtPath(meta.options, option) !== undefined;
      return isKnown ? undefined : unknownOption(meta, option, Object.keys(optionsByPath(meta.options)));
    })
    .find((problem) => problem !== undefined);
}

/** The candidates of which each must have the option. */
export function meantBy({ part }: PointPath, all: Candidates): readonly ReadCandidate[] {
  if (typeof part !== 'string') return all.stages.slice(part.stage, part.stage + 1);
  return part === 'network' ? all.networks : all.accelerators;
}

/** A path as it should be, where `options` was left out. */
export function inFull(name: string): string {
  return name.replace(/^(network|accelerator|stages\[\d+\])\.(?!options\.)/, '$1.options.');
}

/** Paths of options that are numbers, for suggestions. */
export function numericOptions({ networks, stages, accelerators }: Candidates): readonly string[] {
  const parts = [
    ...networks.map(({ meta }) => ['network', meta] as const),
    ...stages.map(({ meta }, index) => [`stages[${String(index)}]`, meta] as const),
    ...accelerators.map(({ meta }) => ['accelerator', meta] as const),
  ];
  return parts.flatMap(([part, meta]) =>
    Object.entries(optionsByPath(meta?.options ?? {}))
      .filter(([, { type }]) => type === 'number' || type === 'integer')
      .map(([path]) => `${part}.options.${path}`),
  );
}
