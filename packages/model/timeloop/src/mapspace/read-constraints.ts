import { hintOf } from '@archon-dse/core';
import type { Dim, LevelConstraint, SpatialConstraint } from '@archon-dse/loop-nest';
import { isComponent } from '../architecture/component.js';
import type { PlacedLevel } from '../architecture/read-architecture.js';
import type { Field } from '../input/field.js';
import type { Notes } from '../input/notes.js';
import type { Sections } from '../input/sections.js';
import type { NamedProblem } from '../problem/read-problem.js';
import { inlineDirectives, readDirectives, type Directive, type Kind } from './directives.js';
import { readPermutation } from './factors.js';
import { readKeeps } from './keeps.js';
import { readLimits, type Limit, type Limits } from './limits.js';
import type { Said } from './said.js';

/** The mapspace that the constraints of the files leave, and what they say of the data that levels keep. */
export interface ReadConstraints {
  readonly constraints: readonly LevelConstraint[];
  readonly said: readonly Said[];
  /** Least share of the arithmetic that works, over all levels together. */
  readonly parallelism: { readonly least: number; readonly field: Field } | undefined;
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
  const listed = sections.all('constraints').flatMap((field) => {
    const list = listOf(field);
    return list === undefined ? [] : readDirectives(list, levels);
  });
  const directives = [...listed, ...inlineDirectives(levels)];
  const [parallelism, second] = directives.filter(({ kind }) => kind === 'parallelism');
  second?.field.fail('a least parallelism is given twice', { expected: 'one of them' });
  return {
    constraints: levels.map((level, l) => {
      const own = directives.filter((directive) => directive.level === l);
      return new LevelReader(own, level, problem, notes).read();
    }),
    said: readKeeps(directives, levels, problem),
    parallelism: parallelism && { least: shareOf(parallelism.field.need('min')), field: parallelism.field },
  };
}

function shareOf(field: Field): number {
  const share = field.number();
  return share <= 1 ? share : field.fail(`a least parallelism of ${share}`, { expected: 'a share from 0 to 1' });
}

/** The directives are the section itself, its `targets`, its `constraints`, or those of the name that `constraints` says. */
function listOf(section: Field): Field | undefined {
  if (section.isList) return section;
  const named = section.entries().flatMap(([key]) => (key.startsWith('constraints_') ? [key] : []));
  section.only(['version', 'targets', 'constraints', 'template', ...named]);
  const template = section.get('template');
  if (template !== undefined && template.scalar !== 'uber')
    template.refuse(`the mapspace template ${template.text()} is not ours`);
  const given = section.get('targets', 'constraints');
  if (given?.scalar !== undefined) {
    const names = named.map((key) => key.replace('constraints_', ''));
    const name = given.text();
    return (
      section.get(`constraints_${name}`) ??
      given.fail(`no constraints are called ${name}`, {
        expected: `one of: ${names.join(', ')}`,
        ...hintOf(name, names),
      })
    );
  }
  if (given === undefined && template === undefined)
    section.fail(`${section.name} has no targets`, { expected: 'a list of targets' });
  return given;
}

type Axis = 'X' | 'Y';

/** Reads what directives say of one level. */
class LevelReader {
  private readonly directives: readonly Directive[];
  private readonly level: PlacedLevel;
  private readonly problem: NamedProblem;
  private readonly names: readonly string[];
  private readonly notes: Notes;

  constructor(directives: readonly Directive[], level: PlacedLevel, problem: NamedProblem, notes: Notes) {
    this.directives = directives;
    this.level = level;
    this.problem = problem;
    this.names = [...problem.dims.keys()];
    this.notes = notes;
  }

  read(): LevelConstraint {
    const temporal = isComponent(this.level.place) ? this.temporal() : { temporalDims: [] };
    return { ...temporal, ...this.spatial() };
  }

  private temporal(): LevelConstraint {
    const limits = this.limits('temporal');
    const order = this.order(limits);
    return {
      temporal: this.named(limits.exact, ({ value }) => (value === 0 ? 'rest' : value)),
      ...this.ranges(limits, this.names),
      ...(order === undefined ? {} : { order }),
    };
  }

