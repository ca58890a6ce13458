/** Median and 90th percentile of the absolute error in percent. */
export type ErrorPercent = readonly [median: number, p90: number];

/**
 * Error of the interpolation against CACTI over 50 random feasible sizes per node (depth log-uniform 32..65536, width any multiple
 * of 8 up to 256, banks and ports random). `idle` is the error of the leakage, the larger factor of the idle energy.
 *
 * @source measured: interpolated value against a CACTI 7 run (commit 1ffd8df) of the size itself
 */
export const INTERPOLATION_ERROR_PERCENT: Readonly<
  Record<65 | 45 | 32 | 22, Readonly<Record<'read' | 'write' | 'idle' | 'area', ErrorPercent>>>
> = {
  65: { read: [3.1, 8.13], write: [1.7, 3.77], idle: [2.11, 7.61], area: [2.14, 8.22] },
  45: { read: [0.86, 9.08], write: [0.57, 3.27], idle: [0.87, 4.25], area: [0.76, 9.71] },
  32: { read: [2.61, 8.44], write: [1.58, 4.07], idle: [1.8, 5.1], area: [1.75, 9.81] },
  22: { read: [2.31, 6.37], write: [1.58, 3.17], idle: [2.09, 5.46], area: [1.55, 9.39] },
};
