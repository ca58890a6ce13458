import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { KINDS, type Kind } from './kinds.js';
import { pluginFiles } from './template.js';

const wanted = { packageName: '@me/archon-plugin-mine', namespace: 'mine', kinds: KINDS, version: '1.2.3' };
const manifestOf = (kinds: readonly Kind[]) =>
  JSON.parse(pluginFiles({ ...wanted, kinds }).get('package.json') ?? '') as Record<string, Record<string, unknown>>;
const SUBSETS: readonly (readonly Kind[])[] = [
  ['network'],
  ['stage'],
  ['accelerator'],
  ['strategy'],
  ['network', 'stage'],
  ['stage', 'accelerator'],
  ['accelerator', 'strategy'],
  KINDS,
];

describe('a plugin of the template', () => {
  it.each(SUBSETS)('has nothing left of marks and placeholders: %s', (...kinds) => {
    for (const [path, text] of pluginFiles({ ...wanted, kinds })) {
      expect(text, path).not.toMatch(
        /kind: (network|stage|accelerator|strategy)|archon-plugin-template|our-namespace|0\.0\.0/,
      );
    }
  });

  it.each(SUBSETS)('has the files and the provisions of its kinds: %s', (...kinds) => {
    const names = { network: 'small-cnn', stage: 'thin', accelerator: 'lanes', strategy: 'tweak' };
    const sources = kinds.flatMap((kind) => [`src/${names[kind]}.ts`, `src/${names[kind]}.test.ts`]);
    const files = [...pluginFiles({ ...wanted, kinds }).keys()];
    const others = ['.gitignore', 'LICENSE', 'README.md', 'package.json', 'src/index.ts', 'tsconfig.json'];
    if (kinds.some((kind) => kind !== 'strategy')) others.push('sweep.yaml');
    if (kinds.includes('strategy')) others.push('tweak.yaml');
    expect(files.sort()).toEqual([...others, ...sources].sort());
    expect(manifestOf(kinds)['archonDse']).toEqual({
      apiVersion: expect.any(Number), // that of the host is asked for where the plugin is loaded
      entry: './dist/index.js',
      provides: kinds.map((kind) => `${kind}:${names[kind]}`),
    });
  });

  it.each(SUBSETS)('names each package that it imports, and no other: %s', (...kinds) => {
    const sources = [...pluginFiles({ ...wanted, kinds })].filter(([path]) => path.endsWith('.ts'));
    const imported = (isTest: boolean): ReadonlySet<string> => {
      const texts = sources.filter(([path]) => path.endsWith('.test.ts') === isTest).map(([, text]) => text);
      return new Set([...texts.join('\n').matchAll(/from '([^.'][^']*)'/g)].map(([, name = '']) => name));
    };
    const { peerDependencies, dependencies, devDependencies } = manifestOf(kinds);
    const forUsers = Object.keys({ ...peerDependencies, ...dependencies });
    expect(forUsers.sort()).toEqual([...imported(false)].sort());
    const tools = ['archon-dse', 'publint', 'typescript'];
    const forAuthors = [...imported(true), '@archon-dse/core', ...tools].filter(
      (name) => dependencies?.[name] === undefined,
    );
    expect(Object.keys(devDependencies ?? {}).sort()).toEqual([...new Set(forAuthors)].sort());
  });

  it('is shown by a sweep, or by a search where it has a strategy alone', () => {
    const scripts = (kinds: readonly Kind[]) => manifestOf(kinds)['scripts'];
    expect(scripts(['network', 'strategy'])).toMatchObject({ sweep: 'archon sweep sweep.yaml' });
    expect(scripts(['strategy'])).toMatchObject({ sweep: 'archon sweep tweak.yaml' });
    expect(pluginFiles({ ...wanted, kinds: ['strategy'] }).get('README.md')).not.toContain('sweep.yaml');
  });

  it('says in its entry what its manifest says', () => {
    const files = pluginFiles(wanted);
    const { name, version } = JSON.parse(files.get('package.json') ?? '') as Record<string, string>;
    expect(files.get('src/index.ts')).toContain(
      `name: '${name ?? ''}', namespace: 'mine', version: '${version ?? ''}'`,
    );
  });

  it('wants packages of Archon DSE at the version it is made by, and tools as this repository has them', () => {
    const { peerDependencies, dependencies, devDependencies } = manifestOf(KINDS);
    expect({ ...peerDependencies, ...dependencies }).toEqual({
      '@archon-dse/core': '^1.2.3',
      '@archon-dse/workload': '^1.2.3',
    });
    const workspace = JSON.parse(readFileSync(new URL('../../../../package.json', import.meta.url), 'utf8')) as {
      devDependencies: Record<string, string>;
    };
    for (const [name, version] of Object.entries(devDependencies ?? {})) {
      expect(version, name).toBe(/^(@archon-dse\/|archon-dse$)/.test(name) ? '1.2.3' : workspace.devDependencies[name]);
    }
  });
});
