import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, lstatSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { installedWith } from '../tools/packages.mjs';
import { tarballProblems } from '../tools/tarball.mjs';
import { EXAMPLES, PACKED, tarballs, TINY } from './packed.js';
import { archon, journalOf, root, temporaryFolder } from './workspace.js';

const packed = await tarballs();

describe('a tarball is complete, and its types resolve', () => {
  it.each(PACKED)('%s', async (folder) => {
    expect(await tarballProblems(packed(folder))).toEqual([]);
  });
});

const project = temporaryFolder();
const run = (...args: string[]) =>
  archon(args, project.path, join(project.path, 'node_modules/archon-dse/bin/archon.js'));

/** Adds packages to a user's project, from their tarballs. Nothing of the repository is reachable from there. */
function install(added: readonly string[], ...flags: string[]): void {
  const paths = added.map(packed);
  const always = ['--prefer-offline', '--no-audit', '--no-fund', '--ignore-scripts'];
  execFileSync('npm', ['install', ...always, ...flags, ...paths], { cwd: project.path, stdio: 'pipe' });
}

beforeAll(() => {
  writeFileSync(join(project.path, 'package.json'), JSON.stringify({ name: 'user-project', private: true }));
});
afterAll(project.remove);

describe('archon-dse alone, from tarballs', () => {
  const modules = join(project.path, 'node_modules');
  const shipped = join('node_modules', 'archon-dse', 'sweeps');

  beforeAll(() => {
    install(installedWith(root, 'archon-dse').map(({ folder }) => folder));
  }, 300_000);

  it('is small: no training backend, no library of the pages', () => {
    const sizes = readdirSync(modules, { recursive: true }).map((name) => lstatSync(join(modules, String(name))));
    const bytes = sizes.filter((found) => found.isFile()).reduce((sum, { blocks }) => sum + blocks * 512, 0);
    expect(bytes / 2 ** 20, 'MiB installed; du -sk node_modules/* | sort -n tells of what').toBeLessThan(72);
    const heavy = ['onnxruntime-web', 'onnxruntime-node', '@tensorflow', 'echarts', 'zrender'];
    expect(heavy.filter((name) => existsSync(join(modules, name)))).toEqual([]);
  });

  it('says its version, and shows its documents', () => {
    const { version } = JSON.parse(readFileSync(join(modules, 'archon-dse/package.json'), 'utf8')) as {
      version: string;
    };
    expect(run('--version')).toMatchObject({ status: 0, stdout: `${version}\n` });
    expect(run('docs').stdout).toMatch(/^sweep-reference +Sweep files$/m);
    expect(run('docs', 'sweep-reference').stdout).toMatch(/^Sweep files\n=+\n/);
  });

  it('maps what runs to sources that are installed', () => {
    const maps = readdirSync(join(modules, '@archon-dse'), { recursive: true }).map(String).filter((name) => name.endsWith('.js.map')); // prettier-ignore
    expect(maps.length).toBeGreaterThan(100);
    const missing = maps.flatMap((name) => {
      const file = join(modules, '@archon-dse', name);
      const { sources } = JSON.parse(readFileSync(file, 'utf8')) as { sources: string[] };
      return sources.filter((source) => !existsSync(join(dirname(file), source)));
    });
    expect(missing, 'a dist holds what has no source any more: delete it and build again').toEqual([]);
  });

  it('sweeps and reports', () => {
    const { status, stdout } = run('sweep', join(shipped, 'quickstart.yaml'), '--out', 'quickstart', '--workers', '2');
    expect(stdout).toContain('72 of 72 points ok');
    expect(status).toBe(0);
    expect(readFileSync(join(project.path, 'quickstart/report.html'), 'utf8').includes('Apache License')).toBe(true);
    expect(readFileSync(join(project.path, 'quickstart/front.svg'), 'utf8')).toMatch(/^<svg /);
    expect(existsSync(join(project.path, shipped, 'sweep.schema.json'))).toBe(true);
  }, 300_000);

  it('says what to install for training before anything runs', () => {
    const { status, stderr } = run('sweep', join(shipped, 'quickstart-accuracy.yaml'), '--out', 'accuracy');
    expect(status).toBe(2);
    expect(stderr).toMatch(/^ARCHON_BACKEND_NOT_FOUND[^]*npm install @archon-dse\/backend-onnx@\d/);
    expect(existsSync(join(project.path, 'accuracy'))).toBe(false);
    const train = run('train', '--network', 'mobilenet-v2', '--stages', 'train');
    expect(train).toMatchObject({ status: 2, stderr: expect.stringContaining('ARCHON_BACKEND_NOT_FOUND') });
  });
});

describe('a training backend, added from its tarball', () => {
  beforeAll(() => {
    install(['packages/learn/backend-onnx'], '--omit=optional'); // the WebAssembly build does
  }, 300_000);

  it('trains', () => {
    const network = ['--network', 'mobilenet-v2', '--set', 'width=0.1'];
    const budget = ['--epochs', '1', '--images', '16', '--batch', '8', '--out', 'runs', '--json'];
    const { status, stdout } = run('train', ...network, '--stages', 'train', ...budget);
    expect(status).toBe(0);
    const [stage] = (JSON.parse(stdout) as { stages: { stage: string; accuracy: number }[] }).stages;
    expect(stage).toMatchObject({ stage: 'archon/train', accuracy: expect.any(Number) });
  }, 300_000);
});

describe('a third-party plugin, from its tarball', () => {
  beforeAll(() => {
    install([TINY, ...EXAMPLES], '--omit=optional');
    copyFileSync(join(root, 'test/fixtures/tiny-sweep.yaml'), join(project.path, 'tiny-sweep.yaml'));
  }, 300_000);

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

  it.each(EXAMPLES)('is swept as in %s', (folder) => {
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
