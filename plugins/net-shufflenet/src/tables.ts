/** How a unit's result meets its input: `concat` appends the input, average-pooled, to the computed channels. */
type Join = 'none' | 'add' | 'concat';

/** One unit. Its input has the channels of the unit before. */
export interface UnitRow {
  /** Channels after the first grouped pointwise convolution. */
  readonly mid: number;
  /** Channels the unit computes; a concat adds those of its input. */
  readonly computed: number;
  /** Of the 3x3 depthwise convolution. */
  readonly stride: 1 | 2;
  readonly join: Join;
}

/** Index of the first unit in the names of its layers, and its units. */
interface ShuffleNetTable {
  readonly firstUnit: 0 | 1;
  readonly units: readonly UnitRow[];
  /** Every channel count between units is a multiple of it. */
  readonly divisor: number;
}

/** Groups of every grouped convolution and channel shuffle. */
export const GROUPS = 3;

/** Channels of the first convolution. */
export const STEM = 24;

/** Channels of the grouped pointwise convolution after the units of the modified network. */
export const MODIFIED_TAIL = 960;

/**
 * ShuffleNet with three groups for 32x32 images. A unit has a quarter of its input's channels inside (the publication: of its
 * output's), and its first pointwise convolution is grouped in the first unit too. b0 joins by concat at stride 1.
 *
 * @source Zhang et al., ShuffleNet, CVPR 2018, table 1; as trained by the authors of ARCHON (ICS 2021)
 */
const BASELINE: ShuffleNetTable = {
  firstUnit: 0,
  units: [
    { mid: 24, computed: 216, stride: 1, join: 'concat' },
    ...repeat(3, { mid: 60, computed: 240, stride: 1, join: 'add' }),
    { mid: 60, computed: 240, stride: 2, join: 'concat' },
    ...repeat(7, { mid: 120, computed: 480, stride: 1, join: 'add' }),
    { mid: 120, computed: 480, stride: 2, join: 'concat' },
    ...repeat(3, { mid: 240, computed: 960, stride: 1, join: 'add' }),
  ],
  divisor: 12,
};

/**
 * The network reshaped for fusion: few channels between units, about 2600 inside them, and units that start one depthwise
 * later, so that both pointwise convolutions come first.
 *
 * @source modified ShuffleNet of ARCHON (ICS 2021), as trained by its authors for CIFAR-10
 */
const MODIFIED: ShuffleNetTable = {
  firstUnit: 1,
  units: [
    { mid: 2574, computed: 18, stride: 1, join: 'none' },
    { mid: 2574, computed: 18, stride: 1, join: 'add' },
    { mid: 2574, computed: 6, stride: 2, join: 'concat' },
    ...repeat(3, { mid: 2574, computed: 24, stride: 1, join: 'add' }),
    { mid: 2574, computed: 18, stride: 2, join: 'concat' },
    ...repeat(7, { mid: 2604, computed: 42, stride: 1, join: 'add' }),
    { mid: 2604, computed: 42, stride: 1, join: 'concat' },
  ],
  divisor: 6,
};

export const TABLES = { baseline: BASELINE, modified: MODIFIED } as const;
export type Variant = keyof typeof TABLES;

function repeat(times: number, row: UnitRow): readonly UnitRow[] {
  return Array.from({ length: times }, () => row);
}
