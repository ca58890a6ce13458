import { expect, it } from 'vitest';
import { optionsByPath, valueAtPath, valuesByPath, withValueAt } from './option-members.js';
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
