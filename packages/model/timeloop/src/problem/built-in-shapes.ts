import type { Shape, ShapeSpace } from './shape.js';

const COEFFICIENTS = ['Wstride', 'Hstride', 'Wdilation', 'Hdilation'] as const;

/** `A B` are two ranks, `R*Wdilation+P*Wstride` is one of two terms. */
function space(name: string, ranks: string, isOutput = false): ShapeSpace {
  const termOf = (text: string) => {
    const [dim = '', coefficient] = text.split('*');
    return { dim, coefficient };
  };
  return { name, isOutput, field: undefined, ranks: ranks.split(' ').map((rank) => rank.split('+').map(termOf)) };
}

/**
 * The shapes a problem may name instead of describing them.
 *
 * @source NVlabs/timeloop, problem-shapes/ (4cf6d4c)
 */
export const BUILT_IN_SHAPES: Readonly<Record<string, Shape>> = {
  cnn_layer: {
    name: 'cnn_layer',
    dims: ['R', 'S', 'P', 'Q', 'C', 'K', 'N'],
    coefficients: new Map(COEFFICIENTS.map((name) => [name, 1])),
    spaces: [
      space('Weights', 'C K R S'),
      space('Inputs', 'N C R*Wdilation+P*Wstride S*Hdilation+Q*Hstride'),
      space('Outputs', 'N K Q P', true),
    ],
  },
  gemm_ABZ: {
    name: 'gemm_ABZ',
    dims: ['M', 'N', 'K'],
    coefficients: new Map(),
    spaces: [space('A', 'M K'), space('B', 'N K'), space('Z', 'M N', true)],
  },
};
