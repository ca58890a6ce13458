import type { LayerCache, StageState } from '@archon-dse/core';
import { describe, expect, it } from 'vitest';
import tiny from '../../runner/fixtures/tiny/index.js';
import { Identities, type LayerGrounds } from './identity/identities.js';
import { LayerResults, type LayerKeeper } from './layer-results.js';
import { basis, tinyPoint } from './test-fixtures.js';

const state: StageState = {
  network: { id: '', input: [1, 1, 1], classes: 1, layers: [] },
  densities: {},
  metrics: {},
  artifacts: {},
};
const code = { engine: 'e', plugins: { [tiny.meta.name]: 'f' } };

/** A keeper of one shelf, which tells what it was asked for. */
function keeperWith(known: Readonly<Record<string, number>>) {
  const asked: string[] = [];
  const kept = new Map<string, unknown>();
  const grounds: LayerGrounds[] = [];
  const cache: LayerCache = {
    get: (key) => {
      asked.push(key);
      return known[key];
    },
    set: (key, value) => void kept.set(key, value),
  };
  const keeper: LayerKeeper = { of: (one) => (grounds.push(one), cache) };
  return { keeper, asked, kept, grounds };
}

describe('LayerResults', () => {
  it('gives back what was put in, to every point of the same accelerator, where nobody keeps it', () => {
    const results = new LayerResults(new Identities(basis));
    const cache = results.of(tinyPoint, state);
    expect(cache.get('a')).toBeUndefined();
    cache.set('a', { cycles: 3 });
    expect(cache.get('a')).toEqual({ cycles: 3 });
    expect(results.of({ ...tinyPoint, seed: 2 }, state).get('a')).toEqual({ cycles: 3 });
  });

  it('asks a keeper once for what it does not know, and has it keep what is new', () => {
    const { keeper, asked, kept, grounds } = keeperWith({ a: 1 });
    const results = new LayerResults(new Identities({ ...basis, contents: { ...basis.contents, code } }), keeper);
    const cache = results.of(tinyPoint, state);
    expect([cache.get('a'), cache.get('a'), cache.get('b')]).toEqual([1, 1, undefined]);
    cache.set('b', 2);
    expect([cache.get('b'), [...kept]]).toEqual([2, [['b', 2]]]);
    expect([asked, grounds.length]).toEqual([['a', 'b'], 1]);
  });

  it('holds so many values, however large a result is, and asks its keeper for what it forgot', () => {
    const { keeper, asked } = keeperWith({ first: 1 });
    const results = new LayerResults(new Identities({ ...basis, contents: { ...basis.contents, code } }), keeper);
    const cache = results.of(tinyPoint, state);
    const large = { counts: Array.from({ length: 100_000 }, () => 0) };
    cache.set('first', 1);
    for (let number = 0; number < 5; number += 1) cache.set(`large ${String(number)}`, large);
    expect([cache.get('first'), asked]).toEqual([1, []]);
    for (let number = 5; number < 30; number += 1) cache.set(`large ${String(number)}`, large);
    expect(cache.get('first')).toBe(1);
    expect(asked).toEqual(['first']);
  });
});
