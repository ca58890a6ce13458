/** Share of non-zero words of both matrices, and the time of the product of two 4096 x 4096 matrices, in the unit of the figure. */
export interface DualSidePoint {
  readonly a: number;
  readonly b: number;
  readonly time: number;
}

const ROWS: readonly (readonly [a: number, whole: number, sparse: number])[] = [
  [1, 4600, 2500],
  [0.9, 4160, 2300],
  [0.7, 3300, 1820],
  [0.5, 2690, 1480],
  [0.3, 1930, 1100],
];

/**
 * The dual-side sparse tensor core, simulated by its authors; all of B or 0.4 of it non-zero.
 *
 * @source Wang et al., Dual-side Sparse Tensor Core, ISCA 2021, figure 21, as read in the artifact of Wu et al., Sparseloop, MICRO 2022, set-up of
 * figure 13
 */
export const DUAL_SIDE_CORE: readonly DualSidePoint[] = ROWS.flatMap(([a, whole, sparse]) => [
  { a, b: 1, time: whole },
  { a, b: 0.4, time: sparse },
]);
