import { describe, expect, it } from 'vitest';
import { BoundedMap } from './bounded-map.js';

describe('BoundedMap', () => {
  it('forgets its oldest entry when it has too many; an entry that is set again is new', () => {
    const map = new BoundedMap<string, number>(2);
    map.set('a', 1);
    map.set('b', 2);
    map.set('a', 3);
    expect(map.getOrMake('c', () => 4)).toBe(4);
    expect([map.get('a'), map.get('b'), map.get('c')]).toEqual([3, undefined, 4]);
  });

  it('forgets as many as a heavy one takes, and a value that is heavier than all of it', () => {
    const map = new BoundedMap<string, string>(4, (text) => text.length);
    const held = (): readonly (string | undefined)[] => ['a', 'b', 'c', 'd'].map((key) => map.get(key));
    map.set('a', 'x');
    map.set('b', 'yy');
    map.set('c', 'z');
    expect(held()).toEqual(['x', 'yy', 'z', undefined]);
    map.set('d', 'ww');
    expect(held()).toEqual([undefined, undefined, 'z', 'ww']);
    map.set('c', 'zz'); // weighs what it is now, not what it was
    expect(held()).toEqual([undefined, undefined, 'zz', 'ww']);
    map.set('a', 'too much');
    expect(held()).toEqual([undefined, undefined, undefined, undefined]);
    map.set('b', 'four');
    expect(held()).toEqual([undefined, 'four', undefined, undefined]);
  });
});
