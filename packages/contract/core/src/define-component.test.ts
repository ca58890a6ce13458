import { describe, expect, expectTypeOf, it } from 'vitest';
import { diagnosticsOf } from '../../../../test/diagnostics.js';
import { defineComponent, type ComponentPrice } from './index.js';
import { soundPrice } from './sound-price.js';

const cell = defineComponent({
  name: 'pcm-cell',
  title: 'PCM cell',
  description: 'Phase-change memory cell.',
  source: 'made up',
  attributes: {
    levels: { type: 'integer', minimum: 2, multipleOf: 2, unit: 'levels', description: 'Resistance levels.' },
    stack: { type: 'string', enum: ['1T1R', '1S1R'], default: '1T1R', description: 'Selector.' },
    pitchUm: { type: 'number', default: 0.2, exclusiveMinimum: 0, description: 'Pitch.' },
  },
  actions: { read: 'read one cell', write: 'program one cell' },
  price: ({ levels, stack, pitchUm }) => {
    expectTypeOf(levels).toEqualTypeOf<number>();
    expectTypeOf(stack).toEqualTypeOf<'1T1R' | '1S1R'>();
    return {
      energyPj: {
        read: { value: 0.1 * Math.log2(levels), source: 'a law' },
        write: { value: stack === '1T1R' ? 13.5 : 10, source: 'a table' },
      },
      areaUm2: { value: pitchUm * pitchUm, source: 'a square' },
    };
  },
});

describe('defineComponent', () => {
  it('prices attributes, with the defaults of the rest', () => {
    expect(cell.price({ levels: 4 })).toEqual({
      energyPj: { read: { value: 0.2, source: 'a law' }, write: { value: 13.5, source: 'a table' } },
      areaUm2: { value: 0.2 * 0.2, source: 'a square' },
    });
    expect(cell.price({ levels: 4, stack: '1S1R' }).energyPj['write']?.value).toBe(10);
  });

  it.each([
    [
      {},
      'attributes.levels',
      'pcm-cell cannot have levels: nothing',
      'a whole number, at least 2, a multiple of 2 (levels)',
    ],
    [
      { levels: 3 },
      'attributes.levels',
      'pcm-cell cannot have levels: 3',
      'a whole number, at least 2, a multiple of 2 (levels)',
    ],
    [
      { levels: 4, pitchUm: Infinity },
      'attributes.pitchUm',
      'pcm-cell cannot have pitchUm: null',
      'a number, greater than 0',
    ],
    [
      { levels: 4, stak: '1T1R' },
      'attributes.stak',
      'pcm-cell has no attribute "stak"',
      'one of: levels, stack, pitchUm',
    ],
    [{ levels: 4, stack: '2T' }, 'attributes.stack', 'pcm-cell cannot have stack: "2T"', 'one of: "1T1R", "1S1R"'],
  ])('refuses %j', (attributes, path, message, expected) => {
    const code = 'ARCHON_PRICE_BAD_COMPONENT';
    expect(diagnosticsOf(() => cell.price(attributes))[0]).toMatchObject({ code, path, message, expected });
  });

  it('refuses a definition without a price, which only JavaScript lets pass', () => {
    const { meta } = cell;
    expect(() => defineComponent(meta as Parameters<typeof defineComponent>[0])).toThrow(
      /"pcm-cell" has no function price/,
    );
  });
});

describe('soundPrice', () => {
  const row = { value: 1, source: 'here' };
  const sound: ComponentPrice = { energyPj: { read: row, write: row }, areaUm2: row };
  const problems = (price: unknown) =>
    diagnosticsOf(() => soundPrice(price, cell.meta, { id: 'me/pcm-cell', plugin: 'my-plugin' }));

  it('takes what the class declares, and nothing else', () => {
    const chatty = { ...sound, note: 'hi', areaUm2: { ...row, unit: 'um2' } };
    expect(soundPrice(chatty, cell.meta, { id: 'me/pcm-cell' })).toEqual(sound);
  });

  it('keeps what an action does', () => {
    const energyPj = { read: { ...row, macs: 256 }, write: { ...row, offChipBits: 64 } };
    expect(soundPrice({ ...sound, energyPj }, cell.meta, { id: 'me/pcm-cell' }).energyPj).toEqual(energyPj);
  });

  it.each([
    [{ energyPj: { read: { ...row, macs: -1 }, write: row } }, 'has -1 for macs of action "read"'],
    [{ energyPj: { read: { ...row, offChipBits: NaN }, write: row } }, 'has NaN for offChipBits of action "read"'],
    [{ energyPj: { read: { ...row, value: NaN }, write: row } }, 'prices action "read" at NaN'],
    [{ energyPj: { read: row, write: { ...row, value: -1 } } }, 'prices action "write" at -1'],
    [{ energyPj: { read: row, write: { ...row, value: Infinity } } }, 'prices action "write" at Infinity'],
    [{ energyPj: { read: row, write: { ...row, value: '1' } } }, 'prices action "write" at a value of type string'],
    [{ energyPj: { read: row, write: { value: 1, source: ' ' } } }, 'prices action "write" without a source'],
    [{ energyPj: { read: row } }, 'has no price for action "write"'],
    [{ energyPj: { read: row, write: row, erase: row } }, 'prices action "erase"'],
    [{ areaUm2: 3 }, 'has no price for the area'],
    [{ areaUm2: { ...row, value: -0.1 } }, 'prices the area at -0.1'],
  ])('refuses %j', (change, found) => {
    expect(problems({ ...sound, ...change })).toEqual([
      expect.objectContaining({
        code: 'ARCHON_RESULT_INVALID',
        message: `me/pcm-cell of plugin "my-plugin" ${found}`,
        plugin: 'my-plugin',
      }),
    ]);
  });

  it('tells all that is wrong at once, whatever it was given', () => {
    for (const price of [undefined, null, 3, 'free', [], {}]) expect(problems(price)).toHaveLength(3);
  });
});
