import type { Dim, LevelConstraint, SpatialConstraint } from '@archon-dse/loop-nest';
import type { PlacedLevel } from '../architecture/read-architecture.js';
import type { Field } from '../input/field.js';
import type { Notes } from '../input/notes.js';
import type { Sections } from '../input/sections.js';
import { isComponent } from '../architecture/component.js';
import type { NamedProblem } from '../problem/read-problem.js';
import { inlineDirectives, readDirectives, type Directive, type Kind } from './directives.js';
import { readFactors, readPermutation, type Factor } from './factors.js';
import { readKeeps } from './keeps.js';
import type { Said } from './said.js';

/** The mapspace that the constraints of the files leave, and what they say of the data that levels keep. */
export interface ReadConstraints {
  readonly constraints: readonly LevelConstraint[];
  readonly said: readonly Said[];
}

/**
 * Reads the constraints of all files and those inside the architecture. Each is honoured or refused at its line.
 *
 * @throws ArchonError ARCHON_TIMELOOP_INVALID, ARCHON_TIMELOOP_UNKNOWN_KEY, ARCHON_TIMELOOP_UNSUPPORTED
 */
export function readConstraints(
  sections: Sections,
  levels: readonly PlacedLevel[],
  problem: NamedProblem,
  notes: Notes,
): ReadConstraints {
  const listed = sections.all('constraints').flatMap((field) => readDirectives(listOf(field), levels));
  const directives = [...listed, ...inlineDirectives(levels)];
  const reader = new ConstraintReader(directives, levels, problem, notes);
  return { constraints: levels.map((_, level) => reader.read(level)), said: readKeeps(directives, levels, problem) };
}

/** The directives are the section itself, or its `targets` or `constraints`. */
function listOf(section: Field): Field {
  if (section.isList) return section;
  section.only(['version', 'targets', 'constraints']);
  return (
    section.get('targets', 'constraints') ??
    section.fail(`${section.name} has no targets`, { expected: 'a list of targets' })
  );
}

class ConstraintReader {
  private readonly directives: readonly Directive[];
  private readonly levels: readonly PlacedLevel[];
  private readonly problem: NamedProblem;
  private readonly names: readonly string[];
  private readonly notes: Notes;

  constructor(directives: readonly Directive[], levels: readonly PlacedLevel[], problem: NamedProblem, notes: Notes) {
    this.directives = directives;
    this.levels = levels;
    this.problem = problem;
    this.names = [...problem.dims.keys()];
    this.notes = notes;
  }

  read(level: number): LevelConstraint {
    const place = this.levels[level] as PlacedLevel;
    const parallelism = this.directives.find((each) => each.kind === 'parallelism' && each.level === level);
    parallelism?.field.refuse('a least parallelism is not part of our mapspace yet');
    return {
      ...(isComponent(place.place) ? this.temporal(level) : { temporalDims: [] }),
      ...this.spatial(level, place),
    };
  }

  private temporal(level: number): LevelConstraint {
    const factors = this.factors(level, 'temporal');
    const order = this.order(level, factors);
    const temporal = Object.fromEntries(
      factors.map(({ dim, value }) => [this.problem.dims.get(dim), value === 0 ? 'rest' : value]),
    );
    return { temporal, ...(order === undefined ? {} : { order }) };
  }

  private spatial(level: number, { fanoutX, fanoutY, name }: PlacedLevel): LevelConstraint {
    const factors = this.factors(level, 'spatial');
    const loops = factors.find(({ value }) => value !== 1);
    if (fanoutX * fanoutY === 1) {
      loops?.field.fail(`${name} feeds a single instance: no loop can be spread there`, { expected: 'factors of 1' });
      return {};
    }
    const axes = this.axes(level, fanoutX, fanoutY);
    const along = (axis: 'X' | 'Y'): SpatialConstraint => {
      const names = this.names.filter((dim) => axes(dim).includes(axis));
      const fixed = factors.filter(({ dim }) => names.includes(dim));
      for (const { dim, value, field } of fixed) {
        if (value !== 1 && axes(dim).length > 1)
          field.refuse(
            `${dim}=${value} at ${name}: it is open which axis of the mesh takes it`,
            'Say it with split and permutation.',
          );
      }
      const free = names.filter((dim) => !fixed.some((factor) => factor.dim === dim && factor.value !== 0));
      return {
        dims: free.map((dim) => this.problem.dims.get(dim) as Dim),
        fixed: Object.fromEntries(
          fixed.flatMap(({ dim, value }) => (value === 0 ? [] : [[this.problem.dims.get(dim), value]])),
        ),
      };
    };
    return { ...(fanoutX > 1 ? { spatialX: along('X') } : {}), ...(fanoutY > 1 ? { spatialY: along('Y') } : {}) };
  }

