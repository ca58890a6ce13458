import type { Problem } from '@archon-dse/loop-nest';

/** A layer of AlexNet, batch of 4, as Timeloop mapped and evaluated it with and without the features of Eyeriss for zeros. */
export interface GatedLayer {
  readonly name: string;
  readonly problem: Problem;
  /** On DRAM, global buffer, columns, and the scratchpads of inputs, weights and partial sums. */
  readonly mapping: string;
  readonly density: { readonly Weights: number; readonly Inputs: number; readonly Outputs: number };
  /** Whether inputs in DRAM are compressed; the first layer reads pixels, and gates nothing. */
  readonly isSparse: boolean;
  readonly denseUj: number;
  readonly sparseUj: number;
}

type Row = readonly [
  name: string,
  shape: readonly [C: number, M: number, kernel: number, plane: number, stride: number],
  mapping: string,
  density: readonly [inputs: number, weights: number, outputs: number],
  denseUj: number,
  sparseUj: number,
];

const ROWS: readonly Row[] = [
  [
    'CONV1',
    [3, 96, 11, 56, 4],
    'L5[WIO] Q8 N4 C3 - L4[IO] M3 P56 M2X Q7X - L3[] S11Y - L2[I] - L1[W] R11 - L0[O] M16',
    [0.999, 0.710166, 0.378],
    2137.49,
    2059.86,
  ],
  [
    'CONV2',
    [48, 256, 5, 28, 1],
    'L5[WIO] Q2 N2 M8 C12 - L4[IO] M2 N2 P28 Q14X - L3[] C2Y S5Y - L2[I] - L1[W] R5 C2 - L0[O] M16',
    [0.6, 0.385306, 0.169],
    4402.46,
    3160.5,
  ],
  [
    'CONV3',
    [256, 384, 3, 13, 1],
    'L5[WIO] M6 C64 - L4[IO] N4 P13 Q13X - L3[] M4Y S3Y - L2[I] - L1[W] R3 C4 - L0[O] M16',
    [0.275, 0.346133, 0.303],
    2927.08,
    1534.63,
  ],
  [
    'CONV4',
    [192, 384, 3, 13, 1],
    'L5[WIO] M6 C48 - L4[IO] P13 Q13X - L3[] N4 M4Y S3Y - L2[I] - L1[W] R3 C4 - L0[O] M16',
    [0.207, 0.372449, 0.304],
    2259.79,
    1110.05,
  ],
  [
    'CONV5',
    [192, 256, 3, 13, 1],
    'L5[WIO] M4 C48 - L4[IO] P13 Q13X - L3[] N4 M4Y S3Y - L2[I] - L1[W] R3 C4 - L0[O] M16',
    [0.23, 0.368811, 0.1],
    1506.53,
    756.75,
  ],
];

/**
 * Mappings, densities and energies.
 *
 * @source Wu et al., Sparseloop, MICRO 2022, artifact, set-up of table 7: mappings found, workloads, dense outputs and reference outputs
 */
export const GATED_EYERISS: readonly GatedLayer[] = ROWS.map(
  ([name, [C, M, kernel, plane, stride], mapping, [Inputs, Weights, Outputs], denseUj, sparseUj], index) => ({
    name,
    problem: { C, M, R: kernel, S: kernel, P: plane, Q: plane, N: 4, strideP: stride, strideQ: stride },
    mapping,
    density: { Weights, Inputs, Outputs },
    isSparse: index > 0,
    denseUj,
    sparseUj,
  }),
);

/** Energies of an action, pJ; of a level with rows for a whole row. */
export interface ActionEnergies {
  readonly read: number;
  readonly write: number;
  readonly gatedRead: number;
  readonly rowWords: number;
}

/** @source the energy reference table of the same set-up, 45 nm */
export const GATED_EYERISS_ENERGIES = {
  levels: {
    DRAM: { read: 512, write: 512, gatedRead: 0, rowWords: 4 },
    shared_glb: { read: 49.1739, write: 37.1554, gatedRead: 0.00616, rowWords: 4 },
    ifmap_spad: { read: 0.19652, write: 0.19652, gatedRead: 0.00595, rowWords: 1 },
    weights_spad: { read: 0.71011, write: 1.13063, gatedRead: 0.00595, rowWords: 1 },
    psum_spad: { read: 0.25281, write: 0.25281, gatedRead: 0.00595, rowWords: 1 },
  } satisfies Readonly<Record<string, ActionEnergies>>,
  mac: 2.20035,
  gatedMac: 0.06595,
  /** A run of 5 bit in DRAM. */
  runPj: 40,
  runBits: 5,
};
