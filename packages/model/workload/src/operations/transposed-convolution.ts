import type { TransposedConvLayer } from '@archon-dse/core';
import { checkGroups } from './groups.js';
import { firstOf, type Loops, type Operation } from './operation.js';
import { pairOf, transposedPlane } from './window.js';

/**
 * A transposed convolution of stride s is s x s convolutions of stride 1, one for each place of an output cell between two input cells:
 * the one at (a, b) has the rows and columns of the kernel that reach it, every s-th without dilation, and gives one output for each input cell. Those with kernels
 * of one size are one workload, its outputs their filters; where the kernel divides by the stride that is the whole layer.
 *
 * So each input cell meets each cell of the kernel once. Products that fall outside the output count, as padded cells do in a convolution.
 *
 * @source Shi et al., Is the deconvolution layer the same as a convolutional layer?, 2016
 */
export const transposedConv: Operation<TransposedConvLayer> = {
  properties: {
    ...{ kernel: 'extent', stride: 'extent', groups: 'count', filters: 'count', bias: 'flag' },
    ...{ dilation: 'extent?', padding: 'padding?' },
  },
  inputs: [1, 1],
  costing: 'macs',
  shape(layer, inputs) {
    const input = firstOf(inputs);
    checkGroups(layer, layer.groups, { 'input channels': input[2], filters: layer.filters });
    return [...transposedPlane(layer, input, layer), layer.filters];
  },
  loops({ layer, inputs }) {
    const [P, Q, channels] = firstOf(inputs);
    const { groups, filters } = layer;
    const [rows, columns] = pairOf(layer.kernel);
    const [down, across] = pairOf(layer.stride);
    const [apartDown, apartAcross] = pairOf(layer.dilation ?? 1);
    const parts = phasesOf(rows, down, apartDown).flatMap(({ taps: R, phases: a }) =>
      phasesOf(columns, across, apartAcross).map(({ taps: S, phases: b }): Loops => {
        const M = (filters / groups) * a * b;
        const problem = { C: channels / groups, M, R, S, P, Q, N: 1, strideP: 1, strideQ: 1 };
        return { op: 'conv', problem, groups, part: `${R}x${S}` };
      }),
    );
    return parts.length === 1 ? parts.map(({ op, problem }) => ({ op, problem, groups })) : parts;
  },
};

/**
 * How many rows (or columns) of a kernel the places between two input cells have, and how many places have as many, most rows first. Rows
 * `dilation` apart reach only every so many-th place where dilation and stride have a divisor in common.
 */
function phasesOf(kernel: number, stride: number, dilation: number): readonly Phases[] {
  const reached = stride / greatestDivisor(stride, dilation);
  const least = Math.floor(kernel / reached);
  const more = kernel % reached;
  const sizes = [
    { taps: least + 1, phases: more },
    { taps: least, phases: reached - more },
  ];
  return sizes.filter(({ taps, phases }) => taps > 0 && phases > 0);
}

interface Phases {
  readonly taps: number;
  readonly phases: number;
}

function greatestDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestDivisor(b, a % b);
}
