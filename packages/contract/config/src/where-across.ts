import {
  candidateSpace,
  FUNCTIONS,
  hintOf,
  namesIn,
  parseFormula,
  quote,
  readPointPath,
  schemaAtPath,
  spaceOf,
  type Candidate,
} from '@archon-dse/core';
import type { ReadCandidate } from './candidates.js';
import { inFull, meantBy, numericOptions, type Candidates } from './group-by.js';
import type { Node } from './nodes.js';
import type { Problem, Problems } from './problems.js';
import { areRight, conditionsIn, isEmpty, reportEmpty, withAxes } from './where.js';

/** What the formulas of a sweep are about. */
interface Scope {
  readonly candidates: Candidates;
  readonly constants: Readonly<Record<string, number>>;
}

/**
 * The `where` of a sweep: formulas between options of its parts. Reports those that are no conditions, that name no option, and that leave
 * no point together with those above them and those of the entries.
 */
export function readWhereAcross(node: Node | undefined, scope: Scope, problems: Problems): readonly string[] {
  const texts = conditionsIn(node);
  if (!areRight(texts, (name) => problemOfName(name, scope), problems)) return [];
  if (!problems.areNone) return []; // entries that are wrong have no points to look for
  for (const [index, text] of texts.entries()) {
    const where = texts.slice(0, index + 1).map(({ value }) => value);
    if (!isEmpty(spaceOf({ ...narrowed(where, scope), where, constants: scope.constants, seed: 0 }))) continue;
    const ofEntries = Object.values(scope.candidates)
      .flat()
      .some(({ candidate }) => candidate.where !== undefined);
    const others = [...(index > 0 ? ['what is above it'] : []), ...(ofEntries ? ['what entries say under where'] : [])];
    reportEmpty(text, others.length > 0 ? others.join(' and ') : undefined, problems);
    break;
  }
  return texts.map(({ value }) => value);
}

function problemOfName(name: string, { candidates, constants }: Scope): Problem | undefined {
  if (Object.hasOwn(constants, name)) return undefined;
  const path = readPointPath(name);
  const meant = path === undefined ? [] : meantBy(path, candidates);
  if (meant.some(({ meta }) => meta === undefined)) return undefined; // an entry that is no contribution is another mistake
  const types = ['number', 'integer', 'boolean'];
  const schemas = meant.flatMap(({ meta }) => (meta && schemaAtPath(meta.options, path?.option ?? '')) ?? []);
  if (schemas.some(({ type }) => types.includes(type))) return undefined;
  const known = [...numericOptions(candidates), ...Object.keys(constants)];
  return {
    code: schemas.length > 0 ? 'ARCHON_SWEEP_BAD_VALUE' : 'ARCHON_UNKNOWN_OPTION',
    message: schemas.length > 0 ? `${quote(name)} is no number` : `no point of the sweep has ${quote(name)}`,
    expected: 'network.options.X, stages[i].options.X or accelerator.options.X, numbers or yes and no',
    ...hintOf(inFull(name), [...known, ...Object.keys(FUNCTIONS)]),
  };
}

/** The entries with only the axes that formulas name, and those that these depend on. */
function narrowed(where: readonly string[], { candidates, constants }: Scope) {
  const paths = where.flatMap((text) => namesIn(parseFormula(text))).flatMap(({ name }) => readPointPath(name) ?? []);
  const narrow = ({ candidate }: ReadCandidate, part: string | number): Candidate => {
    const isOf = (path: (typeof paths)[number]): boolean =>
      (typeof path.part === 'string' ? path.part : path.part.stage) === part;
    const named = paths.filter(isOf).flatMap(({ option }) => option ?? []);
    const { constraints } = candidateSpace(candidate, constants);
    const own = constraints.flatMap(({ names }) => Object.keys(names));
    return withAxes(candidate, new Set([...named, ...own]));
  };
  return {
    networks: candidates.networks.map((one) => narrow(one, 'network')),
    stages: candidates.stages.map((one, index) => narrow(one, index)),
    accelerators: candidates.accelerators.map((one) => narrow(one, 'accelerator')),
  };
}
