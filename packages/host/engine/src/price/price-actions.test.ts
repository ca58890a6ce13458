import type { ActionCount } from '@archon-dse/core';
import { describe, expect, it } from 'vitest';
import { frozenCopy } from '../border/frozen-copy.js';
import { ActionPricer, priceActions } from './price-actions.js';

const tables = (pj: number) => ({ ert: { mac: { compute: { value: pj, source: 'test' } } }, art: {} });
const compute = (count: number, dataSpace?: string): ActionCount => ({
  component: 'mac',
  action: 'compute',
  count,
  ...(dataSpace === undefined ? {} : { dataSpace }),
});
const cached = (...actions: readonly ActionCount[]) =>
  frozenCopy(actions as never) as unknown as readonly ActionCount[];

describe('priceActions', () => {
  it('adds up in all, by component and by data space', () => {
    expect(priceActions([compute(3, 'Weights'), compute(2)], tables(2))).toEqual({
      energyPj: 10,
      energyByComponentPj: { mac: 10, 'mac/Weights': 6 },
      nameLength: 'macmac/Weights'.length,
      macs: 0,
      multipliers: [],
    });
  });

  it('adds up the MACs of the rows that say how many they are', () => {
    const rows = { compute: { value: 1, source: 'test', macs: 2 }, idle: { value: 1, source: 'test' } };
    const actions = [compute(3), { ...compute(5), action: 'idle' }, { ...compute(0), component: 'other' }];
    const priced = priceActions(actions, { ert: { mac: rows, other: rows }, art: {} });
    expect(priced).toMatchObject({ macs: 6, multipliers: ['mac'] });
  });

  it.each(Object.getOwnPropertyNames(Object.prototype))('finds no price of %s, which every object has', (name) => {
    expect(priceActions([{ ...compute(1), component: name }], tables(2))).toBeUndefined();
    expect(priceActions([{ ...compute(1), action: name }], tables(2))).toBeUndefined();
    const ert = Object.fromEntries([[name, { compute: { value: 2, source: 'test' } }]]);
    const priced = priceActions([{ ...compute(3), component: name }], { ert, art: {} });
    expect(Object.entries(priced?.energyByComponentPj ?? {})).toEqual([[name, 6]]);
  });

  it.each([compute(-1), compute(Number.NaN), compute(Infinity), { ...compute(1), action: 'juggle' }])(
    'has no price for %j',
    (action) => expect(priceActions([compute(1), action], tables(2))).toBeUndefined(),
  );
});

describe('ActionPricer', () => {
  it('prices a list of the cache once for the same tables', () => {
    const pricer = new ActionPricer();
    const actions = cached(compute(3));
    const [two, three] = [tables(2), tables(3)];
    const first = pricer.price(actions, two);
    expect(first?.energyPj).toBe(6);
    expect(pricer.price(actions, two)).toBe(first);
    expect(pricer.price(actions, three)?.energyPj).toBe(9);
    expect(pricer.price(cached(compute(4)), two)?.energyPj).toBe(8);
  });

  it('never keeps what is unsound', () => {
    const pricer = new ActionPricer();
    const actions = cached(compute(-1));
    const prices = tables(2);
    expect([pricer.price(actions, prices), pricer.price(actions, prices)]).toEqual([undefined, undefined]);
  });

  it('goes through a list that is not of the cache every time, frozen or not', () => {
    const pricer = new ActionPricer();
    const prices = tables(2);
    const changing = { ...compute(1) };
    const list = Object.freeze([changing]);
    expect(pricer.price(list, prices)?.energyPj).toBe(2);
    Object.assign(changing, { count: 5 });
    expect(pricer.price(list, prices)?.energyPj).toBe(10);
    Object.assign(changing, { count: -5 });
    expect(pricer.price(list, prices)).toBeUndefined();
  });
});
