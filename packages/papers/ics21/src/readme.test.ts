import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { TABLE_RULES } from './table-rules.js';

describe('README.md', () => {
  it('explains every rule in the words of the table', () => {
    const text = readFileSync(join(import.meta.dirname, '../README.md'), 'utf8');
    const rows = text.split('\n').map((line) => line.split('|').map((cell) => cell.trim()));
    for (const { name, published, corrected, why } of TABLE_RULES) {
      expect(rows).toContainEqual(['', `\`${name}\``, published, corrected, why, '']);
    }
  });
});
