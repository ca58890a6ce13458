import {
  hintOf,
  optionsByPath,
  quote,
  readPointPath,
  schemaAtPath,
  unknownOption,
  type ContributionMeta,
  type PointPath,
} from '@archon-dse/core';
import { reportBadOption } from './candidates.js';
import { meantBy, problemOfPath, type Candidates } from './group-by.js';
import { entriesOf, toJson, type Entry, type Node } from './nodes.js';
import type { Problem, Problems } from './problems.js';

/**
 * Reports what is wrong with `refine.set`: paths into each other, paths that lead nowhere in any point of the sweep, and values that an
 * option does not take. A path that only some candidates have is right: points of the others keep what they have.
 */
export function checkSettings(node: Node | undefined, candidates: Candidates, problems: Problems): void {
  const before: string[] = [];
  for (const [text, entry] of entriesOf(node)) {
    const around = before.find((one) => text.startsWith(`${one}.`) || one.startsWith(`${text}.`));
    if (around !== undefined) {
      problems.add(entry.key, {
        code: 'ARCHON_SWEEP_OPTION_TWICE',
        message: `${entry.key.path} is also set by ${around}`,
        expected: 'an option set once, as a whole or by its members',
      });
    }
    before.push(text);
    if (text !== 'seed') checkSetting(text, entry, candidates, problems); // the grammar has the seed
  }
}

function checkSetting(text: string, { key, value }: Entry, candidates: Candidates, problems: Problems): void {
  const path = readPointPath(text);
  if (path?.option === undefined) {
    problems.add(key, unknownPath(text, candidates));
    return;
  }
  const { option } = path;
  const metas = metasOf(path, candidates);
  const owners = metas.flatMap((meta) => {
    const schema = schemaAtPath(meta.options, option);
    return schema === undefined ? [] : [{ meta, schema }];
  });
  const problem = owners.length > 0 ? undefined : unknownSetting(text, { ...path, option }, metas, candidates);
  if (problem !== undefined) problems.add(key, problem);
  // A value is marked once, however many refuse it.
  const given = { value: toJson(value), node: value };
  owners.some(({ meta, schema }) => reportBadOption(meta, option, schema, given, problems));
}

function unknownPath(text: string, { networks, stages, accelerators }: Candidates): Problem {
  const pathsIn = (part: string, all: Candidates['networks']): string[] =>
    all.flatMap(({ meta }) => Object.keys(optionsByPath(meta?.options ?? {}))).map((name) => `${part}.options.${name}`);
  const known = [
    'seed',
    ...pathsIn('network', networks),
    ...stages.flatMap((stage, index) => pathsIn(`stages[${String(index)}]`, [stage])),
    ...pathsIn('accelerator', accelerators),
  ];
  return {
    code: 'ARCHON_SWEEP_UNKNOWN_KEY',
    message: `refine.set has ${quote(text)}, which is no option of a point`,
    expected: 'seed, network.options.X, stages[i].options.X or accelerator.options.X',
    ...hintOf(text, known),
  };
}

/** Why no point has an option; nothing where a candidate is not known, which is another mistake. */
function unknownSetting(
  text: string,
  path: PointPath & { readonly option: string },
  metas: readonly ContributionMeta[],
  candidates: Candidates,
): Problem | undefined {
  const [first, ...others] = metas;
  if (first === undefined || others.length === 0)
    return problemOfPath(`refine.set has ${quote(text)}`, path, candidates);
  if (meantBy(path, candidates).some(({ meta }) => meta === undefined)) return undefined;
  const known = [...new Set(metas.flatMap(({ options }) => Object.keys(optionsByPath(options))))];
  const problem = unknownOption(first, path.option, known);
  return problem && { ...problem, message: `none of ${namesOf(metas)} has an option ${quote(path.option)}` };
}

function namesOf(metas: readonly ContributionMeta[]): string {
  return metas.map(({ name }) => name).join(', ');
}

function metasOf(path: PointPath, candidates: Candidates): readonly ContributionMeta[] {
  return [...new Set(meantBy(path, candidates).flatMap(({ meta }) => meta ?? []))];
}
