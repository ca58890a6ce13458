import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { root as repository, temporaryFolder } from '../test/workspace.js';
import { pack } from './packages.mjs';
import { tarballProblems } from './tarball.mjs';

const root = temporaryFolder();
afterAll(root.remove);

/** Packs a package that exports `dist/index.js` with types beside it, and what `files` say instead. */
function packed(name: string, files: Readonly<Record<string, string>>): string {
  const manifest = {
    name,
    version: '1.0.0',
    license: 'MIT',
    type: 'module',
    files: ['dist'],
    exports: { '.': { types: './dist/index.d.ts', default: './dist/index.js' } },
  };
  const good = {
    'package.json': JSON.stringify(manifest),
    'dist/index.js': 'export const one = 1;\n',
    'dist/index.d.ts': 'export declare const one: number;\n',
  };
  for (const [path, text] of Object.entries({ ...good, ...files })) {
    const file = join(root.path, name, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  const [tarball = ''] = pack(root.path, [name], root.path);
  return tarball;
}

describe('problems of a tarball', () => {
  it('none in a module with types', async () => {
    expect(await tarballProblems(packed('good', {}))).toEqual([]);
  });

  it('a file that is named and not packed', async () => {
    const exports = { '.': { types: './dist/index.d.ts', default: './lib/index.js' } };
    const manifest = { name: 'unpacked', version: '1.0.0', license: 'MIT', type: 'module', files: ['dist'], exports };
    const problems = await tarballProblems(packed('unpacked', { 'package.json': JSON.stringify(manifest) }));
    expect(problems.join('\n')).toContain('lib/index.js');
  });

  it('an entry of `files` that nothing is there for', async () => {
    const exports = { '.': { types: './dist/index.d.ts', default: './dist/index.js' } };
    const files = ['dist', 'distant', '!**/*.map'];
    const manifest = { name: 'unfilled', version: '1.0.0', license: 'MIT', type: 'module', files, exports };
    expect(await tarballProblems(packed('unfilled', { 'package.json': JSON.stringify(manifest) }))).toEqual([
      'files: nothing is packed for "distant"',
    ]);
  });

  it('a text that tells where it was made', async () => {
    const map = JSON.stringify({ version: 3, sources: [join(repository, 'src/index.ts')], mappings: '' });
    expect(await tarballProblems(packed('local', { 'dist/index.js.map': map }))).toEqual([
      'paths: dist/index.js.map names a folder of the machine it was made on',
    ]);
  });

  it('types that lead nowhere', async () => {
    const problems = await tarballProblems(packed('untyped', { 'dist/index.d.ts': "export * from './gone.js';\n" }));
    expect(problems.join('\n')).toContain('types: InternalResolutionError');
  });
});
