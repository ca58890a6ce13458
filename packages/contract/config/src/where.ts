import {
  candidateSpace,
  FUNCTIONS,
  hintOf,
  isCondition,
  namesIn,
  optionsByPath,
  pointsInOrder,
  quote,
  schemaAtPath,
  valueCount,
  type Candidate,
  type ContributionMeta,
  type SearchSpace,
} from '@archon-dse/core';
import { readFormula, type LocatedFormula } from './formula-text.js';
import { isText, itemsOf, type Node, type TextNode } from './nodes.js';
import type { Problem, Problems } from './problems.js';

/** What the formulas of an entry are about. */
interface Scope {
  readonly candidate: Candidate;
  readonly meta: ContributionMeta;
  readonly constants: Readonly<Record<string, number>>;
}

/** Combinations of values that are tried before a constraint is believed to leave some. */
const MOST_TRIED = 200_000;

/** The `where` of an entry: formulas between its options. Reports those that are no conditions, and those that leave no point. */
export function readWhere(node: Node | undefined, scope: Scope, problems: Problems): readonly string[] {
  const texts = conditionsIn(node);
  if (areRight(texts, (name) => problemOfName(name, scope), problems)) checkSome(texts, scope, problems);
  return texts.map(({ value }) => value);
}

/** The conditions of a `where`: one, or a list. */
export function conditionsIn(node: Node | undefined): readonly TextNode[] {
  return (node === undefined || isText(node) ? [node] : itemsOf(node)).filter(isText);
}

type ProblemOfName = (name: string) => Problem | undefined;

/** Whether all texts are conditions over names that there are; reports those that are not. */
export function areRight(texts: readonly TextNode[], problemOf: ProblemOfName, problems: Problems): boolean {
  const sound = texts.filter((text) => {
    const read = readFormula(text, problems);
    return read !== undefined && isRight(text, read, problemOf, problems);
  });
  return sound.length === texts.length;
}

function isRight(
  text: TextNode,
  { formula, placeOf }: LocatedFormula,
  problemOf: ProblemOfName,
  problems: Problems,
): boolean {
  const wrong = namesIn(formula).flatMap(({ name, at }) => {
    const problem = problemOf(name);
    return problem === undefined ? [] : [[placeOf(at, name.length), problem] as const];
  });
  for (const one of wrong) problems.add(...one);
  if (isCondition(formula)) return wrong.length === 0;
  problems.add(text, {
    code: 'ARCHON_SWEEP_BAD_VALUE',
    message: `${text.path} is no condition: ${quote(text.value)}`,
    expected: 'a comparison, such as meshX * meshY <= 256',
  });
  return false;
}

function problemOfName(name: string, { meta, constants }: Scope): Problem | undefined {
  if (Object.hasOwn(constants, name)) return undefined;
  const schema = schemaAtPath(meta.options, name);
  const types = ['number', 'integer', 'boolean'];
  if (schema !== undefined && types.includes(schema.type)) return undefined;
  const numeric = Object.entries(optionsByPath(meta.options)).filter(([, { type }]) => types.includes(type));
  const known = [...numeric.map(([path]) => path), ...Object.keys(constants)];
  return {
    code: schema === undefined ? 'ARCHON_UNKNOWN_OPTION' : 'ARCHON_SWEEP_BAD_VALUE',
    message: schema === undefined ? `${meta.name} has no option ${quote(name)}` : `${quote(name)} is no number`,
    expected: `one of: ${known.join(', ')}`,
    ...hintOf(name, [...known, ...Object.keys(FUNCTIONS)]),
  };
}

/** Reports the first formula with which no combination of values is left. */
function checkSome(texts: readonly TextNode[], scope: Scope, problems: Problems): void {
  const named = new Set<string>();
  for (const [index, text] of texts.entries()) {
    const where = texts.slice(0, index + 1).map(({ value }) => value);
    const { constraints } = candidateSpace({ ...scope.candidate, where }, scope.constants);
    for (const { names } of constraints) for (const name of Object.keys(names)) named.add(name);
    const space = candidateSpace({ ...withAxes(scope.candidate, named), where }, scope.constants);
    if (!isEmpty(space)) continue;
    reportEmpty(text, index > 0 ? 'what is above it' : undefined, problems);
    return;
  }
}

/** Whether a space has no point, as far as it is small enough to see. */
export function isEmpty(space: SearchSpace): boolean {
  const combinations = space.axes.reduce((count, { values }) => count * valueCount(values), 1);
  return combinations <= MOST_TRIED && pointsInOrder(space).next().done === true;
}

/** @param others - the other conditions that points have to keep */
export function reportEmpty(text: TextNode, others: string | undefined, problems: Problems): void {
  problems.add(text, {
    code: 'ARCHON_SWEEP_EMPTY',
    message: `${text.path} leaves no point: ${quote(text.value)} holds for no values${others === undefined ? '' : ` that keep ${others}`}`,
    expected: 'a condition that some combination of the options keeps',
  });
}

/** A candidate with only the axes that names stand for, and those that decide whether these exist. */
export function withAxes(candidate: Candidate, named: ReadonlySet<string>): Candidate {
  const kept = new Set(named);
  const options = Object.keys(candidate.axes).reverse(); // an axis depends on earlier ones
  for (const option of options) {
    if (kept.has(option)) for (const other of Object.keys(candidate.when?.[option] ?? {})) kept.add(other);
  }
  const axes = Object.entries(candidate.axes).filter(([option]) => kept.has(option));
  return { ...candidate, axes: Object.fromEntries(axes) };
}
