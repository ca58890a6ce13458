import { API_VERSION, defineComponent, fail, Registry, type Component, type Plugin } from '@archon-dse/core';
import { priceComponents } from '@archon-dse/pricing';
import { describe, expect, it } from 'vitest';
import { diagnosticsOf } from '../../../../../test/diagnostics.js';
import { Border } from '../border/border.js';
import { platform } from '../test-fixtures.js';
import { HardwarePricer } from './price-hardware.js';

const mac = (attributes: object, instances = 1): Component => ({
  name: 'mac',
  class: 'intmac',
  attributes: attributes as Component['attributes'],
  instances,
});

const meta = { name: 'archon-x', namespace: 'x', version: '1.0.0', apiVersion: API_VERSION };
const owner = { id: 'x/array', plugin: meta };

describe('HardwarePricer', () => {
  const pricer = new HardwarePricer(new Registry([]), new Border(platform));
  const first = pricer.price([mac({ dataBits: 8 })], owner);

  it('prices as priceComponents does, with sources', () => {
    expect(first.prices).toEqual(priceComponents([mac({ dataBits: 8 })]));
    expect(first.sources['mac']).toContain('Aladdin');
  });

  it('gives any number of the same components the same tables, and others their own', () => {
    expect(pricer.price([mac({ dataBits: 8 }, 64)], owner)).toBe(first);
    expect(pricer.price([mac({ dataBits: 16 })], owner).prices.ert).not.toEqual(first.prices.ert);
    expect(pricer.price([{ ...mac({ dataBits: 8 }), name: 'other' }], owner).prices.ert).toHaveProperty('other');
  });

  it('lets nobody change its tables', () => {
    expect(() => Object.assign(first.prices.ert['mac']!['compute']!, { value: 0 })).toThrow(TypeError);
  });

  it.each([{ dataBits: undefined }, { dataBits: Number.NaN }, { dataBits: 8, more: [] }, { dataBits: '8' }])(
    'refuses %j although it has just priced a component much like it',
    (attributes) => {
      expect(() => pricer.price([mac(attributes)], owner)).toThrow(
        /intmac (cannot have dataBits|has no attribute "more")/,
      );
    },
  );
});

/** A plugin whose class does as its attribute says. */
const hostile: Plugin = {
  meta: { ...meta, name: 'archon-y', namespace: 'y' },
  components: [
    defineComponent({
      name: 'cell',
      title: 'Cell',
      description: 'Goes wrong.',
      source: 'made up',
      attributes: {
        fault: {
          type: 'string',
          default: 'none',
          enum: ['none', 'throws', 'too big', 'NaN', 'promise', 'mutates', 'getter'],
          description: 'What.',
        },
      },
      actions: { read: 'read' },
      price: (attributes) => {
        const row = { value: attributes.fault === 'NaN' ? NaN : 1, source: 'here' };
        const price = { energyPj: { read: row }, areaUm2: { value: 2, source: 'there' } };
        if (attributes.fault === 'throws') throw new Error('out of order');
        if (attributes.fault === 'too big')
          fail({ code: 'ARCHON_PRICE_INFEASIBLE', message: 'no cell is so big', expected: 'less' });
        if (attributes.fault === 'promise') return Promise.resolve(price) as unknown as typeof price;
        if (attributes.fault === 'mutates') Object.assign(attributes, { fault: 'none' });
        if (attributes.fault === 'getter')
          Object.defineProperty(row, 'value', { get: () => Math.random(), enumerable: true });
        return price;
      },
    }),
  ],
};

describe('HardwarePricer with classes of plugins', () => {
  const pricer = new HardwarePricer(new Registry([hostile]), new Border(platform));
  const cell = (fault: string): Component => ({ name: 'cell', class: 'y/cell', attributes: { fault }, instances: 2 });
  const problem = (component: Component) => diagnosticsOf(() => pricer.price([component], owner))[0];

  it('prices by them, and keeps the sources', () => {
    const { prices, sources } = pricer.price([cell('none')], owner);
    expect(prices).toEqual({
      ert: { cell: { read: { value: 1, source: 'here' } } },
      art: { cell: { value: 2, source: 'there' } },
    });
    expect(sources).toEqual({ cell: 'here; there' });
  });

  it.each([
    [
      'throws',
      'ARCHON_PLUGIN_THREW',
      /^component "cell": y\/cell of plugin "archon-y" failed while pricing a component: Error: out of/,
    ],
    ['too big', 'ARCHON_PRICE_INFEASIBLE', /^component "cell": no cell is so big$/],
    ['NaN', 'ARCHON_RESULT_INVALID', /^component "cell": y\/cell of plugin "archon-y" prices action "read" at NaN$/],
    ['promise', 'ARCHON_RESULT_INVALID', /^component "cell": the price: it is an instance of a class$/],
    ['mutates', 'ARCHON_PLUGIN_THREW', /read only/],
  ])('blames the plugin of a class that %s', (fault, code, message) => {
    expect(problem(cell(fault))).toMatchObject({ code, message: expect.stringMatching(message), plugin: 'archon-y' });
  });

  it('reads a price once, whatever it says the next time', () => {
    const { prices } = pricer.price([cell('getter')], owner);
    expect(prices.ert['cell']?.['read']?.value).toBe(prices.ert['cell']?.['read']?.value);
    expect(pricer.price([cell('getter')], owner).prices).toBe(prices);
  });

  it('blames the accelerator for attributes that a class refuses, and for a class that nobody has', () => {
    expect(problem(cell('none of them'))).toMatchObject({ code: 'ARCHON_PRICE_BAD_COMPONENT', plugin: 'archon-x' });
    expect(problem({ ...cell('none'), class: 'cel' })).toMatchObject({
      ...{ code: 'ARCHON_PRICE_UNKNOWN_COMPONENT', hint: 'Did you mean "cell"?', plugin: 'archon-x' },
    });
  });

  it('tells classes of one short name apart by who asks', () => {
    const own = {
      ...hostile.components![0]!,
      price: () => ({ energyPj: { read: { value: 5, source: 'own' } }, areaUm2: { value: 0, source: 'own' } }),
    };
    const both = new HardwarePricer(new Registry([hostile, { meta, components: [own] }]), new Border(platform));
    const short = { ...cell('none'), class: 'cell' };
    const readPj = (asker: typeof meta) =>
      both.price([short], { id: 'any', plugin: asker }).prices.ert['cell']?.['read']?.value;
    expect([readPj(meta), readPj(hostile.meta as typeof meta)]).toEqual([5, 1]);
  });
});
