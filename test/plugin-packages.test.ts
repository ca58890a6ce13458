import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { CONTRIBUTION_KINDS, KINDS, type Plugin, type PluginManifest } from '@archon-dse/core';
import { describe, expect, it } from 'vitest';
import { exampleFolders, packageFolders } from '../tools/packages.mjs';
import { root } from './workspace.js';

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly keywords?: readonly string[];
  readonly archonDse: PluginManifest;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

/** What docs/guide/3-publishing.md asks of a plugin goes for the built-in ones and for the guide's examples. */
const folders = [...packageFolders(root).filter((folder) => folder.startsWith('plugins')), ...exampleFolders(root)];

describe.each(folders)('%s', (folder) => {
  const manifest = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8')) as Manifest;
  const load = async (): Promise<Plugin> => {
    const entry = pathToFileURL(join(root, folder, manifest.archonDse.entry)).href;
    return ((await import(entry)) as { readonly default: Plugin }).default;
  };

  it('can be found, and shares one copy of the contracts', () => {
    expect(manifest.keywords).toContain('archon-dse-plugin');
    expect(Object.keys(manifest.peerDependencies ?? {})).toEqual(['@archon-dse/core']);
    expect(Object.keys(manifest.dependencies ?? {})).not.toContain('@archon-dse/core');
  });

  it('is what its manifest says', async () => {
    const plugin = await load();
    expect([plugin.meta.name, plugin.meta.version]).toEqual([manifest.name, manifest.version]);
    const provided = KINDS.flatMap((kind) =>
      (plugin[CONTRIBUTION_KINDS[kind]] ?? []).map(({ meta }) => `${kind}:${meta.name}`),
    );
    expect([...manifest.archonDse.provides].sort()).toEqual(provided.sort());
  });

  it('runs the contract suite of each kind that has one', async () => {
    const tests = readdirSync(join(root, folder, 'src')).filter((name) => name.endsWith('.test.ts'));
    const text = tests.map((name) => readFileSync(join(root, folder, 'src', name), 'utf8')).join('\n');
    const plugin = await load();
    if (plugin.networks !== undefined) expect(text).toMatch(/^ *describeNetworkContract\(/m);
    if (plugin.stages !== undefined) expect(text).toMatch(/^ *describeStageContract\(/m);
    if (plugin.accelerators !== undefined) expect(text).toMatch(/^ *describeAcceleratorContract\(/m);
  });
});
