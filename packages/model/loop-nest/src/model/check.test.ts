import { expect, test } from 'vitest';
import { ARCHITECTURES, parseProblem } from '../../test/golden.js';
import { checkMapping, checkShape } from './check.js';
import type { Loop, Mapping } from './mapping.js';

const dense = ARCHITECTURES['dense']!;
const problem = parseProblem('C4 M9 P8');

const loop = (dim: Loop['dim'], bound: number, kind: Loop['kind'] = 'temporal'): Loop => ({ dim, bound, kind });
const good: Mapping = [[loop('P', 8)], [], [loop('M', 9, 'spatialY')], [], [loop('C', 4)], []];
const replaced = (level: number, ...loops: Loop[]): Mapping => good.map((own, l) => (l === level ? loops : own));

test('a mapping that runs', () => {
  expect(checkMapping(problem, dense, good)).toBeUndefined();
});

test.each([
  ['levels', good.slice(1), 'the mapping has 5 levels, the architecture 6'],
  ['product', replaced(0, loop('P', 4)), 'the bounds of P multiply to 4, the problem has 8'],
  ['fraction', replaced(0, loop('P', 2.5), loop('P', 3.2)), 'DRAM: bound 2.5 of P is not a positive integer'],
  ['negative', replaced(0, loop('P', -2), loop('P', -4)), 'DRAM: bound -2 of P is not a positive integer'],
  [
    'order',
    replaced(2, loop('M', 3, 'spatialY'), loop('M', 3)),
    'DummyBuffer: temporal loop M3 stands inside a spatial loop',
  ],
  [
    'Y of a level without',
    replaced(0, loop('P', 8, 'spatialY')),
    'DRAM: spatial bounds along Y multiply to 8, the mesh has 1',
  ],
  ['X', replaced(2, loop('M', 9, 'spatialX')), 'DummyBuffer: spatial bounds along X multiply to 9, the mesh has 1'],
])('%s', (_, mapping, reason) => {
  expect(checkShape(problem, dense, mapping)).toBe(reason);
  expect(checkMapping(problem, dense, mapping)).toBe(reason);
});

test('a mesh counts all loops along its axis', () => {
  const wide = parseProblem('C4 M9 P8 Q2');
  const mapping = replaced(2, loop('M', 9, 'spatialY'), loop('Q', 2, 'spatialY'));
  expect(checkShape(wide, dense, mapping)).toContain('multiply to 18, the mesh has 9');
});

test('capacity counts the tiles of all data spaces a level keeps', () => {
  const large = parseProblem('C4 M25');
  const mapping: Mapping = [[], [], [], [], [loop('C', 4)], [loop('M', 25)]];
  expect(checkShape(large, dense, mapping)).toBeUndefined();
  expect(checkMapping(large, dense, mapping)).toBe('psum_spad: tiles of 25 words exceed its 24');
  const glb = dense.levels.map((level) => (level.name === 'shared_glb' ? { ...level, sizeWords: 20 } : level));
  const fit: Mapping = [[], [loop('M', 5)], [], [], [loop('C', 4)], [loop('M', 5)]];
  expect(checkMapping(large, { ...dense, levels: glb }, fit)).toBe('shared_glb: tiles of 29 words exceed its 20');
});

test('exact semantics hold no words that a stride leaves out', () => {
  const strided = { ...parseProblem('P8'), strideP: 3 };
  const levels = dense.levels.map((level) => (level.name === 'shared_glb' ? { ...level, sizeWords: 16 } : level));
  const mapping: Mapping = [[], [loop('P', 8)], [], [], [], []];
  // Rows 0 3 6 ... 21 of Inputs, eight of 22, and eight outputs.
  expect(checkMapping(strided, { ...dense, levels }, mapping)).toBe('shared_glb: tiles of 30 words exceed its 16');
  expect(checkMapping(strided, { ...dense, levels }, mapping, { semantics: 'exact' })).toBeUndefined();
});

test('a depthwise problem has one input channel', () => {
  expect(checkShape({ ...problem, depthwise: true }, dense, good)).toBe('a depthwise problem has C = 1, not 4');
});

test.each([
  ['covers', 3, undefined],
  ['too small', 2, 'the bounds of P multiply to 6, the problem has 7'],
  ['too large', 4, 'the bounds of P multiply to 12, the problem has 7, which P3 in place of P4 covers too'],
])('remainders: a product that %s', (_, bound, reason) => {
  const uneven = { ...problem, P: 7 };
  const mapping = replaced(0, loop('P', bound), loop('P', 3));
  expect(checkShape(uneven, dense, mapping, { remainders: true })).toBe(reason);
  expect(checkMapping(uneven, dense, mapping)).toContain(
    bound === 2 ? reason : `the problem has 7; remainders need the exact semantics`,
  );
});

test('a tile is no larger than the problem', () => {
  const levels = dense.levels.map((level) => (level.name === 'psum_spad' ? { ...level, sizeWords: 7 } : level));
  const mapping: Mapping = [[], [], [], [], [], [loop('M', 2), loop('M', 4)]];
  const options = { remainders: true, semantics: 'exact' } as const;
  expect(checkMapping(parseProblem('M7'), { ...dense, levels }, mapping, options)).toBeUndefined();
});
