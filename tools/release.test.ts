import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { root, temporaryFolder } from '../test/workspace.js';
import { publishedPackages } from './packages.mjs';
import { versionEdits } from './version-edits.mjs';

describe('the version of this repository', () => {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  const edits: ReadonlyMap<string, string> = versionEdits(root, '99.0.0', '2099-01-01');
  const texts = [...edits];

  it('is changed in all manifests, in the lockfile and where plugins and documents state it', () => {
    const paths = texts.map(([path]) => path);
    expect(paths).toEqual(
      expect.arrayContaining([
        ...publishedPackages(root).map(({ folder }) => join(folder, 'package.json')),
        ...['package.json', 'bench/package.json', 'package-lock.json', 'CHANGELOG.md'],
        ...['plugins/accel-dense/src/index.ts', 'test/fixtures/plugin-tiny/package.json'],
        'docs/examples/roofline/package.json',
      ]),
    );
    for (const [path, text] of texts.filter(([name]) => name !== 'CHANGELOG.md')) {
      const ours = text.split('\n').filter((line) => line.includes('@archon-dse/') && line.includes(`${version}"`));
      expect(ours, path).toEqual([]);
    }
  });

  it('leaves what is not ours as it is', () => {
    const before = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as { packages: object };
    const after = JSON.parse(edits.get('package-lock.json') ?? '') as { packages: Record<string, object> };
    for (const [path, entry] of Object.entries(before.packages)) {
      if (path.startsWith('node_modules/')) expect(after.packages[path]).toEqual(entry);
    }
  });

  it('puts each package after those that it needs', () => {
    const order = publishedPackages(root).map(({ manifest }) => (manifest as { name: string }).name);
    const at = (name: string) => order.indexOf(`@archon-dse/${name}`);
    expect(at('core')).toBe(Math.min(...['core', 'config', 'runner', 'training'].map(at)));
    const needed = ['runner', 'report', 'accel-dense', 'training'].map(at);
    expect(order.indexOf('archon-dse')).toBeGreaterThan(Math.max(...needed));
  });
});

