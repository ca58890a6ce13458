import {
  FUNCTIONS,
  hintOf,
  isMetricName,
  namesIn,
  OPERATORS,
  optionsByPath,
  own,
  quote,
  readPointPath,
  type DerivedMetric,
} from '@archon-dse/core';
import { readFormula, type LocatedFormula } from './formula-text.js';
import { inFull, meantBy, numericOptions, problemOfPath, type Candidates } from './group-by.js';
import { problemOfMetric, type SweepMetrics } from './metrics.js';
import { entriesOf, isText, labelOf, toJson, valueAt, type Entry, type Node } from './nodes.js';
import { pick } from './pick.js';
import type { Place, Problem, Problems } from './problems.js';

interface ReadMetric extends LocatedFormula {
  readonly metric: DerivedMetric;
  readonly key: Place;
}

/** What formulas may name beside each other. */
interface Scope {
  readonly metrics: SweepMetrics;
  readonly candidates: Candidates;
  readonly constants: ReadonlySet<string>;
}

/** The derived metrics of a sweep, each after those it names. Reports formulas that are none, and names that stand for nothing. */
export function readDerivedMetrics(root: Node, scope: Omit<Scope, 'constants'>, problems: Problems) {
  const constants = entriesOf(valueAt(root, 'constants'));
  const all = { ...scope, constants: new Set(constants.map(([name]) => name)) };
  for (const [name, { key }] of constants) checkName(key, name, 'constant', all, problems);
  const read = new Map(
    entriesOf(valueAt(root, 'metrics')).flatMap(([name, entry]) => {
      checkName(entry.key, name, 'metric', all, problems);
      const found = readMetric(name, entry, problems);
      return found === undefined ? [] : [[name, found] as const];
    }),
  );
  for (const metric of read.values()) checkNames(metric, read, all, problems);
  return inOrder(read, problems);
}

function checkName(key: Place, name: string, kind: string, { metrics, constants }: Scope, problems: Problems): void {
  const taken = metrics.known.has(name)
    ? 'a metric of the engine, of a stage or of an accelerator'
    : Object.hasOwn(FUNCTIONS, name) || Object.hasOwn(OPERATORS, name)
      ? 'a function'
      : kind === 'metric' && constants.has(name)
        ? 'a constant'
        : undefined;
  if (taken === undefined && isMetricName(name)) return;
  problems.add(key, {
    code: 'ARCHON_SWEEP_BAD_VALUE',
    message: `${key.path} ${taken === undefined ? `is no name of a ${kind}` : `has the name of ${taken}`}`,
    expected: taken === undefined ? 'a letter, then letters, digits, underscores and dots' : 'another name',
  });
}

function readMetric(name: string, { key, value }: Entry, problems: Problems): ReadMetric | undefined {
  const node = isText(value) ? value : valueAt(value, 'formula');
  if (!isText(node) || !problems.isSound(value)) return undefined;
  const given = isText(value) ? {} : (toJson(value) as Partial<DerivedMetric>);
  const metric = { name, formula: node.value, ...pick(given, 'unit', 'direction', 'description') };
  const read = readFormula(node, problems);
  return read && { metric, key, ...read };
}

function checkNames(
  { formula, placeOf }: ReadMetric,
  derived: ReadonlyMap<string, ReadMetric>,
  scope: Scope,
  problems: Problems,
): void {
  for (const { name, at } of namesIn(formula)) {
    if (derived.has(name) || scope.constants.has(name)) continue;
    const problem = problemOfName(name, [...derived.keys()], scope);
    if (problem !== undefined) problems.add(placeOf(at, name.length), problem);
  }
}

function problemOfName(name: string, derived: readonly string[], scope: Scope): Problem | undefined {
  const path = readPointPath(name);
  if (path === undefined) {
    const problem = problemOfMetric(name, scope.metrics);
    const known = [...scope.metrics.known.keys(), ...derived, ...scope.constants, ...numericOptions(scope.candidates)];
    return problem && { ...problem, ...(problem.hint === undefined ? hintOf(inFull(name), known) : {}) };
  }
  const missing = problemOfPath(quote(name), path, scope.candidates);
  if (missing !== undefined) return missing;
  const isNumeric = meantBy(path, scope.candidates).every(({ meta }) => {
    const schema = meta && own(optionsByPath(meta.options), path.option ?? '');
    return meta === undefined || schema?.type === 'number' || schema?.type === 'integer';
  });
  if (isNumeric) return undefined;
  return { code: 'ARCHON_SWEEP_BAD_VALUE', message: `${quote(name)} is no number`, expected: 'an option that is one' };
}

/** Each metric after those it names; reports definitions that go round in a circle. */
function inOrder(read: ReadonlyMap<string, ReadMetric>, problems: Problems): readonly DerivedMetric[] {
  const done = new Set<string>();
  const ordered: DerivedMetric[] = [];
  const visit = (name: string, above: readonly string[]): void => {
    const found = read.get(name);
    if (found === undefined || done.has(name)) return;
    if (above.includes(name)) {
      done.add(name);
      const loop = [...above.slice(above.indexOf(name)), name].join(' -> ');
      const message = `${found.key.path} is defined by itself: ${loop}`;
      problems.add(found.key, { code: 'ARCHON_SWEEP_BAD_VALUE', message, expected: 'formulas of other metrics' });
      return;
    }
    for (const inner of namesIn(found.formula)) visit(inner.name, [...above, name]);
    if (done.has(name)) return;
    done.add(name);
    ordered.push(found.metric);
  };
  for (const name of read.keys()) visit(name, []);
  return ordered;
}

/** Reports an objective that does not say which way is better, where its metric does not either. */
export function checkDirection(node: Node, { name, direction }: DerivedMetric, problems: Problems): void {
  if (direction !== undefined) return;
  problems.add(isText(node) ? node : labelOf(node), {
    code: 'ARCHON_SWEEP_MISSING_KEY',
    message: `nothing says which way ${name} is better`,
    expected: 'direction: minimize or maximize, here or under metrics',
    hint: `Write { metric: ${name}, direction: minimize }.`,
  });
}
