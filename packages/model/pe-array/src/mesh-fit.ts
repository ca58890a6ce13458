import { fail, type Workload } from '@archon-dse/core';
import type { Problem } from '@archon-dse/loop-nest';
import { PUBLISHED_DENSE_ARRAY, type ArrayOptions } from './array-options.js';
import { spreadKernel } from './dense-mapspace.js';
import { arrayNest, type DepthwiseInputs } from './depthwise-inputs.js';

/** One side of a mesh, and which of its sizes a network can keep busy. */
export interface MeshSide {
  readonly option: 'meshX' | 'meshY';
  readonly size: number;
  /** Taken for any network. */
  readonly published: number;
  /** Whether some layer fills a side of this size. */
  readonly fits: (size: number) => boolean;
  /** What a size has to be, in words. */
  readonly expected: string;
}

/** Far enough for the next size that fits any network: powers of two and small multiples. */
const SEARCH_LIMIT = 1024;

/**
 * Refuses a side that no layer fills: PEs that never work are a mistake in the options. One layer that fills it is enough, since the
 * layers of a network differ; those that leave PEs idle say so in their notes. So do all layers of a network that does not suit the
 * published array.
 *
 * @throws ArchonError ARCHON_BAD_OPTION naming the option and the nearest sizes that do
 */
export function refuseIdleMesh(sides: readonly MeshSide[]): void {
  for (const { option, size, published, fits, expected } of sides) {
    if (size === published || fits(size)) continue;
    const sizes = Array.from({ length: SEARCH_LIMIT }, (_, index) => index + 1).filter(
      (other) => other === published || fits(other),
    );
    const near = [sizes.filter((other) => other < size).at(-1), sizes.find((other) => other > size)];
    const hint = near.filter((other) => other !== undefined).join(' or ');
    fail({
      code: 'ARCHON_BAD_OPTION',
      message: `option ${option} is ${size}, which divides over no layer of the network: some PEs would never work`,
      expected,
      path: `options.${option}`,
      ...(hint === '' ? {} : { hint: `Set ${option} to ${hint}.` }),
    });
  }
}

/** The sides of the mesh of `denseMapspace`. */
export function denseMeshSides(problems: readonly Problem[], { meshX, meshY }: ArrayOptions): readonly MeshSide[] {
  return [
    {
      option: 'meshX',
      size: meshX,
      published: PUBLISHED_DENSE_ARRAY.meshX,
      fits: (size) => problems.some(({ M, Q }) => isFilled(size, [M, Q])),
      expected: 'a number of columns that divides the output channels (M) times the output columns (Q) of a layer',
    },
    {
      option: 'meshY',
      size: meshY,
      published: PUBLISHED_DENSE_ARRAY.meshY,
      fits: (size) => problems.some(({ S, C, M }) => isFilled(size / spreadKernel(S, size), [C, M])),
      expected: 'a multiple of the kernel columns (S) of a layer, of which the rest divides its channels (C times M)',
    },
  ];
}

/**
 * {@link refuseIdleMesh} for the array of `denseMapspace` and the layers of a network.
 *
 * @throws ArchonError ARCHON_BAD_OPTION
 */
export function refuseIdleArray(
  workloads: readonly Workload[],
  options: ArrayOptions & { readonly depthwiseInputs: DepthwiseInputs },
): void {
  const problems = workloads.map((workload) => arrayNest(workload, options.depthwiseInputs).problem);
  refuseIdleMesh(denseMeshSides(problems, options));
}

/** Whether a size is a product of one divisor of each bound. */
function isFilled(size: number, bounds: readonly number[]): boolean {
  return bounds.reduce((rest, bound) => rest / greatestCommonDivisor(rest, bound), size) === 1;
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}

/** Says how many PEs a mapping leaves without work: on average, rounded down, where its last tiles are smaller. */
export function idleNotes(usedPes: number, pes: number): readonly string[] {
  if (usedPes >= pes) return [];
  const average = Number.isInteger(usedPes) ? '' : ' on average';
  return [`${Math.floor(10 * usedPes) / 10} of ${pes} PEs work${average}`];
}
