import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { GROUPS, LAYERS } from '../tools/layers.mjs';
import { packageFolders } from '../tools/packages.mjs';
import { packageGroups } from './workspace.js';

const root = resolve(import.meta.dirname, '..');
const layers = LAYERS as Readonly<Record<string, { readonly imports: readonly string[] }>>;
const groups = GROUPS as Readonly<Record<string, readonly string[]>>;
const read = (path: string): string => readFileSync(join(root, path), 'utf8');

/** Markdown files of the repository that users read. */
const documents = [
  ...readdirSync(root).filter((name) => name.endsWith('.md')),
  ...['docs', 'bench', 'sweeps']
    .flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)),
    )
    .filter((name) => name.endsWith('.md') && !/[\\/](node_modules|dist)[\\/]/.test(name)),
  ...[...packageGroups(), ...packageFolders(root)].map((folder) => join(folder, 'README.md')),
];

describe('documents', () => {
  it.each(documents)('%s: every relative link leads somewhere', (document) => {
    const links = [...read(document).matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)].map((match) => match[1] ?? '');
    const broken = links.filter((link) => !existsSync(resolve(root, dirname(document), link)));
    expect(broken).toEqual([]);
  });
});

describe('ARCHITECTURE.md', () => {
  it('has a row for every layer of the table', () => {
    const rows = [...read('ARCHITECTURE.md').matchAll(/^\| `((?:packages|plugins|docs)\/[^`]+)`/gm)].map(
      (match) => match[1],
    );
    expect(rows.sort()).toEqual(Object.keys(layers).sort());
  });
});

describe('the least Node', () => {
  const nodeOf = (folder: string): unknown => JSON.parse(read(join(folder, 'package.json'))).engines?.node;

  it.each(packageFolders(root))('of %s is that of the workspace', (folder) => {
    expect(nodeOf(folder)).toBe(nodeOf('.'));
  });
});

describe('groups of packages', () => {
  it('are the folders of packages/', () => {
    expect(packageGroups()).toEqual(
      Object.keys(groups)
        .sort()
        .map((group) => join('packages', group)),
    );
  });

  it.each(Object.keys(layers).filter((folder) => folder.startsWith('packages/')))(
    '%s imports its own group and lower ones',
    (folder) => {
      const group = (name: string): string | undefined =>
        Object.keys(layers)
          .find((layer) => layer.startsWith('packages/') && layer.endsWith(`/${name}`))
          ?.split('/')[1];
      const own = folder.split('/')[1] ?? '';
      const reached = (layers[folder]?.imports ?? []).map(group);
      expect([own, ...(groups[own] ?? [])]).toEqual(expect.arrayContaining(reached));
    },
  );
});

describe('package manifests', () => {
  it.each(Object.keys(layers).filter((folder) => !folder.includes('*')))(
    '%s depends on what its layer allows',
    (folder) => {
      const { dependencies = {} } = JSON.parse(read(join(folder, 'package.json'))) as {
        dependencies?: Record<string, string>;
      };
      const internal = Object.keys(dependencies)
        .filter((name) => name.startsWith('@archon-dse/'))
        .map((name) => name.slice('@archon-dse/'.length))
        .filter((name) => !existsSync(join(root, 'plugins', name)));
      expect(layers[folder]?.imports).toEqual(expect.arrayContaining(internal));
    },
  );
});
