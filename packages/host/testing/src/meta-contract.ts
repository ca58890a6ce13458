import type { ContributionMeta, TestApi } from '@archon-dse/core';
import { Ajv } from 'ajv';

const KEBAB_CASE = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

/** Checks what every contribution says about itself: name, documentation and options. For use inside a suite. */
export function describeMeta(meta: ContributionMeta, { it, expect }: TestApi): void {
  it('has a kebab-case name and documents itself', () => {
    expect(KEBAB_CASE.test(meta.name), `name "${meta.name}"`).toBe(true);
    const empty = (['title', 'description', 'source'] as const).filter((key) => meta[key].trim() === '');
    expect(empty, 'empty texts').toEqual([]);
  });

  it('documents every option', () => {
    const silent = Object.entries(meta.options).filter(([, schema]) => schema.description.trim() === '');
    expect(
      silent.map(([name]) => name),
      'options without a description',
    ).toEqual([]);
  });

  it('gives every option a default its schema accepts', () => {
    const ajv = new Ajv({ strict: true, keywords: ['unit', 'path'] });
    const wrong = Object.entries(meta.options).filter(([, schema]) => !ajv.validate(schema, schema.default));
    expect(
      wrong.map(([name, schema]) => [name, schema.default]),
      'defaults outside their schema',
    ).toEqual([]);
  });
}
