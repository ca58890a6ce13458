import type { Dim, Loop, Mapping } from '@archon-dse/loop-nest';
import type { PlacedLevel } from '../architecture/read-architecture.js';
import type { Field } from '../input/field.js';
import type { NamedProblem } from '../problem/read-problem.js';
import { readDirectives, type Directive } from './directives.js';
import { readFactors, readPermutation, type Factor } from './factors.js';
import { readKeeps } from './keeps.js';
import type { Said } from './said.js';

/** A mapping of a file, with what it says of the data that levels keep. */
export interface ReadMapping {
  readonly mapping: Mapping;
  readonly said: readonly Said[];
}

/**
 * Reads `mapping:`, a list of directives of the types temporal, spatial and datatype (or bypass, dataspace).
 *
 * @throws ArchonError ARCHON_TIMELOOP_INVALID, also where the order of loops that have one is not given
 */
export function readMapping(list: Field, levels: readonly PlacedLevel[], problem: NamedProblem): ReadMapping {
  const directives = readDirectives(list, levels);
  const rest = restOf(directives, problem);
  const mapping = levels.map((_, level) => {
    const of = (kind: Directive['kind']): readonly Loop[] => {
      const found = directives.filter((each) => each.level === level && each.kind === kind);
      found[1]?.field.fail(`${levels[level]?.name ?? ''} has two ${kind} directives`, { expected: 'one of a kind' });
      const [directive] = found;
      return directive === undefined ? [] : loopsOf(directive, problem, rest);
    };
    return [...of('temporal'), ...of('spatial')];
  });
  return { mapping, said: readKeeps(directives, levels, problem) };
}

/** What a factor of 0 is, by dimension: the bound divided by all other factors. */
function restOf(directives: readonly Directive[], { problem, dims }: NamedProblem): ReadonlyMap<string, number> {
  const looping = directives.filter(({ kind }) => kind === 'temporal' || kind === 'spatial');
  const names = [...dims.keys()];
  const factors = looping.flatMap(({ field }) =>
    readFactors(field.get('factors'), names).map((factor) => ({ ...factor, field })),
  );
  return new Map(
    names.map((name) => {
      const own = factors.filter(({ dim }) => dim === name);
      const open = own.filter(({ value }) => value === 0);
      open[1]?.field.fail(`the factor 0 of ${name} stands at two levels`, {
        expected: 'one level that takes the rest',
      });
      const product = own.reduce((all, { value }) => all * Math.max(1, value), 1);
      const bound = problem[dims.get(name) as Dim] ?? 1;
      if (open[0] !== undefined && bound % product !== 0) {
        open[0].field.fail(`the other factors of ${name} multiply to ${product}, which does not divide ${bound}`, {
          expected: 'factors of the bound',
        });
      }
      return [name, bound / product];
    }),
  );
}

function loopsOf(
  { kind, field }: Directive,
  { dims }: NamedProblem,
  rest: ReadonlyMap<string, number>,
): readonly Loop[] {
  const names = [...dims.keys()];
  const bounds = new Map(
    readFactors(field.get('factors'), names).map((factor) => [factor.dim, boundOf(factor, field, rest)]),
  );
  const order = readPermutation(field.get('permutation'), names);
  const looping = names.filter((name) => (bounds.get(name) ?? 1) > 1);
  const listed = order === undefined ? [] : [...order.inner, ...order.outer];
  const missing = looping.filter((name) => !listed.includes(name));
  const split = kind === 'spatial' ? (field.get('split')?.integer(0) ?? names.length) : 0;
  // A single one that is left out is outside the others, as Timeloop has it.
  if (missing.length > 1) {
    field.fail(`the order of the loops ${looping.join(', ')} is not given`, {
      expected: 'a permutation of them, inner to outer',
    });
  }
  const inner = [...listed, ...missing];
  const loops = inner.map((name, place): Loop => {
    const axis = place < split ? 'spatialX' : 'spatialY';
    return { dim: dims.get(name) as Dim, bound: bounds.get(name) ?? 1, kind: kind === 'spatial' ? axis : 'temporal' };
  });
  return loops.filter(({ bound }) => bound > 1).reverse();
}

function boundOf({ dim, relation, value }: Factor, field: Field, rest: ReadonlyMap<string, number>): number {
  if (relation !== '=') field.fail(`a mapping has the factor ${dim}${relation}${value}`, { expected: 'exact factors' });
  return value === 0 ? (rest.get(dim) ?? 1) : value;
}
