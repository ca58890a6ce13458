import { describe, expect, it } from 'vitest';
import { diagnosticsOf } from '../../../../test/diagnostics.js';
import type { Diagnostic } from './diagnostic.js';
import type { Options } from './json.js';
import type { OptionRule } from './option-rule.js';
import { defineOptions } from './option-values.js';
import { parseOptions } from './parse-options.js';

const options = defineOptions({
  lanes: { type: 'integer', default: 4, minimum: 1, maximum: 64, unit: 'additions', description: 'Lanes.' },
  width: { type: 'number', default: 1, exclusiveMinimum: 0, description: 'Width.' },
  bits: { type: 'integer', default: 20, description: 'Bits of an adder.' },
  mode: { type: 'string', default: 'fast', enum: ['fast', 'slow'], description: 'Mode.' },
  rules: { type: 'array', default: [], items: { type: 'string', enum: ['round=up', 'round=down'] }, description: 'R.' },
  map: { type: 'object', default: {}, description: 'A map.' },
  corner: {
    type: 'array',
    default: [0, 0],
    enum: [
      [0, 0],
      [1, 1],
    ],
    description: 'A corner.',
  },
});
const meta = { name: 'toy', title: 'Toy', description: 'A toy.', source: 'none', options };

const rules: readonly OptionRule<typeof options>[] = [
  {
    option: 'lanes',
    holds: ({ lanes, bits }) => lanes * 4 <= bits,
    refusal: ({ lanes, bits }) => ({ message: `${lanes} lanes in ${bits} bit`, expected: `at most ${bits / 4}` }),
  },
  {
    option: 'mode',
    holds: ({ mode, lanes }) => mode === 'fast' || lanes === 1,
    refusal: () => ({ message: 'slow lanes', expected: 'one lane', hint: 'Set lanes to 1.' }),
  },
];

function wrong(given: Options): readonly Diagnostic[] {
  return diagnosticsOf(() => parseOptions(meta, given, rules));
}

describe('parseOptions', () => {
  it('fills in defaults in the order declared, and freezes', () => {
    const parsed = parseOptions(meta, { mode: 'slow', lanes: 1 }, rules);
    expect(Object.entries(parsed)).toEqual([
      ['lanes', 1],
      ['width', 1],
      ['bits', 20],
      ['mode', 'slow'],
      ['rules', []],
      ['map', {}],
      ['corner', [0, 0]],
    ]);
    expect(Object.isFrozen(parsed)).toBe(true);
  });

  it('takes what is equal to a choice', () => {
    expect(parseOptions(meta, { corner: [1, 1] }).corner).toEqual([1, 1]);
  });

  it('reports every option that is wrong by itself, before any rule', () => {
    expect(wrong({ lnaes: 1, lanes: 65, mode: 'fsat' })).toEqual([
      {
        code: 'ARCHON_UNKNOWN_OPTION',
        message: 'toy has no option "lnaes"',
        expected: 'one of: lanes, width, bits, mode, rules, map, corner',
        hint: 'Did you mean "lanes"?',
        path: 'options.lnaes',
      },
      {
        code: 'ARCHON_BAD_OPTION',
        message: 'toy cannot have lanes: 65',
        expected: 'a whole number, at least 1, at most 64 (additions)',
        path: 'options.lanes',
      },
      {
        code: 'ARCHON_BAD_OPTION',
        message: 'toy cannot have mode: "fsat"',
        expected: 'one of: "fast", "slow"',
        hint: 'Did you mean "fast"?',
        path: 'options.mode',
      },
    ]);
  });

  it.each<[string, Options]>([
    ['lanes', { lanes: 2.5 }],
    ['lanes', { lanes: '2' }],
    ['lanes', { lanes: 0 }],
    ['width', { width: 0 }],
    ['width', { width: Number.NaN }],
    ['rules', { rules: 'round=up' }],
    ['map', { map: [] }],
    ['mode', { mode: null }],
  ])('refuses for %s %j', (name, given) => {
    expect(wrong(given)).toMatchObject([{ code: 'ARCHON_BAD_OPTION', path: `options.${name}` }]);
  });

  it('points at the item of a list', () => {
    expect(wrong({ rules: ['round=up', 'rond=down'] })).toEqual([
      {
        code: 'ARCHON_BAD_OPTION',
        message: 'toy cannot have rules[1]: "rond=down"',
        expected: 'one of: "round=up", "round=down"',
        hint: 'Did you mean "round=down"?',
        path: 'options.rules[1]',
      },
    ]);
  });

  it.each(['__proto__', 'constructor', 'toString'])('has no option %s', (name) => {
    expect(wrong(Object.fromEntries([[name, 1]]))[0]?.code).toBe('ARCHON_UNKNOWN_OPTION');
  });

  it('blames the option of the first rule that does not hold', () => {
    expect(wrong({ lanes: 6, mode: 'slow' })).toEqual([
      { code: 'ARCHON_BAD_OPTION', message: '6 lanes in 20 bit', expected: 'at most 5', path: 'options.lanes' },
    ]);
    expect(wrong({ mode: 'slow' })).toMatchObject([{ path: 'options.mode', hint: 'Set lanes to 1.' }]);
  });
});

