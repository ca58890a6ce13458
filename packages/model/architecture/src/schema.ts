import type { OptionValue } from '@archon-dse/core';
import { SPARSE } from '@archon-dse/sparse-features';
import { ATTRIBUTES, LEVEL } from './level-schema.js';
import { CONSTRAINT } from './mapspace-schema.js';

/**
 * The grammar of an architecture file, as the schema of an option: what editors complete, what files are checked against, and the table
 * of the documentation.
 */
export const ARCHITECTURE = {
  type: 'object',
  required: ['name', 'levels'],
  properties: {
    name: { type: 'string', minLength: 1, description: 'Name for people.' },
    source: { type: 'string', default: '', description: 'Where the design was published.' },
    technology: {
      type: 'string',
      default: '45nm',
      enum: ['90nm', '65nm', '45nm', '40nm', '32nm', '28nm', '22nm'],
      description: 'Process node that everything on the chip is priced at.',
    },
    wordBits: {
      type: 'integer',
      minimum: 1,
      maximum: 64,
      default: 16,
      unit: 'bit',
      description: 'Width of weights, inputs and outputs.',
    },
    levels: { type: 'array', items: LEVEL, minItems: 1, description: 'Storage levels, outermost first.' },
    mac: {
      type: 'object',
      default: {},
      description: 'The multiply-accumulate units below the innermost level, one for each instance of its mesh.',
      properties: {
        class: { type: 'string', default: 'intmac', description: 'Component class with the action compute.' },
        attributes: ATTRIBUTES,
      },
    },
    model: {
      type: 'object',
      default: {},
      description: 'How cycles, accesses and energy are counted.',
      properties: {
        semantics: {
          type: 'string',
          default: 'timeloop',
          enum: ['timeloop', 'exact'],
          description: 'timeloop: the counts Timeloop prints. exact: what a walk of the loop nest touches.',
        },
        factors: {
          type: 'string',
          default: 'exact',
          enum: ['exact', 'remainders'],
          description:
            'exact: factors multiply to the dimensions of a layer. remainders: they may cover more, so that last tiles are smaller and meshes of any size have work; with exact semantics.',
        },
        haloSharing: {
          type: 'boolean',
          default: false,
          description: 'Whether neighbours share the words their windows have in common; with exact semantics.',
        },
        startUp: {
          type: 'boolean',
          default: false,
          description: 'Whether the cycles count in which the first tiles come down and the last ones go up.',
        },
        leakage: {
          type: 'boolean',
          default: false,
          description: 'Whether every instance takes the energy of its action idle in every cycle.',
        },
      },
    },
    mapspace: {
      type: 'object',
      default: {},
      additionalProperties: CONSTRAINT,
      description:
        'The dataflow: what the mapper may do at each level, by its name. Levels that are not named are free.',
    },
    sparse: SPARSE,
  },
} as const;

/** An architecture file, defaults filled in. */
export type ArchitectureDocument = OptionValue<typeof ARCHITECTURE>;
export type LevelDocument = ArchitectureDocument['levels'][number];
export type ConstraintDocument = ArchitectureDocument['mapspace'][string];
