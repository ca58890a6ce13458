import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readAddress, writeAddress, type Address } from './address.js';

const NOTHING = { zoom: false, outside: false, frontsOnly: false, filters: new Map(), brushes: new Map() };

describe('the address of a report', () => {
  it('names the point in old links too', () => {
    expect(readAddress('#point=78ac71b130dd721f')).toEqual({ ...NOTHING, point: '78ac71b130dd721f' });
    expect(readAddress('')).toEqual(NOTHING);
  });

  it('is read as it was written, whatever is typed into filters', () => {
    const text = fc.string({ minLength: 1 }).filter((value) => value.trim() !== '');
    const number = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0);
    const intervals = fc.array(
      fc.tuple(number, number).map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const),
      { minLength: 1, maxLength: 3 },
    );
    const address: fc.Arbitrary<Address> = fc.record(
      {
        point: text,
        compare: text,
        x: text,
        y: text,
        color: text,
        logX: fc.boolean(),
        logY: fc.boolean(),
        zoom: fc.boolean(),
        outside: fc.boolean(),
        frontsOnly: fc.boolean(),
        filters: fc.dictionary(text, text).map((all) => new Map(Object.entries(all))),
        brushes: fc.dictionary(text, intervals).map((all) => new Map(Object.entries(all))),
      },
      { requiredKeys: ['zoom', 'outside', 'frontsOnly', 'filters', 'brushes'] },
    );
    fc.assert(
      fc.property(address, (one) => {
        expect(readAddress(writeAddress(one))).toEqual(one);
      }),
    );
  });

  it('ignores nonsense', () => {
    const hash =
      '#%&point&x=&filter.=%20&brush.a=1..&brush.b=2..1&brush.c=x..y&brush.d=1..2,zz&zoom=maybe&__proto__=1&=';
    expect(readAddress(hash)).toEqual({ ...NOTHING, brushes: new Map([['d', [[1, 2]]]]) });
    fc.assert(fc.property(fc.string(), (text) => void readAddress(`#${text}`)));
  });
});
