import { cpSync, mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadPlugins } from './loader.js';
import { FIXTURES, loadFixtures, rejection, tempDir } from '../test-fixtures.js';

describe('loadPlugins', () => {
  it('loads a plugin by path and registers its contributions', async () => {
    const { registry, sources } = await loadFixtures('tiny');
    expect(registry.resolve('network', 'tiny').id).toBe('fixture/tiny');
    expect(registry.list('accelerator').map(({ id }) => id)).toEqual(['fixture/mac']);
    expect(sources).toMatchObject([{ name: 'archon-fixture-tiny', version: '1.0.0', root: join(FIXTURES, 'tiny') }]);
  });

  it('loads a plugin by absolute path, and once when it is named twice', async () => {
    const { sources } = await loadPlugins([join(FIXTURES, 'tiny'), './tiny'], [FIXTURES]);
    expect(sources).toHaveLength(1);
  });

  it('finds packages in node_modules of the first directory before those of the host', async () => {
    const root = tempDir();
    const [sweepDir, hostDir] = [join(root, 'sweep/deep'), join(root, 'host')];
    for (const directory of [join(root, 'sweep'), hostDir]) {
      const folder = join(directory, 'node_modules/archon-fixture-same-ids');
      mkdirSync(folder, { recursive: true });
      cpSync(join(FIXTURES, 'same-ids'), folder, { recursive: true });
    }
    mkdirSync(sweepDir);
    const { sources } = await loadPlugins(['archon-fixture-same-ids'], [sweepDir, hostDir]);
    expect(sources[0]?.root).toBe(join(root, 'sweep/node_modules/archon-fixture-same-ids'));
    const fromHost = await loadPlugins(['archon-fixture-same-ids'], [root, hostDir]);
    expect(fromHost.sources[0]?.root).toBe(join(hostDir, 'node_modules/archon-fixture-same-ids'));
  });

  it('loads a linked package from its real place', async () => {
    const root = tempDir();
    mkdirSync(join(root, 'node_modules'));
    symlinkSync(join(FIXTURES, 'tiny'), join(root, 'node_modules/archon-fixture-tiny'));
    const { sources } = await loadPlugins(['archon-fixture-tiny'], [root]);
    expect(sources[0]?.root).toBe(join(FIXTURES, 'tiny'));
  });

  it.each([
    ['./nowhere', 'ARCHON_PLUGIN_NOT_FOUND', /"\.\/nowhere" was not found/],
    ['archon-fixture-nowhere', 'ARCHON_PLUGIN_NOT_FOUND', /"archon-fixture-nowhere" was not found/],
    ['./no-manifest', 'ARCHON_PLUGIN_MANIFEST', /no-manifest\/package\.json has no "archonDse" member/],
    ['./bad-manifest', 'ARCHON_PLUGIN_MANIFEST', /"apiVersion":"1"/],
    ['./no-entry', 'ARCHON_PLUGIN_MANIFEST', /names the entry "\.\/missing\.js"/],
    ['./wrong-api', 'ARCHON_PLUGIN_API_VERSION', /made for version 99/],
    ['./throws-on-import', 'ARCHON_PLUGIN_THREW', /could not be imported: Error: cannot start \(index\.js:1\)/],
    ['./no-default', 'ARCHON_PLUGIN_SHAPE', /default export is undefined/],
  ])('refuses %s with %s', async (specifier, code, message) => {
    const [found] = await rejection(loadPlugins([specifier], [FIXTURES]));
    expect(found).toMatchObject({ code, message: expect.stringMatching(message), expected: expect.any(String) });
    expect(found?.plugin).toBeDefined();
  });

  it('tells the author of a plugin of version 1 what has changed since', async () => {
    const [found] = await rejection(loadPlugins(['./old-api'], [FIXTURES]));
    expect(found).toMatchObject({
      code: 'ARCHON_PLUGIN_API_VERSION',
      message: expect.stringMatching(
        /plugin "archon-fixture-old-api" in .* is made for version 1 of the plugin contract/,
      ),
      expected: 'version 2, the one this host speaks',
      hint: expect.stringMatching(
        /^Upgrade archon-fixture-old-api\. If it is yours: .*create\(options\).*archon docs guide\/3-publishing/,
      ),
    });
  });

  it('reports everything that is wrong with a shape at once', async () => {
    const found = await rejection(loadFixtures('bad-shape'));
    expect(new Set(found.map(({ code }) => code))).toEqual(new Set(['ARCHON_PLUGIN_SHAPE']));
    expect(found.map(({ path, expected }) => `${path}: ${expected}`)).toEqual([
      'extras: only meta, networks, stages, accelerators, components, strategies',
      'meta.name: "archon-fixture-bad-shape", as in its package.json',
      'meta.version: "1.0.0", as in its package.json',
      'meta.namespace: a kebab-case name',
      'networks: an array',
      'stages[0].meta.options.: a name like meshX, ^[A-Za-z][\\w-]*$',
      'stages[0].meta.metrics.cycles: another name',
      'stages[0].meta.metrics.toString: a name like accuracy, ^[A-Za-z][\\w.-]*$',
      'stages[0].meta.metrics.loss.description: a text that is not empty',
      'stages[0].meta.metrics.loss.direction: minimize or maximize',
      'stages[0].meta.metrics.loss.needs: an option of the stage',
      'accelerators[0].create: a function',
      'accelerators[0].meta.title: a text that is not empty',
      'accelerators[0].meta.options.size.type: string, number, integer, boolean, array, object',
      'accelerators[0].meta.options.size.description: a text that is not empty',
      'accelerators[0].meta.options.size.default: a JSON value',
      'network:absent: a contribution',
      'stage:undeclared: an item of "provides" in package.json',
    ]);
  });

  it('reports what is wrong with the metrics of accelerators, and what they need', async () => {
    const found = await rejection(loadFixtures('bad-metrics'));
    expect(found.map(({ path, expected }) => `${path}: ${expected}`)).toEqual([
      'accelerators[0].meta.metrics.areaUm2: another name',
      'accelerators[0].meta.metrics.a.needs.option: an option of the accelerator',
      'accelerators[0].meta.metrics.b.needs.option: an option of the accelerator',
      'accelerators[0].meta.metrics.c.needs.is: a value of mode',
      'accelerators[0].meta.metrics.d.needs.is: one of: "fast", "exact"',
    ]);
  });

  it('reports what is wrong with component classes, whose attributes need no default', async () => {
    const found = await rejection(loadFixtures('bad-class'));
    expect(found.map(({ path, expected }) => `${path}: ${expected}`)).toEqual([
      'components[0].price: a function',
      'components[0].meta.attributes.a b: a name like meshX, ^[A-Za-z][\\w-]*$',
      'components[0].meta.attributes.size.description: a text that is not empty',
      'components[0].meta.actions: an object of actions, at least one',
      'components[1].meta.attributes: an object of attributes, {} for none',
      'components[1].meta.actions.drive: a text that is not empty',
      'component:wire: an item of "provides" in package.json',
    ]);
  });

  it('refuses two plugins that provide the same id', async () => {
    const [found] = await rejection(loadFixtures('tiny', 'same-ids'));
    expect(found).toMatchObject({
      code: 'ARCHON_PLUGIN_DUPLICATE_ID',
      message: 'network "fixture/tiny" is provided by both "archon-fixture-tiny" and "archon-fixture-same-ids"',
    });
  });
});
