import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { COMPONENT_CLASSES } from './component-classes.js';

describe('COMPONENT_CLASSES', () => {
  it('are the classes of the README, with their attributes, defaults and actions', () => {
    const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
    const documented = readme
      .split('\n')
      .filter((line) => line.startsWith('| `'))
      .map((line) => line.replace(/ +/g, ' '));
    const code = (name: string) => `\`${name}\``;
    const rows = COMPONENT_CLASSES.map(({ name, attributes, actions }) => {
      const listed = Object.entries(attributes)
        .filter(([attribute]) => attribute !== 'technology')
        .map(([attribute, schema]) => code(attribute) + (schema.default === undefined ? '' : ` = ${schema.default}`));
      return `| ${code(name)} | ${listed.join(', ')} | ${Object.keys(actions).map(code).join(', ')} |`;
    });
    expect(documented).toEqual(rows);
  });

  it('take a technology, all but the DRAM', () => {
    const without = COMPONENT_CLASSES.filter(({ attributes }) => !('technology' in attributes));
    expect(without.map(({ name }) => name)).toEqual(['dram']);
  });

  it('describe each class and attribute', () => {
    for (const { description, attributes } of COMPONENT_CLASSES) {
      expect(description).toMatch(/\.$/);
      for (const schema of Object.values(attributes)) expect(schema.description).toMatch(/\.$/);
    }
  });
});
