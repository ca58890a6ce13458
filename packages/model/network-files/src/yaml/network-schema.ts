import type { JsonValue } from '@archon-dse/core';
import { propertiesOf, valueProblem, type PropertyKind } from '@archon-dse/workload';
import { COMMON_KEYS, LISTED_OPERATIONS } from './layer-list.js';
import { defaultsOf, SHAPED_AS_INPUT, STRIDE_AS_SIZE } from './layer-defaults.js';

type JsonSchema = Readonly<Record<string, JsonValue>>;

const COUNT = { type: 'integer', minimum: 1 } as const;
const INDEX = { type: 'integer', minimum: 0 } as const;
const NAME = { type: 'string', minLength: 1 } as const;
const SIDES = ['top', 'bottom', 'left', 'right'];

/** What a value of each kind may be, for editors. */
const KINDS: Readonly<Record<string, JsonSchema>> = {
  count: COUNT,
  index: INDEX,
  flag: { type: 'boolean' },
  text: NAME,
  shape: { type: 'array', items: COUNT, minItems: 3, maxItems: 3 },
  extent: { anyOf: [COUNT, { type: 'array', items: COUNT, minItems: 2, maxItems: 2 }] },
  padding: {
    anyOf: [
      { enum: ['same', 'valid'] },
      INDEX,
      { ...closed(Object.fromEntries(SIDES.map((side) => [side, INDEX])), SIDES) },
    ],
  },
};

const COMMON: JsonSchema = {
  name: { ...NAME, description: 'Its name; the operation and a number unless given.' },
  inputs: {
    anyOf: [NAME, { type: 'array', items: NAME }],
    description: 'The layers it reads; the one before unless given.',
  },
  block: { ...NAME, description: 'The block of this layer and those that follow: head, b0, b1, ... or tail.' },
  role: { ...NAME, description: 'What the layer is for.' },
};

/** The JSON Schema of networks in YAML, for editors. */
export function networkSchema(): JsonSchema {
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Archon DSE network',
    ...closed(
      {
        name: { ...NAME, description: 'A name for people.' },
        description: { type: 'string' },
        input: { ...KINDS['shape'], description: 'The image: height, width, channels.' },
        batch: { ...COUNT, description: 'Images computed at once, 1 unless given.' },
        classes: { ...COUNT, description: 'Outputs of the classifier; the channels of the last layer unless given.' },
        layers: { $ref: '#/definitions/layers' },
      },
      ['input', 'layers'],
    ),
    definitions: {
      layers: {
        type: 'array',
        minItems: 1,
        items: { anyOf: [{ $ref: '#/definitions/repeat' }, ...LISTED_OPERATIONS.map(layerSchema)] },
      },
      repeat: {
        ...closed({ repeat: { ...COUNT, description: 'How often.' }, layers: { $ref: '#/definitions/layers' } }, [
          'repeat',
          'layers',
        ]),
        description: 'Layers several times; the names of each round end in its number.',
      },
    },
  };
}

function layerSchema(op: string): JsonSchema {
  const properties = Object.entries(propertiesOf(op) ?? {});
  const defaults = defaultsOf(op).values;
  const isRequired = ([name, kind]: readonly [string, PropertyKind]): boolean => {
    const follows =
      (name === 'stride' && STRIDE_AS_SIZE.includes(op)) || (name === 'shape' && SHAPED_AS_INPUT.includes(op));
    return !kind.endsWith('?') && defaults[name] === undefined && !follows;
  };
  const schemas = properties.map(([name, kind]) => [
    name,
    {
      ...KINDS[kind.replace('?', '')],
      description: `${valueProblem(kind, undefined) ?? ''}.`,
      ...withDefault(defaults[name]),
    },
  ]);
  const required = properties.filter(isRequired).map(([name]) => name);
  return closed({ op: { const: op }, ...COMMON, ...Object.fromEntries(schemas) }, [COMMON_KEYS[0], ...required]);
}

function withDefault(value: JsonValue | undefined): JsonSchema {
  return value === undefined ? {} : { default: value };
}

function closed(properties: JsonSchema, required: readonly string[]): JsonSchema {
  return { type: 'object', properties, required, additionalProperties: false };
}
