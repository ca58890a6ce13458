import type { Attributes } from '../expression/attributes.js';
import { attributesOf } from '../expression/attributes.js';
import type { Field } from '../input/field.js';

/** A part of a compound component: so many of another class. */
export interface Part {
  readonly name: string;
  readonly className: string;
  /** Range of the name, `[from..to]`, as expressions; a single part has none. */
  readonly range: Field;
  readonly attributes: ReadonlyMap<string, Field>;
  readonly areaScale: Field | undefined;
  readonly field: Field;
}

/** An action of a compound component: for each of its parts which actions it takes. */
interface CompoundAction {
  readonly name: string;
  readonly parts: readonly { readonly name: Field; readonly actions: readonly Field[] }[];
}

/** A compound component class of Accelergy: a component made of others. */
export interface CompoundClass {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, Field>;
  readonly parts: readonly Part[];
  readonly actions: readonly CompoundAction[];
  readonly field: Field;
}

/**
 * Reads `compound_components:`, of all files together, by name.
 *
 * @throws ArchonError ARCHON_TIMELOOP_INVALID, ARCHON_TIMELOOP_UNKNOWN_KEY
 */
export function readCompounds(fields: readonly Field[]): ReadonlyMap<string, CompoundClass> {
  const classes = new Map<string, CompoundClass>();
  for (const field of fields) {
    field.only(['version', 'classes']);
    for (const each of field.need('classes').items()) {
      const read = readClass(each);
      if (classes.has(read.name)) each.fail(`two classes are called ${read.name}`, { expected: 'each class once' });
      classes.set(read.name, read);
    }
  }
  return classes;
}

function readClass(field: Field): CompoundClass {
  field.only(['name', 'attributes', 'subcomponents', 'actions']);
  return {
    name: field.need('name').text(),
    attributes: attributesOf(field.get('attributes')),
    parts: (field.get('subcomponents')?.items() ?? []).map(readPart),
    actions: (field.get('actions')?.items() ?? []).map(readAction),
    field,
  };
}

function readPart(field: Field): Part {
  field.only(['name', 'class', 'attributes', 'area_scale', 'area_share']);
  return {
    name: partName(field.need('name')),
    className: field.need('class').text(),
    range: field.need('name'),
    attributes: attributesOf(field.get('attributes')),
    areaScale: field.get('area_scale', 'area_share'),
    field,
  };
}

function readAction(field: Field): CompoundAction {
  field.only(['name', 'arguments', 'subcomponents']);
  const parts = (field.get('subcomponents')?.items() ?? []).map((part) => {
    part.only(['name', 'actions']);
    const actions = part.need('actions').items();
    for (const action of actions) action.only(['name', 'arguments', 'energy_scale', 'action_share', 'repeat']);
    return { name: part.need('name'), actions };
  });
  return { name: field.need('name').text(), parts };
}

/** The name of a part without its range. */
export const partName = (field: Field): string => field.text().replace(/\[.*$/, '');

/** How many parts a name speaks of: `a` and `a[3]` are one, `a[1..n]` as many as the attributes say. */
export function countOf(field: Field, attributes: Attributes): number {
  const match = /\[(.+?)\.\.(.+)\]$/.exec(field.text());
  const [, from, to] = match ?? [];
  if (from === undefined || to === undefined) return 1;
  const [first, last] = [from, to].map((text) => attributes.evaluateText(text));
  if (first === undefined || last === undefined || !(last - first >= 0)) {
    return field.fail(`"${field.text()}" is no range`, {
      expected: 'numbers or expressions of the attributes, ascending',
    });
  }
  return last - first + 1;
}
