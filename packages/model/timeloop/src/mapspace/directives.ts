import { hintOf } from '@archon-dse/core';
import { isComponent } from '../architecture/component.js';
import type { PlacedLevel } from '../architecture/read-architecture.js';
import type { Field } from '../input/field.js';

/** What a directive is about: loops of a level in time or space, the data it keeps, or how many instances work. */
export type Kind = 'temporal' | 'spatial' | 'dataspace' | 'parallelism';

/** A directive of a mapping or a constraint, with the level it is about. */
export interface Directive {
  readonly kind: Kind;
  /** Place of the level, outermost first. */
  readonly level: number;
  readonly field: Field;
}

const KINDS: Readonly<Record<string, Kind>> = {
  temporal: 'temporal',
  spatial: 'spatial',
  datatype: 'dataspace',
  dataspace: 'dataspace',
  bypass: 'dataspace',
  bypassing: 'dataspace',
  utilization: 'parallelism',
  parallelism: 'parallelism',
};

/** Keys of a directive by what it is about, those that name its target apart. */
const KEYS: Readonly<Record<Kind, readonly string[]>> = {
  temporal: [
    'factors',
    'permutation',
    'factors_only',
    'default_max_factor',
    'default_min_factor',
    'no_iteration_over_dataspaces',
  ],
  spatial: [
    'factors',
    'permutation',
    'split',
    'factors_only',
    'default_max_factor',
    'default_min_factor',
    'no_iteration_over_dataspaces',
  ],
  dataspace: ['keep', 'bypass', 'keep_only'],
  parallelism: ['min'],
};

/** Keys that Timeloop has and that mean nothing in our model; empty ones ask for nothing. */
const REFUSED: Readonly<Record<string, string>> = {
  no_reuse: 'our model has reuse wherever data stay',
  no_temporal_reuse: 'our model has reuse wherever data stay',
  no_multicast_no_reduction: 'our model has multicast and reduction wherever tiles coincide',
  no_link_transfer: 'our model has no transfers between neighbours to forbid',
  no_coalesce: 'our model has reuse wherever data stay',
  rmw_first_update: 'our model never reads before the first update',
  remainders: "remainders need exact semantics, Timeloop's model here has exact factors only",
  maximize_dims: 'the mapper proves its result over all factors and takes no order of greed',
  maximize_dims_capacity: 'the mapper proves its result over all factors and takes no order of greed',
  must_iterate_over_dataspaces: 'such a condition on loops is not part of our mapspace',
};

/**
 * Reads a list of directives with `target` and `type`, as mappings and constraints have them.
 *
 * @throws ArchonError ARCHON_TIMELOOP_INVALID, ARCHON_TIMELOOP_UNKNOWN_KEY, ARCHON_TIMELOOP_UNSUPPORTED
 */
export function readDirectives(list: Field, levels: readonly PlacedLevel[]): readonly Directive[] {
  if (list.isEmpty) return [];
  return list.items().map((field) => {
    const type = field.need('type');
    const text = type.text();
    if (text === 'skew' || text === 'max_overbooked_proportion')
      type.refuse(`directives of the type ${text} have no meaning in our model`);
    const kind = Object.hasOwn(KINDS, text) ? KINDS[text] : undefined;
    const types = Object.keys(KINDS);
    if (kind === undefined)
      return type.fail(`${text} is no type of directive`, {
        expected: `one of: ${types.join(', ')}`,
        ...hintOf(text, types),
      });
    const directive = { kind, field, level: levelOf(field.need('target', 'name'), kind, levels) };
    checkKeys(directive, ['target', 'name', 'type']);
    return directive;
  });
}

/** The directives that stand with the components of grammar v0.4. */
export function inlineDirectives(levels: readonly PlacedLevel[]): readonly Directive[] {
  return levels.flatMap(({ place }, level) => {
    const { constraints } = place;
    if (constraints === undefined) return [];
    const hasSpread = levels.some((other) => other.place !== place && other.place.field === place.field);
    constraints.only(['spatial', 'temporal', 'dataspace']);
    const kinds = (['spatial', 'temporal', 'dataspace'] as const).filter((kind) => {
      if (!isComponent(place)) return kind === 'spatial';
      return kind !== 'spatial' || !hasSpread;
    });
    return kinds.flatMap((kind) => {
      const field = constraints.get(kind);
      if (field === undefined) return [];
      const directive = { kind, level, field };
      checkKeys(directive, []);
      return [directive];
    });
  });
}

function checkKeys({ kind, field }: Directive, more: readonly string[]): void {
  const keys = [...more, ...KEYS[kind]];
  for (const [key, value] of field.entries()) {
    const reason = Object.hasOwn(REFUSED, key) ? REFUSED[key] : undefined;
    if (reason === undefined) continue;
    const asksNothing = value.isEmpty || value.scalar === 0;
    if (!asksNothing) value.refuse(`${key}: ${reason}`);
    keys.push(key);
  }
  field.only(keys);
}

/** A level by its name, or by its number from the innermost one. */
function levelOf(target: Field, kind: Kind, levels: readonly PlacedLevel[]): number {
  const { scalar } = target;
  if (typeof scalar === 'number') {
    const level = levels.length - 1 - scalar;
    return levels[level] === undefined
      ? target.fail(`there is no level ${scalar}`, { expected: `a level from 0 to ${levels.length - 1}` })
      : level;
  }
  const name = target.text();
  const named = levels.flatMap((level, l) => (level.name === name ? [{ level, l }] : []));
  const wanted = named.find(({ level }) => isComponent(level.place) === (kind !== 'spatial')) ?? named[0];
  const names = [...new Set(levels.map((level) => level.name))];
  return (
    wanted?.l ??
    target.fail(`no level is called ${name}`, { expected: `one of: ${names.join(', ')}`, ...hintOf(name, names) })
  );
}
