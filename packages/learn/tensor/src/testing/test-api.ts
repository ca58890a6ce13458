/** What the contract suite needs of a test runner; vitest's functions fit as they are. */
export interface TestApi {
  readonly describe: (name: string, suite: () => void) => unknown;
  readonly it: (name: string, test: () => void | Promise<void>) => unknown;
  /** The second argument is printed with a failure. */
  readonly expect: (actual: unknown, message?: string) => Expectation;
}

/** The assertions the suite uses. */
interface Expectation {
  toBe(expected: unknown): unknown;
  toEqual(expected: unknown): unknown;
  toBeLessThanOrEqual(expected: number): unknown;
}
