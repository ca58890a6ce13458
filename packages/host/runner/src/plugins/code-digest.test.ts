import { cpSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { digestCode } from './code-digest.js';
import { tempDir } from '../test-fixtures.js';

/** A plugin in a folder of its own, linked to a helper that is installed into `node_modules` as a copy or as a link. */
function workspace() {
  const root = tempDir();
  const write = (file: string, text: string): void => {
    mkdirSync(join(root, file, '..'), { recursive: true });
    writeFileSync(join(root, file), text);
  };
  const manifest = (folder: string, fields: object): void => write(`${folder}/package.json`, JSON.stringify(fields));
  const dependencies = { linked: '1.0.0', installed: '1.0.0', '@archon-dse/own': '1.0.0' };
  const optionalDependencies = { absent: '1.0.0' };
  const peerDependencies = { peer: '1.0.0' };
  const wanted = { dependencies, optionalDependencies, peerDependencies };
  const archonDse = { apiVersion: 2, entry: './dist/index.js', provides: [] };
  manifest('plugin', { name: 'me', version: '1.0.0', files: ['dist'], archonDse, ...wanted });
  write('plugin/dist/index.js', 'export default 1;');
  manifest('helper', { name: 'linked', version: '1.0.0', dependencies: { deeper: '1.0.0' } });
  write('helper/index.js', 'export default 2;');
  manifest('node_modules/installed', { name: 'installed', version: '1.0.0' });
  write('node_modules/installed/index.js', 'export default 3;');
  manifest('node_modules/@archon-dse/own', { name: '@archon-dse/own', version: '1.0.0' });
  write('node_modules/@archon-dse/own/index.js', 'export default 4;');
  manifest('deeper', { name: 'deeper', version: '1.0.0' });
  write('deeper/index.js', 'export default 5;');
  symlinkSync('../helper', join(root, 'node_modules/linked'));
  symlinkSync('../deeper', join(root, 'node_modules/deeper'));
  return { root, write, manifest, digest: (cwd = root) => digestOf(join(root, 'plugin'), cwd) };
}

async function digestOf(root: string, cwd = root): Promise<string> {
  return (await digestCode([{ name: 'me', root }], cwd)).plugins['me']!;
}

describe('the digest of a plugin', () => {
  it.each([
    ['its own code', 'plugin/dist/index.js', true],
    ['data beside its code', 'plugin/dist/table.json', true],
    ['what it does not publish', 'plugin/src/index.ts', false],
    ['source maps', 'plugin/dist/index.js.map', false],
    ['types', 'plugin/dist/index.d.ts', false],
    ['tests', 'plugin/dist/index.test.js', false],
    ['a package it is linked to', 'helper/index.js', true],
    ['results beside the code of a package without "files"', 'helper/out/sweep.json', false],
    ['a package that one is linked to', 'deeper/index.js', true],
    ['a package of our scope, linked or not', 'node_modules/@archon-dse/own/index.js', true],
    ["an installed package of somebody else's, known by its version", 'node_modules/installed/index.js', false],
  ])('with a change to %s', async (_what, file, isOther) => {
    const { write, digest } = workspace();
    const before = await digest();
    expect(await digest()).toBe(before);
    write(file, 'changed');
    expect((await digest()) !== before).toBe(isOther);
  });

  it('changes with the version of an installed dependency, and when an optional one is installed', async () => {
    const { manifest, digest } = workspace();
    const digests = [await digest()];
    manifest('node_modules/installed', { name: 'installed', version: '1.0.1' });
    digests.push(await digest());
    manifest('node_modules/absent', { name: 'absent', version: '1.0.0' });
    digests.push(await digest());
    expect(new Set(digests).size).toBe(3);
  });

  it('tells a peer of the working folder, unless there is one beside the plugin', async () => {
    const { manifest, digest } = workspace();
    const cwd = tempDir();
    const peerOf = (folder: string, version: string): void => {
      mkdirSync(join(folder, 'node_modules/peer'), { recursive: true });
      writeFileSync(join(folder, 'node_modules/peer/package.json'), JSON.stringify({ name: 'peer', version }));
    };
    const without = await digest(cwd);
    peerOf(cwd, '1.0.0');
    const found = await digest(cwd);
    expect(found).not.toBe(without);
    peerOf(cwd, '2.0.0');
    expect(await digest(cwd)).not.toBe(found);
    manifest('node_modules/peer', { name: 'peer', version: '1.0.0' });
    expect(await digest(cwd)).toBe(found);
  });

  it('is the same elsewhere, and for the package as it is installed', async () => {
    const { root, write, digest } = workspace();
    write('plugin/src/index.ts', 'of the source tree only');
    const moved = tempDir();
    cpSync(root, moved, { recursive: true, verbatimSymlinks: true });
    expect(await digestOf(join(moved, 'plugin'))).toBe(await digest());
    for (const part of ['package.json', 'dist']) {
      cpSync(join(root, 'plugin', part), join(moved, 'node_modules/me', part), { recursive: true });
    }
    expect(await digestOf(join(moved, 'node_modules/me'))).toBe(await digest());
  });
});

it('tells the engine too', async () => {
  expect((await digestCode([], tempDir())).engine).toMatch(/^[0-9a-f]{64}$/);
});
