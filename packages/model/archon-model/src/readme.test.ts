import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { RULE_TABLE } from './rule-table.js';
import { CORRECTED_RULES } from './rules.js';

describe('README.md', () => {
  it('explains every rule in the words of the table', () => {
    const text = readFileSync(join(import.meta.dirname, '../README.md'), 'utf8');
    const rows = text.split('\n').map((line) => line.split('|').map((cell) => cell.trim()));
    for (const { name, published, corrected, why } of RULE_TABLE) {
      expect(rows).toContainEqual(['', `\`${name}\``, published, corrected, why, '']);
    }
  });

  it('has a rule for each decision', () => {
    expect(RULE_TABLE.map(({ name }) => name).sort()).toEqual(Object.keys(CORRECTED_RULES).sort());
  });
});
