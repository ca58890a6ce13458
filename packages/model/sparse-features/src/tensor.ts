import type { DataSpace, Dim, Problem } from '@archon-dse/loop-nest';
import { wholeProblem, type NestLoop } from './nest-loops.js';

/** A dimension that moves along an axis of a data space, so many positions an iteration. */
interface AxisPart {
  readonly dim: Dim;
  readonly coefficient: number;
}

/** A data space as an array: its axes, named by the dimension of the same letter, and the words of each. */
export interface Tensor {
  readonly space: DataSpace;
  readonly axes: readonly { readonly name: Dim; readonly parts: readonly AxisPart[]; readonly size: number }[];
  readonly words: number;
}

export function tensorOf(problem: Problem, space: DataSpace): Tensor {
  const whole = wholeProblem(problem);
  const axes = axesOf(problem, space).map((axis) => ({ ...axis, size: (touched(axis.parts, whole).at(-1) ?? 0) + 1 }));
  return { space, axes, words: axes.reduce((words, { size }) => words * size, 1) };
}

function axesOf(problem: Problem, space: DataSpace): readonly { name: Dim; parts: readonly AxisPart[] }[] {
  const { strideP, strideQ, dilationR = 1, dilationS = 1, depthwise = false } = problem;
  const plain = (name: Dim): { name: Dim; parts: readonly AxisPart[] } => ({
    name,
    parts: [{ dim: name, coefficient: 1 }],
  });
  if (space === 'Weights') return (['G', 'M', 'C', 'R', 'S'] as const).map(plain);
  if (space === 'Outputs') return (['N', 'G', 'M', 'P', 'Q'] as const).map(plain);
  const window = (name: Dim, stride: number, kernel: Dim, dilation: number): { name: Dim; parts: AxisPart[] } => ({
    name,
    parts: [
      { dim: name, coefficient: stride },
      { dim: kernel, coefficient: dilation },
    ],
  });
  return [
    plain('N'),
    plain('G'),
    plain(depthwise ? 'M' : 'C'),
    window('P', strideP, 'R', dilationR),
    window('Q', strideQ, 'S', dilationS),
  ];
}

/** The dimensions that a data space is indexed by. */
export function dimsOf({ axes }: Tensor): ReadonlySet<Dim> {
  return new Set(axes.flatMap(({ parts }) => parts.map(({ dim }) => dim)));
}

/** Positions that loops touch along every axis, rising from 0; what a stride leaves out does not count. */
export function touchedPositions({ axes }: Tensor, loops: readonly NestLoop[]): readonly (readonly number[])[] {
  return axes.map(({ parts }) => touched(parts, loops));
}

/** Words that loops touch. */
export function touchedWords(tensor: Tensor, loops: readonly NestLoop[]): number {
  return touchedPositions(tensor, loops).reduce((words, positions) => words * positions.length, 1);
}

function touched(parts: readonly AxisPart[], loops: readonly NestLoop[]): readonly number[] {
  let positions: readonly number[] = [0];
  for (const { dim, bound, inside } of loops) {
    const step = inside * (parts.find((part) => part.dim === dim)?.coefficient ?? 0);
    if (step === 0) continue;
    const moved = positions.flatMap((from) => Array.from({ length: bound }, (_, index) => from + index * step));
    positions = [...new Set(moved)].sort((a, b) => a - b);
  }
  return positions;
}
