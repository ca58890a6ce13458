/**
 * What a contract suite needs of a test runner; vitest's and jest's own functions fit as they are, and those of `node:test` with
 * the `expect` of `@archon-dse/testing/node`.
 *
 * @example
 * import { describe, expect, it } from 'vitest';
 * describeNetworkContract(plugin, { describe, expect, it });
 */
export interface TestApi {
  readonly describe: (name: string, suite: () => void) => unknown;
  readonly it: (name: string, test: () => void | Promise<void>) => unknown;
  /** The second argument is printed with a failure, by runners that take one; jest refuses it. */
  readonly expect: (actual: unknown, message?: string) => Expectation;
}

/** The assertions the suites use. */
export interface Expectation {
  toBe(expected: unknown): unknown;
  toEqual(expected: unknown): unknown;
  toBeLessThanOrEqual(expected: number): unknown;
}
