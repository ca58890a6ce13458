/**
 * What is made of the grammar and of the shipped architectures: each `architectures/*.yaml` of the package `architecture` becomes a module of
 * its `src/shipped`, so that a browser has them too, and the grammar a table of `docs/architectures.md`. `node tools/architectures.mjs`
 * writes both; a test compares. Needs a build.
 */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { ARCHITECTURE } from '@archon-dse/architecture';
import { describeOption, optionsByPath } from '@archon-dse/core';
import { format, resolveConfig } from 'prettier';
import { parse } from 'yaml';
import { root } from './workspace.mjs';

const folder = join(root, 'packages/model/architecture');
export const SHIPPED = join(folder, 'src/shipped');

/** The text of each module, by the name of its file. */
export async function shippedModules() {
  const files = readdirSync(join(folder, 'architectures'))
    .filter((name) => name.endsWith('.yaml'))
    .sort();
  const names = files.map((name) => basename(name, '.yaml'));
  const modules = names.map((name, index) => [`${name}.ts`, moduleOf(name, files[index] ?? '')]);
  const imports = names.map((name) => `import { ${constant(name)} } from './${name}.js';`).join('\n');
  const members = names.map((name) => `${JSON.stringify(name)}: ${constant(name)}`).join(', ');
  const index = `import type { JsonValue } from '@archon-dse/core';
${imports}

/** The shipped architectures by name, as their files have them. */
export const ARCHITECTURES: Readonly<Record<string, JsonValue>> = { ${members} };
`;
  const config = { ...(await resolveConfig(join(SHIPPED, 'index.ts'))), parser: 'typescript' };
  const texts = [...modules, ['index.ts', index]].map(async ([name, text]) => [name, await format(text, config)]);
  return Object.fromEntries(await Promise.all(texts));
}

function constant(name) {
  return name.replaceAll('-', '_').toUpperCase();
}

function moduleOf(name, file) {
  const document = parse(readFileSync(join(folder, 'architectures', file), 'utf8'));
  return `/** Made of architectures/${file} by tools/architectures.mjs. */
export const ${constant(name)} = ${JSON.stringify(document)};
`;
}

export const DOCUMENT = join(root, 'docs/architectures.md');
const TABLE = /(<!-- grammar -->\n)[\s\S]*?(<!-- end of grammar -->)/;

/** The document with the table of the grammar. */
export function grammarDocument(text) {
  const rows = Object.entries(optionsByPath(ARCHITECTURE.properties))
    .filter(([path]) => !/factors\.[A-Z]$/.test(path))
    .map(([path, schema]) => [`\`${path}\``, takes(schema), defaultOf(schema), schema.description]);
  const table = [['member', 'takes', 'default', 'what it is'], ['-', '-', '-', '-'], ...rows];
  const lines = table.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
  return format(
    text.replace(TABLE, (_, start, end) => `${start}\n${lines}\n\n${end}`),
    {
      parser: 'markdown',
      printWidth: 160,
    },
  );
}

function takes({ items, ...schema }) {
  const { properties, additionalProperties } = schema;
  if (items?.enum !== undefined) return `a list of ${items.enum.join(', ')}`;
  if (items?.properties !== undefined) return 'a list of maps with a name';
  if (additionalProperties !== undefined) return 'a map by the names of levels';
  return properties?.C === undefined ? describeOption(schema).replaceAll('"', '') : 'a map of dimensions and numbers';
}

function defaultOf({ default: usual, type }) {
  return usual === undefined || type === 'object' || usual === '' ? '' : String(usual);
}

if (process.argv[1] === new URL(import.meta.url).pathname) {
  mkdirSync(SHIPPED, { recursive: true });
  for (const [name, text] of Object.entries(await shippedModules())) writeFileSync(join(SHIPPED, name), text);
  writeFileSync(DOCUMENT, await grammarDocument(readFileSync(DOCUMENT, 'utf8')));
}
