import type { Attributes } from '../expression/attributes.js';
import type { Field } from '../input/field.js';

/** A component as an architecture lists it, with how many there are of it and in what mesh. */
export interface Component {
  readonly name: string;
  readonly className: string;
  readonly role: Role;
  readonly attributes: Attributes;
  readonly instances: number;
  /** All its instances as a mesh: `meshX * meshY = instances`. */
  readonly meshX: number;
  readonly meshY: number;
  readonly field: Field;
  /** `constraints:` that stand with it, as grammar v0.4 has them. */
  readonly constraints?: Field | undefined;
}

/** A place where an array spreads out that holds nothing, as a container of grammar v0.4 with `spatial` is. */
export interface Spread {
  readonly name: string;
  readonly meshX: number;
  readonly meshY: number;
  readonly field: Field;
  readonly constraints?: Field | undefined;
}

/** What an architecture lists, outermost first: storage and spreads, then the arithmetic. */
export interface Listing {
  readonly storage: readonly (Component | Spread)[];
  readonly compute: Component;
  /** Components that are neither. */
  readonly others: readonly Component[];
}

export const isComponent = (place: Component | Spread): place is Component => 'className' in place;

type Role = 'storage' | 'compute' | 'other';

/**
 * What a class is for, by what its name contains.
 *
 * @source NVlabs/timeloop, include/model/topology.hpp (4cf6d4c)
 */
const ROLES: readonly (readonly [part: string, role: Role])[] = [
  ['DRAM', 'storage'],
  ['SRAM', 'storage'],
  ['regfile', 'storage'],
  ['smartbuffer', 'storage'],
  ['storage', 'storage'],
  ['mac', 'compute'],
  ['compute', 'compute'],
];

/** The class of levels that timeloopfe makes of containers: they spread and hold nothing. */
const PASSING = 'dummy_storage';

/** Whether a place may keep data. */
export function holdsData(place: Component | Spread): boolean {
  return isComponent(place) && place.className !== PASSING;
}

/** The class that prices a component, and what it is for: by that class, or by the kind that stands beside it as `class`. */
export function readClass(field: Field): Pick<Component, 'className' | 'role'> {
  const kind = field.get('class');
  const className =
    (field.get('subclass')?.isEmpty === false ? field.get('subclass') : (kind ?? field.need('class')))?.text() ?? '';
  const roles = [className, kind?.text() ?? className].map(roleOf);
  return { className, role: roles.find((role) => role !== 'other') ?? 'other' };
}

function roleOf(className: string): Role {
  return ROLES.find(([part]) => className.includes(part))?.[1] ?? 'other';
}

/** `PE[0..71]` is 72 of PE, and `PE` one. */
export function readName(field: Field): { readonly name: string; readonly count: number } {
  const text = field.text();
  const match = /^([^[\]]+)(?:\[(\d+)\.\.(\d+)\])?$/.exec(text);
  const [, name, from, to] = match ?? [];
  if (name === undefined)
    return field.fail(`"${text}" is no name`, { expected: 'a name such as PE, or PE[0..71] for 72 of them' });
  const count = from === undefined ? 1 : Number(to) - Number(from) + 1;
  if (count < 1 || !Number.isSafeInteger(count))
    return field.fail(`"${text}" has no elements`, { expected: 'a range that ascends, such as [0..71]' });
  return { name, count };
}
