import { describe, expect, it } from 'vitest';
import { priceArea } from './price-run.js';

const price = (value: number) => ({ value, source: 'test' });
const buffer = { name: 'buffer', class: 'sram', attributes: {}, instances: 3 };

describe('priceArea', () => {
  it('adds up all instances but those of components that are not part of the area', () => {
    const prices = { ert: {}, art: { buffer: price(2), dram: price(100) } };
    const dram = { name: 'dram', class: 'dram', attributes: {}, instances: 1 };
    expect(priceArea([buffer, dram], prices)).toBe(106);
    expect(priceArea([buffer, { ...dram, inArea: false }], prices)).toBe(6);
  });

  it('is no number where a component has no price', () => {
    expect(priceArea([buffer], { ert: {}, art: {} })).toBeNaN();
  });
});
