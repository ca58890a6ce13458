import { Registry } from '@archon-dse/core';
import { describe, expect, it } from 'vitest';
import { basis, platform, registry, tinyPoint } from '../test-fixtures.js';
import { jobOf, pluginsOf, seedOf } from './identity.js';

describe('jobOf', () => {
  const { id } = jobOf(tinyPoint, basis);

  it('gives ids of 16 hexadecimal digits that do not depend on the order of keys', () => {
    const { seed, accelerator, stages, network } = tinyPoint;
    expect(id).toMatch(/^[0-9a-f]{16}$/);
    expect(jobOf({ seed, accelerator, stages, network }, basis).id).toBe(id);
  });

  it('gives others with the point, the seed, and the version and the code of the engine and of a plugin it uses', () => {
    const [tiny, faulty] = ['archon-fixture-tiny', 'archon-fixture-faulty'];
    const code = { engine: 'e', plugins: { [tiny]: 't', [faulty]: 'f' } };
    const idWith = (change: object, point = tinyPoint): string =>
      jobOf(point, { ...basis, contents: { inputs: {}, code: { ...code, ...change } } }).id;
    const renewed = registry.plugins.map((plugin) => ({ ...plugin, meta: { ...plugin.meta, version: '1.0.1' } }));
    const contents = { inputs: {}, code };
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
    expect(pluginsOf(tinyPoint, basis).map(({ name }) => name)).toEqual(['archon-fixture-tiny']);
  });
});

describe('seedOf', () => {
  it('is an unsigned 32-bit number, the first half word of the SHA-256 of the canonical JSON', () => {
    // printf '{}' | sha256sum -> 44136fa355b3678a...
    expect(seedOf({}, platform)).toBe(0x44136fa3);
  });
});
