import type { Field } from '../input/field.js';

/** A loop dimension in an index of a data space, multiplied by a coefficient: the name of one, or 1. */
export interface Term {
  readonly dim: string;
  readonly coefficient: string | undefined;
}

/** A data space: for each of its ranks the sum of terms that is its index. */
export interface ShapeSpace {
  readonly name: string;
  readonly ranks: readonly (readonly Term[])[];
  readonly isOutput: boolean;
  readonly field: Field | undefined;
}

/** A problem shape: loop dimensions and the data spaces that they index. */
export interface Shape {
  readonly name: string;
  readonly dims: readonly string[];
  readonly spaces: readonly ShapeSpace[];
  /** Coefficients with the value they have unless an instance gives another. */
  readonly coefficients: ReadonlyMap<string, number>;
}

const SHAPE_KEYS = ['name', 'version', 'dimensions', 'coefficients', 'data_spaces', 'flatten'];

/**
 * Reads `shape:` of a problem.
 *
 * @throws ArchonError ARCHON_TIMELOOP_INVALID, ARCHON_TIMELOOP_UNSUPPORTED for flattened dimensions
 */
export function readShape(field: Field): Shape {
  field.only(SHAPE_KEYS);
  field
    .get('flatten')
    ?.refuse('several dimensions flattened into one have no meaning in our model', 'Write them as one dimension.');
  const dims = field
    .need('dimensions')
    .items()
    .map((dim) => dim.text());
  const coefficients = readCoefficients(field.get('coefficients'));
  const spaces = field
    .need('data_spaces')
    .items()
    .map((space) => readSpace(space, dims, coefficients));
  return { name: field.get('name')?.text() ?? 'problem', dims, spaces, coefficients };
}

function readCoefficients(field: Field | undefined): ReadonlyMap<string, number> {
  const each = (field?.items() ?? []).map((entry) => {
    entry.only(['name', 'default']);
    return [entry.need('name').text(), entry.get('default')?.integer() ?? 1] as const;
  });
  return new Map(each);
}

function readSpace(field: Field, dims: readonly string[], coefficients: ReadonlyMap<string, number>): ShapeSpace {
  field.only(['name', 'projection', 'read_write', 'ranks']);
  const known = { dims, coefficients };
  const ranks = field
    .need('projection')
    .items()
    .map((rank) => readRank(rank, known));
  const isOutput = field.get('read_write')?.scalar === true || /^true$/i.test(String(field.get('read_write')?.scalar));
  return { name: field.need('name').text(), ranks, isOutput, field };
}

interface Known {
  readonly dims: readonly string[];
  readonly coefficients: ReadonlyMap<string, number>;
}

/** A rank is a sum of terms `[dim]` or `[dim, coefficient]`; a plain name is a single one. */
function readRank(rank: Field, known: Known): readonly Term[] {
  if (!rank.isList) return [{ dim: dimOf(rank, known), coefficient: undefined }];
  return rank.items().map((term) => {
    const [dim, coefficient, ...more] = term.isList ? term.items() : [term];
    if (dim === undefined || more.length > 0)
      return term.fail(`${term.name} is no term`, { expected: '[dimension] or [dimension, coefficient]' });
    return { dim: dimOf(dim, known), coefficient: coefficient && coefficientOf(coefficient, known) };
  });
}

function dimOf(field: Field, { dims }: Known): string {
  const name = field.text();
  return dims.includes(name)
    ? name
    : field.fail(`"${name}" is no dimension of the shape`, { expected: `one of: ${dims.join(', ')}` });
}

function coefficientOf(field: Field, { coefficients }: Known): string {
  const name = field.text();
  if (coefficients.has(name)) return name;
  return field.fail(`"${name}" is no coefficient of the shape`, {
    expected: `one of: ${[...coefficients.keys()].join(', ')}`,
  });
}
