import {
  API_VERSION,
  canonicalJson,
  defineAccelerator,
  defineComponent,
  RECORD_SCHEMA_VERSION,
  Registry,
  type Point,
} from '@archon-dse/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { basis, platform, registry, tinyPoint } from '../test-fixtures.js';
import tinyPlugin from '../../../runner/fixtures/tiny/index.js';
import { NO_CONTENTS } from './contents.js';
import { Identities, jobOf } from './identities.js';
import { findPricers } from './pricers-of.js';

describe('jobOf', () => {
  const { id } = jobOf(tinyPoint, basis);

  it('gives ids of 16 hexadecimal digits that do not depend on the order of keys', () => {
    const { seed, accelerator, stages, network } = tinyPoint;
    expect(id).toMatch(/^[0-9a-f]{16}$/);
    expect(jobOf({ seed, accelerator, stages, network }, basis).id).toBe(id);
  });

  it('hashes the canonical JSON of all that results depend on, also of choices met before', () => {
    const code = { engine: 'e', plugins: { 'archon-fixture-tiny': 't' } };
    const identities = new Identities({ ...basis, contents: { ...NO_CONTENTS, code } });
    const plugins = [{ name: 'archon-fixture-tiny', version: '1.0.0', code: 't' }];
    const stage = { use: 'fixture/thin', options: { log: '', density: 0.5 } };
    const points = fc.record({
      network: fc.constantFrom(tinyPoint.network, { use: 'fixture/tiny', options: {} }),
      stages: fc.constantFrom([], [stage], [stage, { ...stage, options: { density: 1 } }]),
      accelerator: fc.record({ use: fc.constant('fixture/mac'), options: fc.dictionary(fc.string(), fc.jsonValue()) }),
      seed: fc.nat(),
    });
    fc.assert(
      fc.property(points, (found) => {
        const point = found as Point;
        const engine = { name: platform.program, code: 'e' };
        const digest = platform.sha256(canonicalJson({ engine, plugins, point, schemaVersion: RECORD_SCHEMA_VERSION }));
        expect(identities.jobOf(point)).toEqual({ id: digest.slice(0, 16), point });
        expect(identities.seedOf(point)).toBe(Number.parseInt(platform.sha256(canonicalJson(point)).slice(0, 8), 16));
      }),
    );
  });

  it('gives others with the point, the seed, and the version and the code of the engine and of a plugin it uses', () => {
    const [tiny, faulty] = ['archon-fixture-tiny', 'archon-fixture-faulty'];
    const code = { engine: 'e', plugins: { [tiny]: 't', [faulty]: 'f' } };
    const idWith = (change: object, point = tinyPoint): string =>
      jobOf(point, { ...basis, contents: { ...NO_CONTENTS, code: { ...code, ...change } } }).id;
    const renewed = registry.plugins.map((plugin) => ({ ...plugin, meta: { ...plugin.meta, version: '1.0.1' } }));
    const contents = { ...NO_CONTENTS, code };
    const ids = [
      idWith({}),
      idWith({}, { ...tinyPoint, seed: 2 }),
      idWith({}, { ...tinyPoint, network: { ...tinyPoint.network, options: { width: 5 } } }),
      jobOf(tinyPoint, { ...basis, contents, registry: new Registry(renewed) }).id,
      idWith({ engine: 'edited' }),
      idWith({ plugins: { ...code.plugins, [tiny]: 'edited' } }),
      jobOf(tinyPoint, { ...basis, platform: { ...platform, program: 'test@1.0.1' } }).id,
    ];
    expect(new Set([...ids, id]).size).toBe(8);
    expect(idWith({ plugins: { ...code.plugins, [faulty]: 'edited' } })).toBe(ids[0]);
  });
});

describe('pluginsOf', () => {
  it('leaves out plugins the point does not use', () => {
    expect(new Identities(basis).pluginsOf(tinyPoint).map(({ name }) => name)).toEqual(['archon-fixture-tiny']);
  });
});

describe('seedOf', () => {
  it('is an unsigned 32-bit number, the first half word of the SHA-256 of the canonical JSON', () => {
    const { network, stages, seed } = tinyPoint;
    for (const subject of [tinyPoint, { network, stages, seed }]) {
      const digest = platform.sha256(canonicalJson(subject));
      expect(new Identities(basis).seedOf(subject)).toBe(Number.parseInt(digest.slice(0, 8), 16));
    }
  });
});

describe('component classes of another plugin', () => {
  const meta = (name: string, namespace: string) => ({ name, namespace, version: '1.0.0', apiVersion: API_VERSION });
  const cell = defineComponent({
    ...{ name: 'cell', title: 'Cell', description: 'A cell.', source: 'made up' },
    attributes: {},
    actions: { read: 'read it' },
    price: () => ({ energyPj: { read: { value: 1, source: 'here' } }, areaUm2: { value: 1, source: 'here' } }),
  });
  const array = defineAccelerator({
    ...{ name: 'array', title: 'Array', description: 'An array.', source: 'made up' },
    options: { kind: { type: 'string', default: 'cells/cell', description: 'Class of its cells.' } },
    create: ({ kind }) => ({
      components: () => [{ name: 'cell', class: kind, attributes: {}, instances: 1 }],
      supports: () => ({ ok: true }),
      run: () => ({ cycles: 1, layers: [] }),
    }),
  });
  const plugins = [
    tinyPlugin,
    { meta: meta('x', 'x'), accelerators: [array] },
    { meta: meta('cells', 'cells'), components: [cell] },
  ];
  const at = async (kind: string, code = 'first') => {
    const ofCells = { ...basis, registry: new Registry(plugins) };
    const point = { ...tinyPoint, accelerator: { use: 'x/array', options: { kind } } };
    const pricers = await findPricers([point.accelerator], ofCells);
    const contents = { inputs: {}, code: { engine: '', plugins: { cells: code } }, pricers };
    const found = { ...ofCells, contents };
    return { id: jobOf(point, found).id, plugins: new Identities(found).pluginsOf(point).map(({ name }) => name) };
  };

  it('count where they price the hardware, by full or by short name', async () => {
    expect((await at('cells/cell')).plugins).toEqual(['archon-fixture-tiny', 'cells', 'x']);
    expect((await at('cell')).plugins).toEqual(['archon-fixture-tiny', 'cells', 'x']);
    expect((await at('cells/cell', 'edited')).id).not.toBe((await at('cells/cell')).id);
  });

  it('do not count where they do not', async () => {
    expect((await at('dram')).plugins).toEqual(['archon-fixture-tiny', 'x']);
    expect((await at('dram', 'edited')).id).toBe((await at('dram')).id);
    expect((await at('no-such-class')).plugins).toEqual(['archon-fixture-tiny', 'x']);
  });
});
