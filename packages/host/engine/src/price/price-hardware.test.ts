import type { Component } from '@archon-dse/core';
import { priceComponents } from '@archon-dse/pricing';
import { describe, expect, it } from 'vitest';
import { HardwarePricer } from './price-hardware.js';

const mac = (attributes: object, instances = 1): Component => ({
  name: 'mac',
  class: 'intmac',
  attributes: attributes as Component['attributes'],
  instances,
});

describe('HardwarePricer', () => {
  const pricer = new HardwarePricer();
  const first = pricer.price([mac({ dataBits: 8 })]);

  it('prices as priceComponents does, with sources', () => {
    expect(first.prices).toEqual(priceComponents([mac({ dataBits: 8 })]));
    expect(first.sources['mac']).toContain('Aladdin');
  });

  it('gives any number of the same components the same tables, and others their own', () => {
    expect(pricer.price([mac({ dataBits: 8 }, 64)])).toBe(first);
    expect(pricer.price([mac({ dataBits: 16 })]).prices.ert).not.toEqual(first.prices.ert);
    expect(pricer.price([{ ...mac({ dataBits: 8 }), name: 'other' }]).prices.ert).toHaveProperty('other');
  });

  it('lets nobody change its tables', () => {
    expect(() => Object.assign(first.prices.ert['mac']!['compute']!, { value: 0 })).toThrow(TypeError);
  });

  it.each([{ dataBits: undefined }, { dataBits: Number.NaN }, { dataBits: 8, more: [] }, { dataBits: '8' }])(
    'refuses %j although it has just priced a component much like it',
    (attributes) => {
      expect(() => pricer.price([mac(attributes)])).toThrow(/attribute/);
    },
  );
});
