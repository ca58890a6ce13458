import { hintOf } from '@archon-dse/core';
import type { Field } from '../input/field.js';

/** A factor of a dimension at a level: exact, at least or at most. An exact 0 is what the other levels leave over. */
export interface Factor {
  readonly dim: string;
  readonly relation: '=' | '<=' | '>=';
  readonly value: number;
}

const FACTOR = /([A-Za-z_]+)\s*(<=|>=|=|<|>)?\s*(\d+)(,\d+)?/g;

/**
 * Reads factors: a text such as `C=1 P<=16 Q>=2 R=0` or `P1 Q4`, a list of such texts, or a map of dimensions.
 *
 * @param dims - dimensions of the problem
 * @throws ArchonError ARCHON_TIMELOOP_INVALID, ARCHON_TIMELOOP_UNSUPPORTED for a residual factor (`P=4,3`)
 */
export function readFactors(field: Field | undefined, dims: readonly string[]): readonly Factor[] {
  if (field === undefined) return [];
  if (field.isMap)
    return field
      .entries()
      .map(([dim, value]) => ({ dim: dimOf(dim, value, dims), relation: '=', value: value.integer(0) }));
  const fields = field.isList ? field.items() : [field];
  const factors = fields.flatMap((each) => (each.scalar === undefined ? [] : factorsOf(each, dims)));
  const seen = new Set<string>();
  for (const { dim, relation } of factors) {
    const key = dim + relation;
    if (seen.has(key)) field.fail(`the factor of ${dim} is given twice`, { expected: 'each dimension once' });
    seen.add(key);
  }
  return factors;
}

function factorsOf(field: Field, dims: readonly string[]): readonly Factor[] {
  const text = field.text().replace(/#.*$/, '');
  const rest = text.replaceAll(FACTOR, '').replaceAll(/[\s,]/g, '');
  if (rest !== '')
    return field.fail(`"${rest}" is no factor`, { expected: 'dimensions with factors, such as C=1 P<=16 R=0' });
  return [...text.matchAll(FACTOR)].map(([whole, name = '', sign = '=', digits = '', residual]) => {
    const dim = dimOf(name, field, dims);
    if (residual !== undefined)
      field.refuse(
        `${whole} ends in a smaller last step: Timeloop's model counts exact factors here`,
        'Give factors that multiply to the bound of the dimension.',
      );
    const value = Number(digits);
    if (!Number.isSafeInteger(value)) field.fail(`${whole} is too large`, { expected: 'a factor of the dimension' });
    if (sign === '<') return { dim, relation: '<=', value: value - 1 };
    if (sign === '>') return { dim, relation: '>=', value: value + 1 };
    return { dim, relation: sign as Factor['relation'], value };
  });
}

function dimOf(name: string, at: Field, dims: readonly string[]): string {
  if (dims.includes(name)) return name;
  return at.fail(`${name} is no dimension of the problem`, {
    expected: `one of: ${dims.join(', ')}`,
    ...hintOf(name, dims),
  });
}

/** An order of loops, inner to outer: those inside all others, and those outside all others. */
export interface Permutation {
  readonly inner: readonly string[];
  readonly outer: readonly string[];
}

/**
 * Reads a permutation, inner to outer: letters such as `RSP CMNQ`, or a list. What stands behind `_` is outside all that is not named.
 */
export function readPermutation(field: Field | undefined, dims: readonly string[]): Permutation | undefined {
  if (field === undefined) return undefined;
  const names = field.isList ? field.items().map((item) => item.text()) : split(field.text().replace(/#.*$/, ''), dims);
  const at = names.indexOf('_');
  const [inner, outer] = at < 0 ? [names, []] : [names.slice(0, at), names.slice(at + 1)];
  const all = [...inner, ...outer].map((name) => dimOf(name, field, dims));
  const twice = all.find((name, index) => all.indexOf(name) !== index);
  if (twice !== undefined) field.fail(`${twice} stands twice in the permutation`, { expected: 'each dimension once' });
  return { inner, outer };
}

function split(text: string, dims: readonly string[]): readonly string[] {
  if (dims.every((dim) => dim.length === 1)) return [...text.replaceAll(/[\s,]/g, '')];
  return text.split(/[\s,]+/).filter((name) => name !== '');
}