describe('parseOptions of a map', () => {
  const nested = defineOptions({
    pe: {
      type: 'object',
      default: { bits: 8 },
      description: 'A PE.',
      required: ['bits'],
      properties: {
        bits: { type: 'integer', minimum: 1, description: 'Word.' },
        lanes: { type: 'integer', default: 4, maximum: 8, description: 'Lanes.' },
        ports: {
          type: 'array',
          default: [],
          items: { type: 'object', properties: { words: { type: 'integer', default: 1, description: 'Words.' } } },
          description: 'Ports.',
        },
      },
    },
    prices: {
      type: 'object',
      default: {},
      additionalProperties: { type: 'number', minimum: 0 },
      description: 'Prices.',
    },
  });
  const parse = (given: Options) => parseOptions({ ...meta, options: nested }, given);

  it('fills in what its maps leave out, in the order declared, and freezes it', () => {
    const { pe } = parse({ pe: { ports: [{}, { words: 2 }], bits: 4 } });
    expect(Object.entries(pe)).toEqual([
      ['bits', 4],
      ['lanes', 4],
      ['ports', [{ words: 1 }, { words: 2 }]],
    ]);
    expect([pe, pe.ports, pe.ports[0]].every(Object.isFrozen)).toBe(true);
    expect(parse({}).pe).toEqual({ bits: 8, lanes: 4, ports: [] });
  });

  it.each<[string, Options, object]>([
    ['pe.bits', { bits: 0 }, { expected: 'a whole number, at least 1' }],
    ['pe.lanes', { bits: 4, lanes: 9 }, { message: 'toy cannot have pe.lanes: 9' }],
    ['pe.bits', {}, { message: 'toy cannot have pe.bits: nothing', expected: 'a whole number, at least 1' }],
    ['pe.ports[1].words', { bits: 4, ports: [{}, { words: 'x' }] }, { code: 'ARCHON_BAD_OPTION' }],
    [
      'pe.laens',
      { bits: 4, laens: 2 },
      {
        code: 'ARCHON_UNKNOWN_OPTION',
        message: 'pe of toy has no member "laens"',
        expected: 'one of: bits, lanes, ports',
        hint: 'Did you mean "lanes"?',
      },
    ],
    ['pe.constructor', { bits: 4, constructor: 2 }, { code: 'ARCHON_UNKNOWN_OPTION' }],
  ])('refuses at options.%s', (path, pe, problem) => {
    expect(diagnosticsOf(() => parse({ pe }))).toMatchObject([{ path: `options.${path}`, ...problem }]);
  });

  it('takes any name where other members are let in, and holds them to their schema', () => {
    expect(parse({ prices: { mac: 1 } }).prices['mac']).toBe(1);
    expect(diagnosticsOf(() => parse({ prices: { mac: -1 } }))).toMatchObject([{ path: 'options.prices.mac' }]);
  });
});
