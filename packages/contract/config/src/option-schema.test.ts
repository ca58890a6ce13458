import type { ContributionMeta, OptionSchema } from '@archon-dse/core';
import { describe, expect, it } from 'vitest';
import { schemaProblem } from './option-schema.js';
import { resolveOptions } from './options.js';

const text = (pattern: string): OptionSchema => ({ type: 'string', default: '', description: 'Text.', pattern });
const object = (members: object): OptionSchema => ({ type: 'object', default: {}, description: 'Map.', ...members });

describe('a pattern in the schema of an option', () => {
  const meta = (pattern: string): ContributionMeta => ({
    ...{ name: 'toy', title: 'Toy', description: 'A toy.', source: 'none' },
    options: { word: text(pattern) },
  });

  it('is matched as JavaScript would', () => {
    expect(resolveOptions(meta('^[a-z]+\\d?$'), { word: 'abc7' })).toEqual({ word: 'abc7' });
    expect(() => resolveOptions(meta('^[a-z]+\\d?$'), { word: '7abc' })).toThrow('toy cannot have word: "7abc"');
    expect(resolveOptions(meta('é$'), { word: 'café' })).toEqual({ word: 'café' });
  });

  it('takes linear time where JavaScript would take 2^40 steps', () => {
    expect(() => resolveOptions(meta('^(a+)+$'), { word: `${'a'.repeat(40)}!` })).toThrow('cannot have word');
  });

  it.each(['(', '(?=x)', '(a)\\1'])('is refused when it is %s', (pattern) => {
    expect(schemaProblem(text(pattern))).toMatchObject({ path: '', found: expect.stringContaining('pattern') });
  });
});

describe('schemaProblem', () => {
  it.each([
    [{ $ref: '#' }, '.$ref'],
    [{ $id: 'mine' }, '.$id'],
    [{ $async: true }, '.$async'],
    [{ properties: { a: { allOf: [{ $ref: '#' }] } } }, '.properties.a.allOf.0.$ref'],
  ])('refuses %j, which leads elsewhere', (members, path) => {
    expect(schemaProblem(object(members))).toMatchObject({ path });
  });

  it('lets names and values be called like keywords', () => {
    expect(schemaProblem(object({ properties: { $ref: { type: 'string' } }, default: { $id: 1 } }))).toBeUndefined();
  });

  it.each([{ minimum: 'x' }, { properties: 5 }, { enum: [] }, { type: 'wish' }])('refuses %j, no schema', (members) => {
    expect(schemaProblem(object(members))).toMatchObject({ expected: 'a draft-07 JSON Schema' });
  });
});
