/**
 * The shipped architectures as modules, so that a browser has them too: each `architectures/*.yaml` of the package `architecture` becomes
 * a module of `src/shipped`. `node tools/architectures.mjs` writes them; a test compares.
 */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
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

if (process.argv[1] === new URL(import.meta.url).pathname) {
  mkdirSync(SHIPPED, { recursive: true });
  for (const [name, text] of Object.entries(await shippedModules())) writeFileSync(join(SHIPPED, name), text);
}
