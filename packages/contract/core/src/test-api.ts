/**
 * What a contract suite needs of a test runner; vitest's and jest's own functions fit as they are.
 *
 * @example
 * import { describe, expect, it } from 'vitest';
 * describeNetworkContract(plugin, { describe, expect, it });
 */
export interface TestApi {
  readonly describe: (name: string, suite: () => void) => unknown;
  readonly it: (name: string, test: () => void | Promise<void>) => unknown;
  /** The second argument is printed with a failure. */
  readonly expect: (actual: unknown, message?: string) => Expectation;
}

/** The assertions the suites use. */
export interface Expectation {
  toBe(expected: unknown): unknown;
  toEqual(expected: unknown): unknown;
  toBeLessThanOrEqual(expected: number): unknown;
}
