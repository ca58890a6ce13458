import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { root, temporaryFolder } from '../test/workspace.js';
import { apiTexts } from './api.mjs';
import { publishedPackages } from './packages.mjs';

const packages = publishedPackages(root).map(({ folder, manifest }) => ({ folder: join(root, folder), manifest }));

describe('what packages export', () => {
  let texts: readonly (string | undefined)[] = [];
  beforeAll(() => {
    texts = apiTexts(packages);
  });

  it.each(packages.map(({ folder }, index) => [folder.slice(root.length + 1), index] as const))(
    '%s',
    (folder, index) => {
      const file = join(root, folder, 'api.txt');
      const kept = existsSync(file) ? readFileSync(file, 'utf8') : undefined;
      expect(texts[index], 'run node tools/api.mjs, and look whether users have to be told').toBe(kept);
    },
  );
});

describe('the text of an API', () => {
  const folder = temporaryFolder();
  afterAll(folder.remove);
  const manifest = { name: 'one', exports: { '.': { types: './index.d.ts' }, './more': { types: './more.d.ts' } } };
  const filesWith = (shape: string): Readonly<Record<string, string>> => ({
    'package.json': JSON.stringify({ ...manifest, type: 'module' }),
    'index.d.ts': [
      "import type { Depth } from './inner.js';",
      `interface Shape { ${shape} }`,
      '/** Said. */',
      'export declare function b(of: Shape): number;',
      "export { inner as a } from './inner.js';",
    ].join('\n'),
    'inner.d.ts': 'export declare const inner: string;\nexport interface Depth { readonly deep: true }\n',
    'more.d.ts': 'export declare const more: readonly string[];\n',
  });
  const textWith = (shape: string): string | undefined => {
    for (const [name, text] of Object.entries(filesWith(shape))) writeFileSync(join(folder.path, name), text);
    return apiTexts([{ folder: folder.path, manifest }])[0];
  };

  it('lists each entry in order of names, without comments, and the types that these need', () => {
    expect(textWith('readonly depth: Depth')).toBe(
      [
        '# one\n\n// as a\nexport declare const inner: string;',
        'export declare function b(of: Shape): number;',
        '# one/more\n\nexport declare const more: readonly string[];',
        '# not exported, but part of these types',
        'export interface Depth {\n    readonly deep: true;\n}',
        'interface Shape {\n    readonly depth: Depth;\n}\n',
      ].join('\n\n'),
    );
  });

  it('changes with a type that only a type names', () => {
    expect(textWith('readonly width: number')).not.toBe(textWith('readonly width: string'));
  });
});
