import type { ConvShape } from '../conv-shape.js';

/** A convolution with its share of non-zero words. */
export interface PrunedLayer {
  readonly shape: ConvShape;
  readonly weights: number;
  readonly inputs: number;
}

type Row = readonly [
  C: number,
  M: number,
  kernel: number,
  plane: number,
  weights: number,
  inputs: number,
  groups?: number,
];

function layersOf(rows: readonly Row[]): readonly PrunedLayer[] {
  return rows.map(([C, M, kernel, plane, weights, inputs, groups = 1]) => ({
    shape: { C, M, kernel, plane, stride: kernel === 11 ? 4 : 1, batch: 1, groups },
    weights,
    inputs,
  }));
}

const ALEXNET: readonly Row[] = [
  [3, 96, 11, 55, 0.71, 1],
  [48, 128, 5, 27, 0.373, 0.906],
  [48, 128, 5, 27, 0.385, 0.965],
  [256, 384, 3, 13, 0.346, 0.528],
  [192, 192, 3, 13, 0.372, 0.389, 2],
  [192, 128, 3, 13, 0.369, 0.429, 2],
];

const VGG: readonly Row[] = [
  [3, 64, 3, 224, 0.565, 1],
  [64, 64, 3, 224, 0.217, 0.506],
  [64, 128, 3, 112, 0.338, 0.897],
  [128, 128, 3, 112, 0.355, 0.787],
  [128, 256, 3, 56, 0.529, 0.813],
  [256, 256, 3, 56, 0.235, 0.639],
  [256, 256, 3, 56, 0.417, 0.688],
  [256, 512, 3, 28, 0.321, 0.707],
  [512, 512, 3, 28, 0.266, 0.501],
  [512, 512, 3, 28, 0.343, 0.451],
  [512, 512, 3, 14, 0.352, 0.393],
  [512, 512, 3, 14, 0.286, 0.33],
  [512, 512, 3, 14, 0.363, 0.306],
];

/** Channels of an inception module: in, then of 1x1, 3x3 reduce, 3x3, 5x5 reduce, 5x5 and pool projection; the plane. */
type Module = readonly [
  channels: readonly number[],
  plane: number,
  densities: readonly (readonly [weights: number, inputs: number])[],
];

const INCEPTION: readonly Module[] = [
  [
    [192, 64, 96, 128, 16, 32, 32],
    28,
    [
      [0.379, 0.709],
      [0.414, 0.709],
      [0.451, 0.664],
      [0.356, 0.709],
      [0.341, 0.775],
      [0.461, 0.956],
    ],
  ],
  [
    [256, 128, 128, 192, 32, 96, 64],
    28,
    [
      [0.408, 0.53],
      [0.462, 0.53],
      [0.488, 0.516],
      [0.382, 0.53],
      [0.461, 0.652],
      [0.46, 0.866],
    ],
  ],
  [
    [480, 192, 96, 208, 16, 48, 64],
    14,
    [
      [0.45, 0.554],
      [0.448, 0.554],
      [0.48, 0.619],
      [0.418, 0.554],
      [0.457, 0.761],
      [0.479, 0.869],
    ],
  ],
  [
    [512, 160, 112, 224, 24, 64, 64],
    14,
    [
      [0.346, 0.222],
      [0.344, 0.222],
      [0.414, 0.721],
      [0.35, 0.222],
      [0.422, 0.786],
      [0.398, 0.555],
    ],
  ],
  [
    [512, 128, 128, 256, 24, 64, 64],
    14,
    [
      [0.373, 0.506],
      [0.392, 0.506],
      [0.419, 0.569],
      [0.364, 0.506],
      [0.4, 0.651],
      [0.409, 0.822],
    ],
  ],
  [
    [512, 112, 144, 288, 32, 64, 64],
    14,
    [
      [0.382, 0.434],
      [0.413, 0.434],
      [0.43, 0.443],
      [0.385, 0.434],
      [0.425, 0.639],
      [0.4, 0.75],
    ],
  ],
  [
    [528, 256, 160, 320, 32, 128, 128],
    14,
    [
      [0.343, 0.255],
      [0.395, 0.255],
      [0.371, 0.643],
      [0.37, 0.255],
      [0.423, 0.806],
      [0.388, 0.545],
    ],
  ],
  [
    [832, 256, 160, 320, 32, 128, 128],
    7,
    [
      [0.312, 0.5],
      [0.327, 0.5],
      [0.362, 0.565],
      [0.314, 0.5],
      [0.358, 0.695],
      [0.334, 0.799],
    ],
  ],
  [
    [832, 384, 192, 384, 48, 128, 128],
    7,
    [
      [0.319, 0.31],
      [0.329, 0.31],
      [0.367, 0.301],
      [0.33, 0.31],
      [0.346, 0.46],
      [0.315, 0.57],
    ],
  ],
];

function moduleRows([channels, plane, densities]: Module): readonly Row[] {
  const [C = 0, one = 0, reduce3 = 0, three = 0, reduce5 = 0, five = 0, pool = 0] = channels;
  const shapes: readonly (readonly [number, number, number])[] = [
    [C, one, 1],
    [C, reduce3, 1],
    [reduce3, three, 3],
    [C, reduce5, 1],
    [reduce5, five, 5],
    [C, pool, 1],
  ];
  return shapes.map(([from, to, kernel], at): Row => [from, to, kernel, plane, ...(densities[at] ?? [1, 1])]);
}

/**
 * The pruned networks of SCNN, GoogLeNet by its inception modules. Densities to three digits.
 *
 * @source densities: NVlabs/timeloop, src/data/cnn/densities.csv; shapes: those of the networks
 */
export const SCNN_NETWORKS: Readonly<Record<'AlexNet' | 'GoogLeNet' | 'VGG-16', readonly PrunedLayer[]>> = {
  AlexNet: layersOf(ALEXNET),
  GoogLeNet: layersOf(INCEPTION.flatMap(moduleRows)),
  'VGG-16': layersOf(VGG),
};
