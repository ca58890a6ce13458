export interface SparseLayer {
  readonly name: string;
  readonly C: number;
  readonly M: number;
  readonly plane: number;
  readonly inputDensity: number;
  readonly weightDensity: number;
  /** Cycles of one PE with one multiplier, from a simulation with the real zeros. */
  readonly cycles: number;
}

type Row = readonly [
  name: string,
  C: number,
  M: number,
  plane: number,
  inputs: number,
  weights: number,
  cycles: number,
];

const ROWS: readonly Row[] = [
  ['L07', 64, 64, 32, 0.73, 0.52, 1_702_140],
  ['L09', 64, 128, 16, 0.86, 0.82, 1_499_682],
  ['L13', 128, 256, 8, 0.83, 0.64, 1_144_158],
  ['L19', 256, 256, 8, 0.61, 0.55, 1_457_458],
  ['L21', 256, 256, 8, 0.64, 0.6, 1_677_684],
  ['L23', 256, 256, 8, 0.61, 0.7, 1_821_557],
  ['L25', 256, 512, 4, 0.68, 0.65, 948_572],
  ['L27', 512, 512, 4, 0.58, 0.3, 775_316],
];

/**
 * Pointwise layers of a sparse MobileNet (width 0.5) on one PE of Eyeriss v2, which skips zero inputs and zero weights.
 *
 * @source Wu et al., Sparseloop, MICRO 2022, artifact, set-up of figure 12: densities of its workloads, cycles of its baseline
 */
export const EYERISS_V2_PE: readonly SparseLayer[] = ROWS.map(
  ([name, C, M, plane, inputDensity, weightDensity, cycles]) => ({
    name,
    C,
    M,
    plane,
    inputDensity,
    weightDensity,
    cycles,
  }),
);
