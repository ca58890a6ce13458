import { API_VERSION, defineComponent, Registry, type Plugin } from '@archon-dse/core';
import { describe, expect, it } from 'vitest';
import { diagnosticsOf } from '../../../../test/diagnostics.js';
import { findClass, knownClasses } from './known-classes.js';
import { pricerOf } from './price-components.js';

/** A plugin of component classes that cost 1 pJ an access, and as much area as asked for. */
function plugin(namespace: string, ...names: string[]): Plugin {
  return {
    meta: { name: `@x/${namespace}`, namespace, version: '1.0.0', apiVersion: API_VERSION },
    components: names.map((name) =>
      defineComponent({
        name,
        title: name,
        description: 'Made up.',
        source: 'made up',
        attributes: { areaUm2: { type: 'number', default: 7, minimum: 0, description: 'Area.' } },
        actions: { access: 'one access' },
        price: ({ areaUm2 }) => ({
          energyPj: { access: { value: 1, source: `a guess of ${namespace}` } },
          areaUm2: { value: areaUm2, source: 'as asked for' },
        }),
      }),
    ),
  };
}

const registry = new Registry([plugin('a', 'cell', 'sram'), plugin('b', 'cell', 'wire')]);
const known = knownClasses(registry);
const part = (className: string, attributes = {}) => ({ name: 'part', class: className, attributes, instances: 1 });

describe('knownClasses', () => {
  it('refuses a plugin that provides the id of a built-in class', () => {
    expect(diagnosticsOf(() => knownClasses(new Registry([plugin('archon', 'sram')])))[0]).toMatchObject({
      ...{ code: 'ARCHON_PLUGIN_DUPLICATE_ID', plugin: '@x/archon' },
      message: 'component "archon/sram" of "@x/archon" is built in',
    });
    expect(knownClasses(new Registry([plugin('archon', 'cell')])).at(-1)?.id).toBe('archon/cell');
  });
});

describe('findClass', () => {
  it.each([
    ['b/cell', 'a', 'b/cell'],
    ['cell', 'a', 'a/cell'],
    ['cell', 'b', 'b/cell'],
    ['wire', 'a', 'b/wire'],
    ['sram', 'a', 'a/sram'],
    ['sram', 'b', 'archon/sram'],
    ['archon/sram', 'a', 'archon/sram'],
    ['dram', 'c', 'archon/dram'],
  ])('takes %s of an accelerator of %s for %s', (wanted, namespace, id) => {
    expect(findClass(wanted, known, namespace).id).toBe(id);
  });

  it('refuses a short name of two plugins where neither is the own', () => {
    expect(diagnosticsOf(() => findClass('cell', known, 'c'))[0]).toMatchObject({
      code: 'ARCHON_AMBIGUOUS_ID',
      expected: 'one of: a/cell, b/cell',
    });
  });

  it.each([
    ['wires', 'wire'],
    ['b/wires', 'b/wire'],
    ['smartbuffer_RAM', 'smartbuffer_SRAM'],
  ])('suggests, for %s, classes of all plugins', (wanted, meant) => {
    expect(diagnosticsOf(() => findClass(wanted, known))[0]).toMatchObject({
      code: 'ARCHON_PRICE_UNKNOWN_COMPONENT',
      hint: `Did you mean "${meant}"?`,
      expected: expect.stringMatching(/^one of: sram, .*, dram, a\/cell, a\/sram, b\/cell, b\/wire$/),
    });
  });
});

describe('pricerOf', () => {
  it('prices by the classes of plugins beside the built-in ones', () => {
    const components = [
      part('cell', { areaUm2: 3 }),
      { ...part('wire'), name: 'wire' },
      { ...part('dram', { widthBits: 64 }), name: 'dram' },
    ];
    const { ert, art } = pricerOf(registry, { namespace: 'b' })(components);
    expect(ert['part']).toEqual({ access: { value: 1, source: 'a guess of b' } });
    expect([art['part']?.value, art['wire']?.value, ert['dram']?.['access']?.value]).toEqual([3, 7, 512]);
  });

  it('says which component is wrong, of any class', () => {
    const components = [part('b/wire', { areaUm2: -1 }), { ...part('dram', {}), name: 'dram' }];
    expect(diagnosticsOf(() => pricerOf(registry)(components))).toMatchObject([
      { message: 'component "part": wire cannot have areaUm2: -1', path: 'components[0].attributes.areaUm2' },
      { message: 'component "dram": dram cannot have widthBits: nothing', path: 'components[1].attributes.widthBits' },
    ]);
  });

  it('calls classes where the host says', () => {
    const called: string[] = [];
    pricerOf(registry, { call: ({ id }, price) => (called.push(id), price()) })([part('wire')]);
    expect(called).toEqual(['b/wire']);
  });
});
