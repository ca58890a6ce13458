import type { JsonValue, Options } from './json.js';
import { isList, isMap } from './value-schema.js';

/** An item of a list whose items go by names. */
type NamedItem = Options & { readonly name: string };

/** Whether a value is a list of maps each of which has a name of its own, so that an item can be told by it. */
export function isNamedList(value: JsonValue): value is readonly NamedItem[] {
  if (!isList(value) || value.length === 0) return false;
  return value.every((item) => isMap(item) && typeof item['name'] === 'string') && areDifferent(value as NamedItem[]);
}

function areDifferent(items: readonly NamedItem[]): boolean {
  return new Set(items.map(({ name }) => name)).size === items.length;
}

/** The items by name. */
export function namedItems(list: readonly NamedItem[]): Options {
  return Object.fromEntries(list.map((item) => [item.name, item]));
}

export function itemNamed(list: readonly NamedItem[], name: string): NamedItem | undefined {
  return list.find((item) => item.name === name);
}
