import { ESLint } from 'eslint';
import tseslint from 'typescript-eslint';
import { describe, expect, it } from 'vitest';

/** Without rules that ask for types, which files that do not exist have none of. */
const eslint = new ESLint({ overrideConfig: tseslint.configs.disableTypeChecked });

/** Lints `code` as if it stood in `filePath` and returns the layer messages. */
async function lint(filePath: string, code: string): Promise<string[]> {
  const results = await eslint.lintText(code, { filePath });
  return results
    .flatMap((result) => result.messages)
    .filter((m) => m.ruleId?.startsWith('no-restricted') ?? false)
    .map((m) => m.message);
}

describe('layer rules', () => {
  it.each([
    ['packages/contract/core/src/x.ts', "export { x } from '@archon-dse/workload';", 'Not a layer below'],
    ['plugins/accel-dense/src/x.ts', "export { x } from '@archon-dse/net-mobilenetv2';", 'Not a layer below'],
    ['packages/host/cli/src/x.ts', "export { x } from '@archon-dse/accel-dense';", 'Not a layer below'],
    ['plugins/accel-dense/src/x.ts', "export { x } from '@archon-dse/training/options';", 'Not a layer below'],
    ['plugins/stages/src/x.ts', "export { x } from '@archon-dse/loop-nest';", 'Not a layer below'],
    ['plugins/stages/src/x.ts', "export { x } from 'node:fs';", 'free of Node'],
    ['packages/host/cli/src/x.ts', "export { x } from '../../runner/src/index.js';", 'by its name'],
    ['packages/host/cli/src/x.ts', "export { x } from '../../../../plugins/accel-dense/dist/index.js';", 'by its name'],
    ['packages/model/loop-nest/src/x.ts', "export { readFileSync } from 'node:fs';", 'free of Node'],
    ['plugins/accel-dense/src/x.ts', 'export const x = Math.random();', 'seeded generator'],
    ['packages/contract/core/src/x.ts', "export { x } from 'node:fs';", 'free of Node'],
    ['packages/contract/config/src/x.ts', "export { readText } from '@archon-dse/core/files';", 'touches no files'],
  ])('%s: %s is refused', async (file, code, message) => {
    expect(await lint(file, code)).toEqual([expect.stringContaining(message)]);
  });

  it.each([
    ['packages/model/workload/src/x.ts', "export { fail } from '@archon-dse/core';"],
    ['packages/host/runner/src/x.ts', "export { readFileSync } from 'node:fs';"],
    ['packages/host/runner/src/files/x.ts', "export { x } from '../plugins/loader.js';"],
    ['packages/contract/core/src/files/x.ts', "export { readFileSync } from 'node:fs';"],
    ['packages/host/runner/src/x.ts', "export { readText } from '@archon-dse/core/files';"],
    ['plugins/stages/src/x.ts', "export { x } from '@archon-dse/training/options';"],
    ['plugins/accel-dense/src/x.test.ts', "export { x } from '@archon-dse/testing';"],
  ])('%s: %s is allowed', async (file, code) => {
    expect(await lint(file, code)).toEqual([]);
  });
});
