import { deepStrictEqual, ok, strictEqual } from 'node:assert/strict';
import type { Expectation } from '@archon-dse/core';

/**
 * The `expect` that `node:test` has not, with what core's `TestApi` asks for and no more. It judges as vitest and jest do: `toEqual` takes
 * members that are undefined as absent, and objects by their members, whatever made them.
 *
 * @example
 * import { describe, it } from 'node:test';
 * describeNetworkContract(plugin, { describe, expect, it });
 */
export function expect(actual: unknown): Expectation {
  return {
    toBe: (expected) => {
      strictEqual(actual, expected);
    },
    toEqual: (expected) => {
      deepStrictEqual(plain(actual), plain(expected));
    },
    toBeLessThanOrEqual: (most) => {
      ok(typeof actual === 'number' && actual <= most, `${String(actual)} is not at most ${most}`);
    },
  };
}

/** A copy without members that are undefined, its objects plain; maps, typed arrays and the like stay as they are. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return Array.from(value, plain);
  if (Object.prototype.toString.call(value) !== '[object Object]') return value;
  const members = Object.entries(value as object).filter(([, member]) => member !== undefined);
  return Object.fromEntries(members.map(([name, member]) => [name, plain(member)]));
}
