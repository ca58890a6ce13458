import type { MemberSchema } from '@archon-dse/core';
import { Ajv, type ValidateFunction } from 'ajv';
import { linearRegExp } from './linear-reg-exp.js';
import { jsonSchemaOf } from './option-json-schema.js';

/** Schemas of options come from plugins: they are compiled once, stand alone, and matching them always ends. */

const ajv = new Ajv({
  strict: false,
  verbose: true,
  multipleOfPrecision: 9,
  logger: false,
  validateSchema: false, // that of schemas would be compiled at every start; `refusalOf` asks for it
  code: { regExp: linearRegExp, optimize: false },
});
const validators = new WeakMap<MemberSchema, ValidateFunction>();

/**
 * The validator of a schema that has no `schemaProblem`.
 *
 * @throws what is wrong with the schema, in the words of ajv or of {@link linearRegExp}
 */
export function validatorOf(schema: MemberSchema): ValidateFunction {
  const known = validators.get(schema);
  if (known !== undefined) return known;
  const validate = ajv.compile(jsonSchemaOf(schema));
  validators.set(schema, validate);
  return validate;
}

/** Why ajv does not take a schema, in its words or in those of {@link linearRegExp}. */
export function refusalOf(schema: MemberSchema): string | undefined {
  try {
    void ajv.validateSchema(schema, true);
    validatorOf(schema);
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}
