import { expect, expectTypeOf, it } from 'vitest';
import type { JsonValue, Options } from './json.js';
import { defaultsOf, defineOptions, type OptionValues } from './option-values.js';

const OPTIONS = defineOptions({
  meshX: { type: 'integer', default: 12, minimum: 1, description: 'Columns.' },
  share: { type: 'number', default: 0.5, description: 'Share.' },
  mode: { type: 'string', default: 'a', enum: ['a', 'b'], description: 'Mode.' },
  dataBits: { type: 'integer', default: 16, enum: [8, 16], description: 'Width.' },
  name: { type: 'string', default: '', description: 'Name.' },
  isFused: { type: 'boolean', default: true, description: 'Whether it fuses.' },
  rules: { type: 'array', default: [], items: { type: 'string', enum: ['x=1', 'x=2'] }, description: 'Rules.' },
  grid: { type: 'array', default: [], items: { type: 'array', items: { type: 'number' } }, description: 'Grid.' },
  anything: { type: 'array', default: [], description: 'A list.' },
  map: { type: 'object', default: {}, description: 'A map.' },
  pe: {
    type: 'object',
    default: { bits: 8 },
    description: 'A PE.',
    required: ['bits'],
    properties: {
      bits: { type: 'integer', description: 'Word.' },
      lanes: { type: 'integer', default: 4, description: 'Lanes.' },
      note: { type: 'string', description: 'Note.' },
      order: { type: 'string', enum: ['row', 'column'], default: 'row', description: 'Order.' },
    },
  },
  levels: {
    type: 'array',
    default: [{ words: 1 }],
    items: {
      type: 'object',
      required: ['words'],
      properties: { words: { type: 'integer', description: 'Depth.' } },
    },
    description: 'Levels.',
  },
  prices: { type: 'object', default: {}, additionalProperties: { type: 'number' }, description: 'Prices.' },
});

it('gives each option the type of its schema, without `as const`', () => {
  expectTypeOf<OptionValues<typeof OPTIONS>>().toEqualTypeOf<{
    readonly meshX: number;
    readonly share: number;
    readonly mode: 'a' | 'b';
    readonly dataBits: 8 | 16;
    readonly name: string;
    readonly isFused: boolean;
    readonly rules: readonly ('x=1' | 'x=2')[];
    readonly grid: readonly (readonly number[])[];
    readonly anything: readonly JsonValue[];
    readonly map: Options;
    readonly pe: {
      readonly bits: number;
      readonly lanes: number;
      readonly order: 'row' | 'column';
      readonly note?: string;
    };
    readonly levels: readonly { readonly words: number }[];
    readonly prices: Readonly<Record<string, number>>;
  }>();
});

it('lists the defaults in the order declared', () => {
  expect(Object.entries(defaultsOf(OPTIONS)).slice(0, 3)).toEqual([
    ['meshX', 12],
    ['share', 0.5],
    ['mode', 'a'],
  ]);
  expect(defaultsOf(OPTIONS).pe).toEqual({ bits: 8, lanes: 4, order: 'row' });
});
