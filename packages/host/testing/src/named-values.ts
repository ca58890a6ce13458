import type { TestApi } from '@archon-dse/core';

/** The same for suites that name what they compare: the name stands in the values, as jest's `expect` refuses a message. */
export function namingValues({ describe, it, expect }: TestApi): TestApi {
  return {
    describe,
    it,
    expect: (actual, name) => {
      if (name === undefined) return expect(actual);
      const toEqual = (expected: unknown) => expect({ [name]: actual }).toEqual({ [name]: expected });
      return { toEqual, toBe: toEqual, toBeLessThanOrEqual: (most) => expect(actual).toBeLessThanOrEqual(most) };
    },
  };
}
