import type { OptionValue } from '@archon-dse/core';
import { DATA_SPACES, DIMS } from '@archon-dse/loop-nest';
import { RANK_FORMATS } from './features.js';

const OPERANDS = ['Weights', 'Inputs'] as const;

const level = (description: string) => ({ type: 'string', description }) as const;
const tensor = { type: 'string', enum: DATA_SPACES, description: 'The data space that is meant.' } as const;
const dims = (description: string) =>
  ({ type: 'array', items: { type: 'string', enum: DIMS }, minItems: 1, uniqueItems: true, description }) as const;
const operands = (description: string) =>
  ({ type: 'array', items: { type: 'string', enum: OPERANDS }, minItems: 1, uniqueItems: true, description }) as const;

const saving = (description: string) =>
  ({
    type: 'array',
    default: [],
    description,
    items: {
      type: 'object',
      required: ['level', 'tensor', 'on'],
      properties: {
        level: level('Level whose words are meant, on their way inwards.'),
        tensor,
        on: operands('Data spaces whose zeros decide: any of them.'),
      },
    },
  }) as const;

const RANK = {
  type: 'object',
  required: ['format', 'dims'],
  properties: {
    format: { type: 'string', enum: RANK_FORMATS, description: 'How the coordinates of the rank are written.' },
    dims: dims('Dimensions of the rank, the last one fastest; in Inputs P stands for rows and Q for columns.'),
    bits: {
      type: 'integer',
      minimum: 1,
      maximum: 32,
      unit: 'bit',
      description: 'Bits of a run, a coordinate or an offset; as many as the largest one needs unless given.',
    },
  },
} as const;

/** The section `sparse` of an architecture file, as the schema of an option. */
export const SPARSE = {
  type: 'object',
  default: {},
  description:
    'What the hardware does with zeros: formats that leave them out, and accesses and products that are gated or skipped.',
  properties: {
    formats: {
      type: 'array',
      default: [],
      description: 'How tiles are written at a level.',
      items: {
        type: 'object',
        required: ['level', 'tensor', 'ranks'],
        properties: {
          level: level('Level that keeps the data space.'),
          tensor,
          ranks: { type: 'array', items: RANK, minItems: 1, description: 'Ranks of a tile, outermost first.' },
        },
      },
    },
    gating: saving('Accesses that idle: they take their cycle.'),
    skipping: saving('Accesses that are not made.'),
    compute: {
      type: 'object',
      default: {},
      description: 'What becomes of products with a zero.',
      properties: {
        gating: operands('Operands whose zeros idle the multiplier.'),
        skipping: {
          type: 'object',
          required: ['level', 'on'],
          description: 'PEs that leave products out, in time, too.',
          properties: {
            level: level('The loops here and inside are what a PE does on its own, between two waits for the slowest.'),
            on: operands('Operands whose zeros are skipped.'),
            pack: {
              type: 'object',
              description:
                'Dimensions along which the words that are not zero are packed into lanes; none unless given.',
              properties: { Weights: dims('Of the weights.'), Inputs: dims('Of the inputs.') },
            },
            lanes: {
              type: 'object',
              description: 'Lanes that packed words fill; the spatial bounds of the packed dimensions unless given.',
              properties: {
                Weights: { type: 'integer', minimum: 1, description: 'For weights.' },
                Inputs: { type: 'integer', minimum: 1, description: 'For inputs.' },
              },
            },
            block: {
              type: 'object',
              required: ['positions', 'slots'],
              description: 'Weights are packed by blocks of neighbours, all in lock step.',
              properties: {
                positions: { type: 'integer', minimum: 2, description: 'Neighbours of a block.' },
                slots: { type: 'integer', minimum: 1, description: 'Of a block at a time.' },
              },
            },
          },
        },
      },
    },
  },
} as const;

/** The section as it is read, defaults filled in; usable as features. */
export type SparseDocument = OptionValue<typeof SPARSE>;
