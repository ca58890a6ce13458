import type { JsonValue } from '@archon-dse/core';

/** Lists made by {@link frozenCopy}. Nobody else can add one, whatever a plugin freezes or wraps. */
const copies = new WeakSet<object>();

/**
 * A copy of plain data that nobody can change: whoever gave the original may change that, but not this. Lists that are such copies
 * already are taken as they are.
 *
 * @throws TypeError for an object that is more than its members, such as a typed array
 */
export function frozenCopy(value: JsonValue): JsonValue {
  if (typeof value !== 'object' || value === null) return value;
  if (!Array.isArray(value)) return frozenMembers(value as Readonly<Record<string, JsonValue>>);
  if (copies.has(value)) return value as readonly JsonValue[];
  const copy = Object.freeze(value.map(frozenCopy));
  copies.add(copy);
  return copy;
}

/** Whether a list is one that {@link frozenCopy} made, so that whatever was found out about it stays true. */
export function isFrozenCopy(list: readonly unknown[]): boolean {
  return copies.has(list);
}

function frozenMembers(value: Readonly<Record<string, JsonValue>>): JsonValue {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) {
    throw new TypeError(
      `the layer cache keeps plain data, not a ${Object.prototype.toString.call(value).slice(8, -1)}`,
    );
  }
  return Object.freeze(Object.fromEntries(Object.entries(value).map(([key, member]) => [key, frozenCopy(member)])));
}
