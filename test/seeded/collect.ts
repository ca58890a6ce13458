import type { TestApi } from '@archon-dse/core';
import { expect } from 'vitest';

/** Runs a suite here and gives the names of the checks that fail, each once, in order. */
export async function failedChecks(suite: (api: TestApi) => void): Promise<readonly string[]> {
  const tests: { readonly name: string; readonly test: () => void | Promise<void> }[] = [];
  suite({ describe: (_, body) => body(), it: (name, test) => tests.push({ name, test }), expect });
  const failed = new Set<string>();
  for (const { name, test } of tests) {
    try {
      await test();
    } catch {
      failed.add(name);
    }
  }
  expect(tests.length).toBeGreaterThan(5);
  return [...failed];
}
