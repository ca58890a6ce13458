import { CHANGES, COLUMN, INPUTS, ROW, SPACES, type Nest } from './nest.kernel.js';

/**
 * Words fetched into one tile of Inputs while the temporal loops around it run, when kernels make neighbouring tiles overlap.
 *
 * Timeloop looks at every loop at its first two iterations only; iteration 1 stands for all later ones. A tile that moved along
 * one axis and overlaps the previous one fetches the new slab, as long as it keeps moving the way it did last; any other move
 * fetches the whole tile, and that, like standing still, forgets the way.
 *
 * Walking those 2^n points is not needed, for the way remembered when a loop moves on is always the one its innermost loop left:
 * - when that one fetches slabs along D, every run through it ends with D, so an outer loop fetches a slab if it moves along D
 *   as well, and is refused and forgets D otherwise; either way the innermost loop then starts over with slabs along D;
 * - when it stands still or jumps, nothing is remembered and every overlap counts.
 * So each loop has one price a step, and the words of n loops follow from those of n - 1: b times theirs and b - 1 steps.
 *
 * @source rule inferred from the published outputs of Timeloop (fusion-timeloop-model, commit ab4a7ef) and its logs
 */
export function windowFills(nest: Nest, level: number): number {
  const { bound, dim, step, inputMove, loopCount, loopsWithin } = nest;
  const tile = nest.tileWords[level * SPACES + INPUTS]!;
  const height = nest.height[level]!;
  const width = nest.width[level]!;
  const first = loopsWithin[level]!;
  let refetched = 0;
  let innermostWay = 0;
  let rows = 0;
  let columns = 0;
  for (let k = first; k < loopCount; k++) {
    const move = inputMove[dim[k]!]!;
    // Another batch or channel at every step from here on: all fetched so far is fetched again.
    if (move === CHANGES) return ((tile + refetched) * nest.computeCycles) / nest.inside[k]!;
    const down = (move === ROW ? step[k]! : 0) - rows;
    const across = (move === COLUMN ? step[k]! : 0) - columns;
    if (move === ROW) rows += step[k]!;
    else if (move === COLUMN) columns += step[k]!;
    const way = wayOf(down, across, height, width);
    if (k === first) innermostWay = way;
    let words = tile;
    if (way === 0) words = down === 0 && across === 0 ? 0 : tile;
    else if (innermostWay === 0 || way === innermostWay) {
      words = across === 0 ? (tile / height) * Math.abs(down) : (tile / width) * Math.abs(across);
    }
    refetched = bound[k]! * refetched + (bound[k]! - 1) * words;
  }
  return tile + refetched;
}

/** Axis and sign of a move along one axis that leaves an overlap; 0 for any other. */
function wayOf(down: number, across: number, height: number, width: number): number {
  if (across === 0 && down !== 0 && Math.abs(down) < height) return down > 0 ? ROW : -ROW;
  if (down === 0 && across !== 0 && Math.abs(across) < width) return across > 0 ? COLUMN : -COLUMN;
  return 0;
}
