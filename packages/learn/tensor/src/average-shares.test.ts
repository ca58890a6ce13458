import { expect, it } from 'vitest';
import { averageShares } from './average-shares.js';
import type { PoolNode } from './plan.js';

it('an average divides by the real cells of its window', () => {
  const node: PoolNode = {
    ...{ name: 'pool', op: 'averagePool', inputs: ['x'], shape: [2, 3, 1], differentiable: true },
    window: { size: 3, stride: 2, rows: [0, 1], columns: [1, 1] },
  };
  // Rows 0-2 and 2-4 of 4, columns -1-1, 1-3 and 3-5 of 5: 3 and 2 rows, 2, 3 and 2 columns.
  const shares = [1 / 6, 1 / 9, 1 / 6, 1 / 4, 1 / 6, 1 / 4];
  expect([...averageShares(node, [4, 5, 1])]).toEqual([...Float32Array.from(shares)]);
});
