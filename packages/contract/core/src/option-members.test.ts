import { describe, expect, it } from 'vitest';
import { isNamedList } from './named-list.js';
import { optionsByPath, schemaAtPath, valueAtPath, valuesByPath, withValueAt } from './option-members.js';
import { defineOptions } from './option-values.js';

const options = { pe: { lanes: 4, spad: { words: 8 } }, meshX: 2 };

it('lists options and members of maps by path, a map before its members', () => {
  const lanes = { type: 'integer', default: 4, description: 'Lanes.' } as const;
  const schemas = defineOptions({
    pe: { type: 'object', default: {}, description: 'PE.', properties: { lanes } },
    meshX: { type: 'integer', default: 2, description: 'Columns.' },
  });
  expect(Object.keys(optionsByPath(schemas))).toEqual(['pe', 'pe.lanes', 'meshX']);
  expect(optionsByPath(schemas)['pe.lanes']).toBe(lanes);
});

it('reads values by path, and nothing that is not there', () => {
  expect(valuesByPath(options).map(([path]) => path)).toEqual(['pe', 'pe.lanes', 'pe.spad', 'pe.spad.words', 'meshX']);
  expect(['pe.spad.words', 'meshX', 'meshX.a', 'pe.toString', 'a'].map((path) => valueAtPath(options, path))).toEqual([
    ...[8, 2],
    ...[undefined, undefined, undefined],
  ]);
});

it('changes one value and leaves the options as they are', () => {
  expect(withValueAt(options, 'pe.spad.words', 16)).toEqual({ pe: { lanes: 4, spad: { words: 16 } }, meshX: 2 });
  expect(withValueAt(options, 'glb.kib', 1)).toEqual({ ...options, glb: { kib: 1 } });
  expect(Object.keys(withValueAt({}, '__proto__.polluted', 1))).toEqual(['__proto__']);
  expect(options.pe.spad.words).toBe(8);
  expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
});

describe('lists of items with names', () => {
  const item = {
    type: 'object',
    properties: { name: { type: 'string', description: 'n' }, words: { type: 'integer', description: 'w' } },
  } as const;
  const schemas = {
    levels: { type: 'array', items: item, default: [], description: 'Levels.' },
    plain: { type: 'array', items: { type: 'integer' }, default: [], description: 'No names.' },
    map: { type: 'object', additionalProperties: item, default: {}, description: 'Any name.' },
  } as const;
  const values = {
    levels: [
      { name: 'a', words: 1 },
      { name: 'b', words: 2 },
    ],
    plain: [1, 2],
  };

  it('are maps by these names for paths', () => {
    expect(Object.keys(optionsByPath(schemas))).toEqual([
      'levels',
      'levels.*.name',
      'levels.*.words',
      'plain',
      'map',
      'map.*.name',
      'map.*.words',
    ]);
    expect(valuesByPath(values).map(([path]) => path)).toEqual([
      'levels',
      'levels.a',
      'levels.a.name',
      'levels.a.words',
      'levels.b',
      'levels.b.name',
      'levels.b.words',
      'plain',
    ]);
    expect(valueAtPath(values, 'levels.b.words')).toBe(2);
    expect(valueAtPath(values, 'levels.c.words')).toBeUndefined();
    expect(withValueAt(values, 'levels.b.words', 5)).toEqual({
      ...values,
      levels: [
        { name: 'a', words: 1 },
        { name: 'b', words: 5 },
      ],
    });
    expect(withValueAt(values, 'levels.c.words', 5)).toEqual(values);
  });

  it('have schemas by path', () => {
    expect(schemaAtPath(schemas, 'levels.b.words')).toEqual({ type: 'integer', description: 'w' });
    expect(schemaAtPath(schemas, 'map.any.words')).toEqual({ type: 'integer', description: 'w' });
    for (const path of ['levels.b.none', 'plain.1', 'none', 'levels.b.words.x', 'constructor', 'levels.b.constructor'])
      expect(schemaAtPath(schemas, path)).toBeUndefined();
  });

  it('are no such lists where two items share a name, or one has none', () => {
    expect(isNamedList([{ name: 'a' }, { name: 'a' }])).toBe(false);
    expect(isNamedList([{ name: 'a' }, {}])).toBe(false);
    expect(isNamedList([])).toBe(false);
  });
});
