import type { ContributionMeta, Options, OptionSchema } from '@archon-dse/core';
import { describe, expect, it } from 'vitest';
import { diagnosticsOf } from '../../../../test/diagnostics.js';
import { schemaProblem } from './schema-problem.js';
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

describe('a map with known members', () => {
  const meta: ContributionMeta = {
    ...{ name: 'toy', title: 'Toy', description: 'A toy.', source: 'none' },
    options: {
      pe: object({
        required: ['lanes'],
        properties: {
          lanes: { type: 'integer', default: 4, multipleOf: 2, description: 'Lanes.' },
          label: { type: 'string', pattern: '^[a-z]+$', description: 'Label.' },
        },
      }),
    },
  };
  const wrong = (pe: Options) => diagnosticsOf(() => resolveOptions(meta, { pe }));

  it('is filled in, and closed', () => {
    expect(resolveOptions(meta, { pe: { label: 'a' } })).toEqual({ pe: { lanes: 4, label: 'a' } });
    expect(wrong({ laens: 1 })).toMatchObject([{ path: 'options.pe.laens', hint: 'Did you mean "lanes"?' }]);
  });

  it('is held to every keyword of its schema, each at its place', () => {
    expect(wrong({ lanes: 3 })).toMatchObject([
      { path: 'options.pe.lanes', message: expect.stringContaining('cannot have pe.lanes: 3') },
    ]);
    expect(wrong({ label: 'A' })).toMatchObject([
      { path: 'options.pe.label', expected: 'text, matching ^[a-z]+$', code: 'ARCHON_BAD_OPTION' },
    ]);
  });
});

describe('schemaProblem', () => {
  it('refuses a path that nobody would look for, since ids would not depend on what it leads to', () => {
    const file = { type: 'string', path: { kind: 'file' } };
    const of = (members: object) => schemaProblem(object(members))?.path;
    expect(of({ properties: { a: file }, additionalProperties: { type: 'array', items: file } })).toBeUndefined();
    expect(of({ properties: { path: { type: 'string' } } })).toBeUndefined();
    expect(of({ anyOf: [file, { type: 'object' }] })).toBe('.anyOf.0.path');
    expect(of({ patternProperties: { a: file } })).toBe('.patternProperties.a.path');
    expect(of({ items: [file] })).toBe('.items.0.path');
  });

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
