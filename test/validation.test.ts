import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { archon, root } from './workspace.js';

describe('archon validate-model', () => {
  it('writes docs/validation.md', () => {
    const { status, stdout } = archon(['validate-model', '--markdown']);
    expect(status).toBe(0);
    expect(
      readFileSync(join(root, 'docs/validation.md'), 'utf8'),
      'archon validate-model --markdown > docs/validation.md',
    ).toBe(stdout);
  });

  it('has the documented fields', () => {
    const { comparisons } = JSON.parse(archon(['validate-model', '--json']).stdout) as { comparisons: object[] };
    expect(comparisons).toHaveLength(7);
    for (const comparison of comparisons) {
      expect(Object.keys(comparison)).toEqual(['title', 'source', 'validates', 'assumptions', 'layers', 'errors']);
    }
  });
});
