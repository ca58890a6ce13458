import { execFileSync } from 'node:child_process';
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exampleFolders, pack, publishedPackages } from '../tools/packages.mjs';
import { tarballProblems } from '../tools/tarball.mjs';
import { archon, journalOf, root, temporaryFolder } from './workspace.js';

const examples = exampleFolders(root);
const folders = [...publishedPackages(root).map(({ folder }) => folder), 'test/fixtures/plugin-tiny', ...examples];
const tarballs = temporaryFolder();
let packed: readonly string[] = [];
beforeAll(() => {
  packed = pack(root, folders, tarballs.path);
});
afterAll(tarballs.remove);

describe('a tarball is complete, and its types resolve', () => {
  it.each(folders)('%s', async (folder) => {
    expect(await tarballProblems(packed[folders.indexOf(folder)] ?? '')).toEqual([]);
  });
});

/**
 * A user's project: every package of ours and a plugin of somebody else, all installed from tarballs. Nothing of the repository is reachable.
 */
describe('a third-party plugin, from tarballs', () => {
  const project = temporaryFolder();
  const binary = join(project.path, 'node_modules/@archon-dse/cli/bin/archon.js');
  const run = (...args: string[]) => archon(args, project.path, binary);

  beforeAll(() => {
    writeFileSync(join(project.path, 'package.json'), JSON.stringify({ name: 'user-project', private: true }));
    execFileSync('npm', ['install', '--prefer-offline', '--no-audit', '--no-fund', '--ignore-scripts', ...packed], {
      cwd: project.path,
      stdio: 'pipe',
    });
    copyFileSync(join(root, 'test/fixtures/tiny-sweep.yaml'), join(project.path, 'tiny-sweep.yaml'));
  }, 300_000);

  afterAll(project.remove);

  it('installs one copy of the contracts', () => {
    const tree = execFileSync('npm', ['ls', '@archon-dse/core', '--all', '--parseable'], {
      cwd: project.path,
      encoding: 'utf8',
    });
    expect(new Set(tree.trim().split('\n')).size).toBe(1);
  });

  it('lists the contributions of the plugin beside the built-in ones', () => {
    const { stdout, status } = run('plugins', '--plugin', 'archon-dse-plugin-tiny', '--json');
    const ids = (JSON.parse(stdout) as { contributions: { id: string }[] }).contributions.map(({ id }) => id);
    expect(status).toBe(0);
    expect(ids).toEqual(
      expect.arrayContaining(['tiny/tiny-cnn', 'tiny/halve', 'tiny/scalar', 'archon/mobilenet-v2', 'archon/dense']),
    );
  });

  it('sweeps the tiny network over the tiny accelerator and the built-in one', () => {
    const { status, stdout, stderr } = run('sweep', 'tiny-sweep.yaml', '--out', 'out', '--workers', '2');
    expect(stderr).not.toMatch(/error/i);
    expect(stdout).toContain('16 of 16 points ok');
    expect(status).toBe(0);
    const records = journalOf(join(project.path, 'out'));
    expect(records).toHaveLength(16);
    expect(readFileSync(join(project.path, 'out/report.html'), 'utf8')).toContain('tiny');
  });

  it('is swept as the guide shows', () => {
    const guide = readFileSync(join(root, 'docs/guide/1-first-plugin.md'), 'utf8');
    const [, text = ''] = /^```yaml\n([\s\S]*?)^```/m.exec(guide) ?? [];
    writeFileSync(join(project.path, 'guide.yaml'), text);
    expect(run('sweep', 'guide.yaml', '--out', 'guide')).toMatchObject({ status: 0 });
    expect(journalOf(join(project.path, 'guide'))).toHaveLength(6);
  });

  it.each(examples)('is swept as in %s', (folder) => {
    const { name } = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8')) as { name: string };
    const sweep = readFileSync(join(root, folder, 'sweep.yaml'), 'utf8');
    expect(sweep).toContain("plugins: ['.']\n");
    writeFileSync(join(project.path, `${name}.yaml`), sweep.replace("'.'", name));
    const { status, stdout } = run('sweep', `${name}.yaml`, '--out', name, '--json');
    expect(JSON.parse(stdout)).toMatchObject({ counts: { failed: 0 } });
    expect(status).toBe(0);
  });

  it('computes what its model says: MACs x density / lanes', () => {
    const { stdout } = run(
      'simulate',
      '--plugin',
      'archon-dse-plugin-tiny',
      '--network',
      'tiny-cnn',
      '--accelerator',
      'scalar',
      '--set',
      'lanes=4',
      '--json',
    );
    const { totals, layers } = JSON.parse(stdout) as {
      totals: Record<string, number>;
      layers: { name: string; cycles: number }[];
    };
    // stem 8x8x3 -> 8x8x8 with 3x3: 64*3*8*9; b1 8 -> 16 channels at 4x4: 16*8*16*9; fc 16 -> 10
    const macs = [64 * 3 * 8 * 9, 16 * 8 * 16 * 9, 160];
    expect(layers.map(({ cycles }) => cycles)).toEqual(macs.map((count) => count / 4));
    expect(totals['cycles']).toBe(macs.reduce((sum, count) => sum + count / 4, 0));
    // each MAC 2.2 pJ, and two operands of 16 bit at 8 pJ/bit from DRAM
    expect(totals['energyPj']).toBeCloseTo(
      macs.reduce((sum, count) => sum + count * (2.2 + 2 * 128), 0),
      3,
    );
  });
});
