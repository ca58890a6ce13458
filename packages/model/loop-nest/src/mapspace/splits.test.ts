import { expect, test } from 'vitest';
import type { Architecture } from '../model/architecture.js';
import type { MapspaceConstraints } from './mapspace.js';
import { mapspaceSlots } from './slots.js';
import { spatialSplits } from './splits.js';

const level = { keeps: ['Weights', 'Inputs', 'Outputs'], blockSize: 1, accessEnergyPj: 1 } as const;
const architecture: Architecture = {
  levels: [
    { ...level, name: 'outer', meshX: 4, meshY: 3 },
    { ...level, name: 'inner', meshX: 1, meshY: 1 },
  ],
  macs: 12,
  macEnergyPj: 1,
};
const problem = { C: 4, M: 6, R: 1, S: 3, P: 1, Q: 1, N: 1, strideP: 1, strideQ: 1 };
const split = (constraints: MapspaceConstraints) => spatialSplits(mapspaceSlots(problem, architecture, constraints));

test('splits are all factors that fit the meshes', () => {
  const { splits } = split([{ spatialX: { dims: ['M', 'C'] }, spatialY: { dims: ['M'] } }, {}]);
  // X: C and M with product <= 4, Y: M <= 3, and the bounds of M divide 6.
  expect(splits.map(({ bounds }) => bounds.join())).toEqual(
    ['1,1,1', '1,1,2', '1,1,3', '1,2,1', '1,2,3', '1,3,1', '1,3,2', '2,1,1', '2,1,2', '2,1,3', '2,2,1', '2,2,3'].concat(
      ['4,1,1', '4,1,2', '4,1,3'],
    ),
  );
  expect(splits.find(({ bounds }) => bounds.join() === '2,2,3')).toEqual({
    bounds: [2, 2, 3],
    rest: [2, 1, 1, 3, 1, 1, 1, 1],
  });
});

test('a dimension without temporal loops must be spread whole', () => {
  const temporalDims = ['C', 'M'] as const;
  const constraints = [{ temporalDims, spatialY: { dims: [], fixed: { S: 'rest' } } }, { temporalDims }] as const;
  expect(split(constraints).splits.map(({ bounds }) => bounds)).toEqual([[3]]);
});

test('a mesh that is too small is reported with the least that would do', () => {
  const { splits, overflow } = split([{ spatialX: { dims: [], fixed: { M: 6 } } }, {}]);
  expect(splits).toEqual([]);
  expect(overflow).toMatchObject({ slot: { level: 0, axis: 'X', dim: 1, factor: 6 }, product: 6 });
});

test('constraints must match the levels and hold positive integers', () => {
  expect(() => split([{}])).toThrow('1 level constraints for 2 levels');
  expect(() => split([{ temporal: { C: 0 } }, {}])).toThrow("factor 0 of C: expected an integer >= 1 or 'rest'");
});
