/** A ratio to 45 nm with the 5th and 95th percentile of the sizes it is the geometric mean of. */
type Ratio = readonly [geomean: number, p05: number, p95: number];

export interface SramRatios {
  readonly read: Ratio;
  readonly write: Ratio;
  readonly area: Ratio;
  readonly leakage: Ratio;
  readonly cycle: Ratio;
}

/**
 * SRAM figures at nodes without a grid of their own, against 45 nm; geometric means over 332 sizes.
 *
 * @source computed with CACTI 7 (commit 1ffd8df): the same sizes run at both nodes
 */
export const SRAM_RATIOS: Readonly<Record<90 | 40 | 28, SramRatios>> = {
  90: {
    read: [3.277, 2.469, 3.814],
    write: [3.48, 3.093, 4.445],
    area: [3.913, 3.386, 4.417],
    leakage: [3.821, 3.027, 5.039],
    cycle: [2.125, 1.861, 2.395],
  },
  40: {
    read: [0.8202, 0.7945, 0.828],
    write: [0.8155, 0.7943, 0.8258],
    area: [0.7965, 0.7899, 0.8565],
    leakage: [1.439, 1.37, 1.508],
    cycle: [0.9246, 0.8982, 0.9476],
  },
  28: {
    read: [0.4127, 0.3727, 0.5333],
    write: [0.3985, 0.3634, 0.4457],
    area: [0.402, 0.3844, 0.4755],
    leakage: [4.953, 3.934, 6.418],
    cycle: [0.6929, 0.6154, 0.7795],
  },
};

/**
 * Logic energy and area against 45 nm. Energy: both nodes at 1.0 V; at 0.8 V the ratios are 1.9, 1.24, 0.869, 0.659, 0.513, 0.294.
 *
 * @source Stillmaker and Baas, Integration 58 (2017), coefficients as tabulated by the Accelergy library plug-in (commit ba4e9da);
 * 40 and 28 nm by linear interpolation in the node
 */
export const LOGIC_RATIOS: Readonly<
  Record<90 | 65 | 45 | 40 | 32 | 28 | 22, { readonly energy: number; readonly area: number }>
> = {
  90: { energy: 2.04, area: 2.8 },
  65: { energy: 1.31, area: 1.5 },
  45: { energy: 1, area: 1 },
  40: { energy: 0.859, area: 0.792 },
  32: { energy: 0.633, area: 0.46 },
  28: { energy: 0.506, area: 0.377 },
  22: { energy: 0.315, area: 0.252 },
};
