import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { archonHere } from './in-process.js';
import { root } from './workspace.js';

describe('archon validate-model', () => {
  it('writes docs/validation.md', async () => {
    const { status, stdout } = await archonHere(['validate-model', '--markdown']);
    expect(status).toBe(0);
    expect(
      readFileSync(join(root, 'docs/validation.md'), 'utf8'),
      'archon validate-model --markdown > docs/validation.md',
    ).toBe(stdout);
  });

  it('has the documented fields', async () => {
    const { comparisons } = JSON.parse((await archonHere(['validate-model', '--json'])).stdout) as {
      comparisons: object[];
    };
    expect(comparisons).toHaveLength(15);
    for (const comparison of comparisons) {
      expect(Object.keys(comparison)).toEqual(['title', 'source', 'validates', 'assumptions', 'layers', 'errors']);
    }
  });
});