  private spatial(): LevelConstraint {
    const { fanoutX, fanoutY, name } = this.level;
    const limits = this.limits('spatial');
    const given = [...limits.exact, ...limits.least].find(([, { value }]) => value !== 1);
    if (fanoutX * fanoutY === 1) {
      given?.[1].field.fail(`${name} feeds a single instance: no loop can be spread there`, {
        expected: 'factors of 1',
      });
      return {};
    }
    const axes = this.axes();
    for (const [dim, { value, field }] of [...limits.exact, ...limits.most, ...limits.least]) {
      if (value !== 1 && axes(dim).length > 1) {
        field.refuse(`it is open which axis of the mesh at ${name} takes ${dim}`, 'Say it with split and permutation.');
      }
    }
    const along = (axis: Axis): SpatialConstraint => {
      const names = this.names.filter((dim) => axes(dim).includes(axis));
      const fixed = new Map([...limits.exact].filter(([dim, { value }]) => names.includes(dim) && value !== 0));
      const free = names.filter((dim) => !fixed.has(dim));
      return {
        dims: free.map((dim) => this.problem.dims.get(dim) as Dim),
        fixed: this.named(fixed, ({ value }) => value),
        ...this.ranges(limits, names),
      };
    };
    return { ...(fanoutX > 1 ? { spatialX: along('X') } : {}), ...(fanoutY > 1 ? { spatialY: along('Y') } : {}) };
  }

  private limits(kind: Kind): Limits {
    const own = this.directives.filter((directive) => directive.kind === kind);
    return readLimits(own, this.level.name, this.problem, this.notes);
  }

  /** Largest and smallest factors, where there are any. */
  private ranges({ most, least }: Limits, names: readonly string[]): Pick<LevelConstraint, 'most' | 'least'> {
    const own = (limits: ReadonlyMap<string, Limit>) =>
      this.named(new Map([...limits].filter(([dim]) => names.includes(dim))), ({ value }) => value);
    const [upper, lower] = [own(most), own(least)];
    return {
      ...(Object.keys(upper).length > 0 ? { most: upper } : {}),
      ...(Object.keys(lower).length > 0 ? { least: lower } : {}),
    };
  }

  /** By our dimensions. */
  private named<T>(limits: ReadonlyMap<string, Limit>, value: (limit: Limit) => T): Partial<Record<Dim, T>> {
    return Object.fromEntries([...limits].map(([dim, limit]) => [this.problem.dims.get(dim), value(limit)])) as Partial<
      Record<Dim, T>
    >;
  }

  /** The order of temporal loops, outer to inner, where it is given. */
  private order({ exact }: Limits): readonly Dim[] | undefined {
    const field = this.single('temporal', 'permutation');
    if (field === undefined) return undefined;
    const { inner, outer } = readPermutation(field, this.names) ?? { inner: [], outer: [] };
    const isOne = (dim: string): boolean =>
      (this.problem.problem[this.problem.dims.get(dim) as Dim] ?? 1) === 1 || exact.get(dim)?.value === 1;
    const open = this.names.filter((dim) => ![...inner, ...outer].includes(dim) && !isOne(dim));
    if (open.length > 1 && inner.some((dim) => !isOne(dim))) {
      field.refuse(
        `the permutation leaves the order of ${open.join(', ')} open outside its loops; our mapspace has open loops innermost only`,
        'Name them too, or fix their factors to 1.',
      );
    }
    const outerFirst = [...outer].reverse();
    const all = open.length > 1 ? outerFirst : [...outerFirst, ...open, ...[...inner].reverse()];
    return all.map((dim) => this.problem.dims.get(dim) as Dim);
  }

  /** The axes that may take each dimension. The first `split` of a permutation, inner to outer, go along X, the others along Y. */
  private axes(): (dim: string) => readonly Axis[] {
    const { fanoutX, fanoutY } = this.level;
    const meshes = (['X', 'Y'] as const).filter((axis) => (axis === 'X' ? fanoutX : fanoutY) > 1);
    const split = this.single('spatial', 'split');
    const permutation = readPermutation(this.single('spatial', 'permutation'), this.names);
    if (split === undefined) return () => meshes;
    const at = split.integer(0);
    if (permutation === undefined && at > 0 && at < this.names.length) {
      split.refuse(
        'a split without a permutation leaves open which dimensions go along X',
        'Give the permutation too.',
      );
    }
    const { inner, outer } = permutation ?? { inner: [], outer: [] };
    const listed = [...inner, ...this.names.filter((dim) => !inner.includes(dim) && !outer.includes(dim)), ...outer];
    return (dim) => {
      const axis = listed.indexOf(dim) < at ? 'X' : 'Y';
      return meshes.includes(axis) ? [axis] : [];
    };
  }

  /** A value that the directives of a kind may give once. */
  private single(kind: Kind, key: string): Field | undefined {
    const given = this.directives.flatMap((each) => (each.kind === kind ? (each.field.get(key) ?? []) : []));
    given[1]?.fail(`the ${key} of ${this.level.name} is given twice`, { expected: 'one of them' });
    return given[0];
  }
}
