import { canonicalJson, type MemberSchema, type ValueSchema } from '@archon-dse/core';
import type { JsonSchema } from './grammar-parts.js';

/** Keywords of ours that no reader of draft-07 has to know. */
const OURS = ['path', 'document', 'named'];

/**
 * The schema of an option as any reader of draft-07 understands it: without our own keywords, and with what they mean said in its own.
 * Maps with known members are closed, and members with a default may be left out.
 */
export function jsonSchemaOf(option: Partial<MemberSchema>): JsonSchema {
  const { document, named = {} } = option;
  if (document === undefined) return contentSchemaOf(option);
  const { description = '', default: usual, ...map } = contentSchemaOf(option);
  const [isUsual] = Object.entries(named).find(([, one]) => canonicalJson(one) === canonicalJson(usual)) ?? [];
  return {
    type: ['string', 'object'],
    description,
    ...(usual === undefined ? {} : { default: isUsual ?? usual }),
    ...(Object.keys(named).length === 0 ? {} : { examples: Object.keys(named) }),
    ...{ if: { type: 'object' }, then: map },
  };
}

/** The same of the content of a document, which has no path and no name. */
export function contentSchemaOf(option: Partial<MemberSchema>): JsonSchema {
  const { unit, description, properties, required, items, additionalProperties, ...others } = option;
  const schema = Object.fromEntries<unknown>(Object.entries(others).filter(([keyword]) => !OURS.includes(keyword)));
  return {
    ...schema,
    ...(items === undefined ? {} : { items: inside(items) }),
    ...(properties === undefined ? {} : { properties: membersOf(properties), additionalProperties: false }),
    ...(additionalProperties === undefined ? {} : { additionalProperties: inside(additionalProperties) }),
    ...(required === undefined
      ? {}
      : { required: required.filter((name) => properties?.[name]?.default === undefined) }),
    ...(description === undefined
      ? {}
      : { description: unit === undefined ? description : `${description} [${unit}]` }),
  } as JsonSchema;
}

function membersOf(properties: NonNullable<ValueSchema['properties']>): unknown {
  return Object.fromEntries(Object.entries(properties).map(([name, member]) => [name, inside(member)]));
}

/** A schema of another form, such as `true`, is left as it is. */
function inside(schema: boolean | Partial<ValueSchema>): unknown {
  return typeof schema === 'object' && !Array.isArray(schema) ? jsonSchemaOf(schema) : schema;
}