  /** Factors of a level from all its directives of a kind; those at most 1 are 1, and those at least 1 none. */
  private factors(level: number, kind: Kind): readonly (Factor & { readonly field: Field })[] {
    const own = this.directives.filter((each) => each.level === level && each.kind === kind);
    const found = new Map<string, Factor & { readonly field: Field }>();
    for (const { field } of own) {
      const only = field.get('factors_only');
      const given = readFactors(only ?? field.get('factors'), this.names);
      const rest = only === undefined ? [] : this.names.filter((dim) => !given.some((factor) => factor.dim === dim));
      const all = [...given, ...rest.map((dim): Factor => ({ dim, relation: '=', value: 1 }))];
      for (const factor of all) this.addFactor(found, { ...factor, field }, level);
    }
    return [...found.values()];
  }

  private addFactor(
    found: Map<string, Factor & { readonly field: Field }>,
    factor: Factor & { readonly field: Field },
    level: number,
  ): void {
    const { dim, relation, value, field } = factor;
    const before = found.get(dim);
    const name = this.levels[level]?.name ?? '';
    if (before !== undefined && before.value !== value) {
      field.fail(`the factor of ${dim} at ${name} is given twice, as ${before.value} and as ${value}`, {
        expected: 'one of them',
      });
    }
    const bound = this.problem.problem[this.problem.dims.get(dim) as Dim] ?? 1;
    if (relation === '=' && value > bound) {
      this.notes.add(
        `${dim}=${value} at ${name} is more than the ${bound} of the problem: ignored, as in Timeloop`,
        field.location,
      );
    } else if (relation === '=' || (relation === '<=' && value === 1)) found.set(dim, { ...factor, relation: '=' });
    else if (relation === '<=' ? value < bound : value > 1)
      field.refuse(`${dim}${relation}${value} at ${name}: least and greatest factors are not part of our mapspace yet`);
  }

  /** The order of temporal loops, outer to inner, where it is given. */
  private order(level: number, factors: readonly Factor[]): readonly Dim[] | undefined {
    const given = this.directives.filter(
      (each) => each.level === level && each.kind === 'temporal' && each.field.get('permutation') !== undefined,
    );
    const [first, second] = given.map(({ field }) => field.get('permutation') as Field);
    if (first === undefined) return undefined;
    second?.fail(`the permutation of ${this.levels[level]?.name ?? ''} is given twice`, { expected: 'one of them' });
    const { inner, outer } = readPermutation(first, this.names) ?? { inner: [], outer: [] };
    const isOne = (dim: string): boolean =>
      (this.problem.problem[this.problem.dims.get(dim) as Dim] ?? 1) === 1 ||
      factors.some((factor) => factor.dim === dim && factor.value === 1);
    const open = this.names.filter((dim) => ![...inner, ...outer].includes(dim) && !isOne(dim));
    if (open.length > 1 && inner.some((dim) => !isOne(dim))) {
      first.refuse(
        `the permutation leaves the order of ${open.join(', ')} open outside its loops; our mapspace has open loops innermost only`,
        'Name them too, or fix their factors to 1.',
      );
    }
    const outerFirst = [...outer].reverse();
    const all = open.length > 1 ? outerFirst : [...outerFirst, ...open, ...[...inner].reverse()];
    return all.map((dim) => this.problem.dims.get(dim) as Dim);
  }

  /** The axes that may take each dimension. The first `split` of a permutation, inner to outer, go along X, the others along Y. */
  private axes(level: number, fanoutX: number, fanoutY: number): (dim: string) => readonly ('X' | 'Y')[] {
    const own = this.directives.filter((each) => each.level === level && each.kind === 'spatial');
    const split = own.map(({ field }) => field.get('split')).find((field) => field !== undefined);
    const meshes = (['X', 'Y'] as const).filter((axis) => (axis === 'X' ? fanoutX : fanoutY) > 1);
    if (split === undefined) return () => meshes;
    const at = split.integer(0);
    const permutation = own
      .map(({ field }) => readPermutation(field.get('permutation'), this.names))
      .find((each) => each !== undefined);
    if (permutation === undefined && at > 0 && at < this.names.length) {
      split.refuse(
        'a split without a permutation leaves open which dimensions go along X',
        'Give the permutation too.',
      );
    }
    const inner = permutation?.inner ?? [];
    const listed = [
      ...inner,
      ...this.names.filter((dim) => !inner.includes(dim) && !permutation?.outer.includes(dim)),
      ...(permutation?.outer ?? []),
    ];
    return (dim) => {
      const axis = listed.indexOf(dim) < at ? 'X' : 'Y';
      return meshes.includes(axis) ? [axis] : [];
    };
  }
}
