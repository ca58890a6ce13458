import type { TensorShape } from '@archon-dse/core';
import type { PoolNode } from './plan.js';

/** For each cell of an average, row by row: 1 divided by the real cells of its window, as padded ones do not count. */
export function averageShares({ window, shape: [rows, columns] }: PoolNode, input: TensorShape): Float32Array {
  const { size, stride } = window;
  const realCells = (axis: 'rows' | 'columns', extent: number, position: number): number => {
    const start = position * stride - window[axis][0];
    return Math.min(start + size, extent) - Math.max(start, 0);
  };
  return Float32Array.from({ length: rows * columns }, (_, cell) => {
    const inColumn = realCells('rows', input[0], Math.floor(cell / columns));
    return 1 / (inColumn * realCells('columns', input[1], cell % columns));
  });
}