/** Two packages with the release script, in a repository of their own whose build copies `src`. */
describe('a release', () => {
  const folder = temporaryFolder();
  afterAll(folder.remove);
  const at = (...path: string[]): string => join(folder.path, ...path);
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(at(path)), { recursive: true });
    writeFileSync(at(path), text);
  };
  const manifestOf = (name: string, more: object) => ({
    ...{ name: `@archon-dse/${name}`, version: '1.2.3', license: 'MIT', type: 'module', files: ['dist'] },
    exports: { '.': { types: './dist/index.d.ts', default: './dist/index.js' } },
    ...more,
  });
  const manifests = {
    'package.json': {
      name: 'all',
      version: '1.2.3',
      private: true,
      type: 'module',
      scripts: { build: 'node build.js' },
    },
    'packages/group/base/package.json': manifestOf('base', {}),
    'plugins/net/package.json': manifestOf('net', { dependencies: { '@archon-dse/base': '1.2.3' } }),
    'test/package.json': { name: 'test', version: '1.2.3', private: true },
    'bench/package.json': { name: 'bench', version: '1.2.3', private: true },
    'test/fixtures/plugin-tiny/package.json': { name: 'tiny', peerDependencies: { '@archon-dse/base': '^1.2.3' } },
    'package-lock.json': {
      version: '1.2.3',
      packages: { '': { version: '1.2.3' }, 'plugins/net': { version: '1.2.3' } },
    },
  };
  for (const [path, value] of Object.entries(manifests)) write(path, JSON.stringify(value));
  write('CHANGELOG.md', '# Changelog\n\n## [Unreleased]\n\n- Something new.\n');
  write('docs/guide.md', 'Runs on @archon-dse/base@1.2.3.\n');
  write('packages/group/base/src/index.js', 'export const one = 1;\n');
  write('packages/group/base/src/index.d.ts', 'export declare const one: number;\n');
  write('plugins/net/src/index.js', "export const meta = { version: '1.2.3' };\n");
  write('plugins/net/src/index.d.ts', 'export declare const meta: { version: string };\n');
  write(
    'build.js',
    "import { cpSync } from 'node:fs';\nfor (const it of ['packages/group/base', 'plugins/net']) cpSync(`${it}/src`, `${it}/dist`, { recursive: true });\n",
  );
  write('.gitignore', 'node_modules\ndist\nrelease\n');
  cpSync(join(root, 'tools'), at('tools'), { recursive: true });
  symlinkSync(join(root, 'node_modules'), at('node_modules'));
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=x', '-c', 'user.email=x@localhost', ...args], {
      cwd: folder.path,
      encoding: 'utf8',
    });
  git('init', '--quiet');
  git('add', '.');
  git('commit', '--quiet', '-m', 'all');
  const env = { ...process.env, npm_config_registry: 'http://127.0.0.1:1' };
  const release = (...args: string[]) =>
    spawnSync(process.execPath, [at('tools/release.mjs'), ...args], { cwd: folder.path, encoding: 'utf8', env });

  it.each([
    [['1.2'], '"1.2" is no version'],
    [['1.2.3'], '1.2.3 does not come after 1.2.3'],
    [['1.1.9'], '1.1.9 does not come after 1.2.3'],
  ])('%j is refused', (args, text) => {
    const { status, stderr } = release(...args);
    expect({ status, stderr }).toEqual({ status: 1, stderr: expect.stringContaining(text) });
  });

  it('needs a clean tree and something to tell', () => {
    write('CHANGELOG.md', '# Changelog\n\n## [Unreleased]\n\n## [1.2.3] - 2026-01-01\n\n- Old.\n');
    const { status, stderr } = release('2.0.0');
    expect(status).toBe(1);
    expect(stderr).toContain('Changes that are not committed:\n M CHANGELOG.md');
    expect(stderr).toContain('CHANGELOG.md says nothing under Unreleased.');
    git('checkout', '--quiet', 'CHANGELOG.md');
  });

  it('is told before it is made', () => {
    const { status, stdout } = release('1.3.0', '--dry-run');
    expect(status).toBe(0);
    expect(stdout).toMatch(
      /Would write:\n[^]*plugins\/net\/package\.json[^]*order:\n@archon-dse\/base\n@archon-dse\/net\n/,
    );
    expect(git('status', '--porcelain')).toBe('');
    expect(existsSync(at('release'))).toBe(false);
  });

  it('sets the version, builds, packs and checks', () => {
    const { status, stdout, stderr } = release('1.3.0');
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toContain('2 tarballs made.');
    expect(readdirSync(at('release/1.3.0')).sort()).toEqual(['archon-dse-base-1.3.0.tgz', 'archon-dse-net-1.3.0.tgz']);
    expect(readFileSync(at('plugins/net/package.json'), 'utf8')).toContain('"@archon-dse/base": "1.3.0"');
    expect(readFileSync(at('docs/guide.md'), 'utf8')).toBe('Runs on @archon-dse/base@1.3.0.\n');
    expect(readFileSync(at('test/fixtures/plugin-tiny/package.json'), 'utf8')).toContain('^1.3.0');
    expect(readFileSync(at('package-lock.json'), 'utf8')).not.toContain('1.2.3');
    expect(readFileSync(at('CHANGELOG.md'), 'utf8')).toMatch(
      /^## \[Unreleased\]\n\n## \[1\.3\.0\] - \d{4}-\d\d-\d\d\n\n- Something new\.$/m,
    );
  });

  it('stops at a tarball whose types lead nowhere', () => {
    git('commit', '--quiet', '-am', 'released');
    write('CHANGELOG.md', '# Changelog\n\n## [Unreleased]\n\n- More.\n');
    write('plugins/net/src/index.d.ts', "export * from './gone.js';\n");
    git('commit', '--quiet', '-am', 'broken');
    const { status, stderr } = release('1.4.0', '--publish');
    expect(status).toBe(1);
    expect(stderr).toContain('types: InternalResolutionError');
  });
});
