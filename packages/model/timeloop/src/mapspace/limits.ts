import type { Dim } from '@archon-dse/loop-nest';
import type { Field } from '../input/field.js';
import type { Notes } from '../input/notes.js';
import type { NamedProblem } from '../problem/read-problem.js';
import { relevantDims } from '../problem/relevance.js';
import type { Directive } from './directives.js';
import { readFactors, type Factor } from './factors.js';
import { readSpaces } from './keeps.js';

/** A limit of the factor of a dimension, and the directive that gives it. */
export interface Limit {
  readonly value: number;
  readonly field: Field;
}

/** What directives say of the factors of one level, in time or in space, by the names of the files. */
export interface Limits {
  /** Exact factors; 0 is what the other levels leave over. */
  readonly exact: ReadonlyMap<string, Limit>;
  readonly most: ReadonlyMap<string, Limit>;
  readonly least: ReadonlyMap<string, Limit>;
}

/**
 * Gathers the factors that all directives of a level give. Limits that say nothing are left out, and those that leave one choice are exact.
 *
 * @throws ArchonError ARCHON_TIMELOOP_INVALID for factors that contradict each other or the problem
 */
export function readLimits(
  directives: readonly Directive[],
  level: string,
  problem: NamedProblem,
  notes: Notes,
): Limits {
  const gathering = new Gathering(level, problem, notes);
  for (const { field } of directives) gathering.addDirective(field);
  return gathering;
}

class Gathering implements Limits {
  readonly exact = new Map<string, Limit>();
  readonly most = new Map<string, Limit>();
  readonly least = new Map<string, Limit>();
  private readonly level: string;
  private readonly problem: NamedProblem;
  private readonly names: readonly string[];
  private readonly notes: Notes;

  constructor(level: string, problem: NamedProblem, notes: Notes) {
    this.level = level;
    this.problem = problem;
    this.names = [...problem.dims.keys()];
    this.notes = notes;
  }

  addDirective(field: Field): void {
    const only = field.get('factors_only');
    const given = readFactors(only ?? field.get('factors'), this.names);
    for (const factor of given) this.add(factor, field);
    const unsaid = this.names.filter((dim) => !given.some((factor) => factor.dim === dim));
    const still = field.get('no_iteration_over_dataspaces');
    const closed = readSpaces(still, this.problem).flatMap(({ space }) => relevantDims(this.problem, space));
    for (const dim of this.names) {
      const isClosed = closed.includes(dim) || (only !== undefined && unsaid.includes(dim));
      if (isClosed) this.add({ dim, relation: '=', value: 1 }, field);
    }
    for (const [key, relation] of [
      ['default_max_factor', '<='],
      ['default_min_factor', '>='],
    ] as const) {
      const value = field.get(key)?.integer();
      if (value !== undefined) for (const dim of unsaid) this.add({ dim, relation, value }, field);
    }
  }

  private add({ dim, relation, value }: Factor, field: Field): void {
    const bound = this.problem.problem[this.problem.dims.get(dim) as Dim] ?? 1;
    const text = `${dim}${relation}${value} at ${this.level}`;
    if (relation === '=' && value > bound) {
      this.notes.add(`${text} is more than the ${bound} of the problem: ignored, as in Timeloop`, field.location);
    } else if (relation === '=' || (relation === '<=' && value === 1)) this.put(this.exact, dim, { value, field });
    else if (relation === '<=' && value < 1)
      field.fail(`${text} leaves no factor`, { expected: 'a largest factor of 1 or more' });
    else if (relation === '>=' && value > bound)
      field.fail(`${text} is more than the ${bound} of the problem`, { expected: `at most ${bound}` });
    else if (relation === '<=' && value < bound) this.put(this.most, dim, { value, field });
    else if (relation === '>=' && value > 1) this.put(this.least, dim, { value, field });
  }

  private put(limits: Map<string, Limit>, dim: string, limit: Limit): void {
    const before = limits.get(dim);
    if (before !== undefined && before.value !== limit.value) {
      limit.field.fail(
        `the factor of ${dim} at ${this.level} is given twice, as ${before.value} and as ${limit.value}`,
        {
          expected: 'one of them',
        },
      );
    }
    limits.set(dim, limit);
  }
}
