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

/** A product of an M x K and a K x N matrix on 4 cores of 16 x 16 multipliers, with the words of a column and of a row a core has at a time. */
export interface DualSideProduct {
  readonly M: number;
  readonly K: number;
  readonly N: number;
  readonly weights: number;
  readonly inputs: number;
  readonly column: number;
  readonly row: number;
  readonly cycles: number;
}

type Product = readonly [
  M: number,
  K: number,
  N: number,
  inputs: number,
  weights: number,
  column: number,
  cycles: number,
];

const PRODUCTS: readonly Product[] = [
  [128, 1152, 1024, 0.44, 1, 32, 78_059],
  [512, 1024, 256, 0.27, 1, 32, 48_875],
  [512, 128, 1024, 0.56, 1, 32, 45_340],
  [512, 256, 1024, 0.82, 1, 64, 131_072],
  [128, 1152, 1024, 0.44, 0.5, 64, 51_197],
  [512, 1024, 256, 0.27, 0.5, 32, 35_482],
  [512, 128, 1024, 0.56, 0.5, 32, 30_226],
  [512, 256, 1024, 0.82, 0.5, 64, 78_640],
  [128, 1152, 1024, 0.44, 0.25, 64, 37_083],
  [512, 1024, 256, 0.27, 0.25, 64, 28_699],
  [512, 128, 1024, 0.56, 0.25, 64, 17_980],
  [512, 256, 1024, 0.82, 0.25, 64, 44_257],
];

/** Outputs a core holds: a column by a row. */
const OUTPUTS = 2048;

/**
 * Layers of ResNet-50 as matrix products, weights as the first matrix: Timeloop's cycles in the mappings its mapper found.
 *
 * @source Wu et al., Sparseloop, MICRO 2022, artifact: reference outputs of figure 15, design DSTC
 */
export const DUAL_SIDE_PRODUCTS: readonly DualSideProduct[] = PRODUCTS.map(
  ([M, K, N, inputs, weights, column, cycles]) => ({ M, K, N, weights, inputs, column, row: OUTPUTS / column, cycles }),
);
