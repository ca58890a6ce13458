import { DIMS, type Problem } from '@archon-dse/loop-nest';

const COEFFICIENTS = {
  Wstride: 'strideP',
  Hstride: 'strideQ',
  Wdilation: 'dilationR',
  Hdilation: 'dilationS',
} as const;

/** The shape of a convolution with groups, and the bounds of a problem. A depthwise problem is one of groups of one channel. */
export function problemData(problem: Problem): object {
  const { depthwise = false, M, G = 1 } = problem;
  const bounds = depthwise ? { ...problem, G: G * M, M: 1 } : problem;
  const instance = [
    ...DIMS.map((dim) => [dim, bounds[dim] ?? 1] as const),
    ...Object.entries(COEFFICIENTS).map(([name, key]) => [name, problem[key] ?? 1] as const),
  ];
  return {
    shape: {
      name: 'Grouped-CNN-Layer',
      dimensions: DIMS,
      coefficients: Object.keys(COEFFICIENTS).map((name) => ({ name, default: 1 })),
      'data-spaces': [
        { name: 'Weights', projection: plain('G', 'C', 'M', 'R', 'S') },
        {
          name: 'Inputs',
          projection: [
            ...plain('N', 'G', 'C'),
            [
              ['R', 'Wdilation'],
              ['P', 'Wstride'],
            ],
            [
              ['S', 'Hdilation'],
              ['Q', 'Hstride'],
            ],
          ],
        },
        { name: 'Outputs', projection: plain('N', 'G', 'M', 'Q', 'P'), 'read-write': true },
      ],
    },
    instance: Object.fromEntries(instance),
  };
}

const plain = (...dims: readonly string[]): readonly (readonly (readonly string[])[])[] => dims.map((dim) => [[dim]]);
