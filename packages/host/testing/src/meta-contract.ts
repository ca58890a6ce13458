import type { AttributeSchemas, ContributionMeta, Described, TestApi } from '@archon-dse/core';
import { Ajv } from 'ajv';

const KEBAB_CASE = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

/** Checks what a contribution with options says about itself: name, documentation and options. For use inside a suite. */
export function describeMeta(meta: ContributionMeta, api: TestApi): void {
  describeTexts(meta, api);
  describeSchemas('option', meta.options, api);
}

/** Checks the name and the documentation of a contribution of any kind. */
export function describeTexts(meta: Described, { it, expect }: TestApi): void {
  it('has a kebab-case name and documents itself', () => {
    expect(KEBAB_CASE.test(meta.name), `name "${meta.name}"`).toBe(true);
    const empty = (['title', 'description', 'source'] as const).filter((key) => meta[key].trim() === '');
    expect(empty, 'empty texts').toEqual([]);
  });
}

/** Checks options, or the attributes of a component class, which need no default. */
export function describeSchemas(
  what: 'option' | 'attribute',
  schemas: AttributeSchemas,
  { it, expect }: TestApi,
): void {
  it(`documents every ${what}`, () => {
    const silent = Object.entries(schemas).filter(([, schema]) => schema.description.trim() === '');
    expect(
      silent.map(([name]) => name),
      `${what}s without a description`,
    ).toEqual([]);
  });

  it(`gives every ${what} a default its schema accepts`, () => {
    const ajv = new Ajv({ strict: true, keywords: ['unit', 'path', 'document', 'named', 'optional'] });
    const wrong = Object.entries(schemas)
      .filter(([, schema]) => what === 'option' || schema.default !== undefined)
      .filter(([, schema]) => !ajv.validate(schema, schema.default));
    expect(
      wrong.map(([name, schema]) => [name, schema.default]),
      'defaults outside their schema',
    ).toEqual([]);
  });
}
