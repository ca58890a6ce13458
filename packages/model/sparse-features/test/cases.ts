import {
  DATA_SPACES,
  DIMS,
  type Architecture,
  type DataSpace,
  type Dim,
  type Loop,
  type LoopKind,
  type Problem,
} from '@archon-dse/loop-nest';
import fc from 'fast-check';
import type { AccessSaving, OperandSpace, SparseFeatures } from '../src/features.js';
import type { Masks } from './walk.js';

export interface Case {
  readonly problem: Problem;
  readonly architecture: Architecture;
  readonly mapping: Loop[][];
  readonly masks: Masks;
}

const LEVELS = 4;
const MOST_POINTS = 800;

const KINDS: readonly LoopKind[] = ['temporal', 'temporal', 'spatialX', 'spatialY'];

interface Draft {
  readonly loops: readonly { dim: Dim; bound: number; kind: LoopKind; level: number }[];
  readonly keeps: readonly (readonly DataSpace[])[];
  readonly strides: readonly [number, number, number];
  readonly depthwise: boolean;
}

const draft: fc.Arbitrary<Draft> = fc.record({
  loops: fc.array(
    fc.record({
      dim: fc.constantFrom<Dim>(...DIMS),
      bound: fc.integer({ min: 2, max: 3 }),
      kind: fc.constantFrom(...KINDS),
      level: fc.nat(LEVELS - 1),
    }),
    { maxLength: 7 },
  ),
  keeps: fc.array(fc.subarray([...DATA_SPACES]), { minLength: LEVELS - 1, maxLength: LEVELS - 1 }),
  strides: fc.tuple(fc.integer({ min: 1, max: 2 }), fc.integer({ min: 1, max: 2 }), fc.integer({ min: 1, max: 2 })),
  depthwise: fc.boolean(),
});

function shapeOf({ loops, strides, depthwise }: Draft): Problem {
  const bound = (dim: Dim): number =>
    loops.reduce((product, loop) => (loop.dim === dim ? product * loop.bound : product), 1);
  const sizes = Object.fromEntries(DIMS.map((dim) => [dim, bound(dim)])) as Record<Dim, number>;
  const [strideP, strideQ, dilationR] = strides;
  return { ...sizes, strideP, strideQ, dilationR, depthwise: depthwise && sizes.C === 1 };
}

function words({
  C,
  M,
  R,
  S,
  P,
  Q,
  N,
  G = 1,
  strideP,
  strideQ,
  dilationR = 1,
  depthwise,
}: Problem): readonly [number, number] {
  const rows = (P - 1) * strideP + (R - 1) * dilationR + 1;
  const columns = (Q - 1) * strideQ + S;
  return [G * M * C * R * S, N * G * (depthwise === true ? M : C) * rows * columns];
}

/** Random small nests on four levels with random masks. */
export const cases: fc.Arbitrary<Case> = draft
  .filter(({ loops }) => loops.reduce((product, { bound }) => product * bound, 1) <= MOST_POINTS)
  .chain((drafted) => {
    const problem = shapeOf(drafted);
    const [weights, inputs] = words(problem);
    const mask = (length: number): fc.Arbitrary<Uint8Array> =>
      fc.uint8Array({ minLength: length, maxLength: length, max: 1 });
    return fc.record({ Weights: mask(weights), Inputs: mask(inputs) }).map((masks): Case => ({
      problem,
      architecture: architectureOf(drafted),
      mapping: Array.from({ length: LEVELS }, (_, level) => {
        const own = drafted.loops.filter((loop) => loop.level === level);
        const plain = (loops: typeof own): Loop[] => loops.map(({ dim, bound, kind }) => ({ dim, bound, kind }));
        return [
          ...plain(own.filter(({ kind }) => kind === 'temporal')),
          ...plain(own.filter(({ kind }) => kind !== 'temporal')),
        ];
      }),
      masks,
    }));
  });

function architectureOf({ keeps }: Draft): Architecture {
  const level = { blockSize: 1, accessEnergyPj: 1, meshX: 729, meshY: 729 };
  return {
    levels: [DATA_SPACES, ...keeps].map((own, at) => ({ ...level, name: `L${at}`, keeps: own })),
    macs: 1,
    macEnergyPj: 1,
  };
}

const OPERANDS: readonly OperandSpace[] = ['Weights', 'Inputs'];
const operands = fc.subarray([...OPERANDS], { minLength: 1 });

/** Features that an architecture can have: at levels that keep the data space. */
export function featuresOf({ architecture }: Case): fc.Arbitrary<SparseFeatures> {
  const places = architecture.levels.flatMap(({ name, keeps }) => keeps.map((tensor) => ({ level: name, tensor })));
  const saving = fc.record({ place: fc.constantFrom(...places), on: operands }).map(({ place, on }): AccessSaving => {
    const others = on.filter((operand) => operand !== place.tensor);
    return { ...place, on: others.length > 0 ? others : OPERANDS.filter((operand) => operand !== place.tensor) };
  });
  return fc.record({
    formats: fc
      .subarray(places.filter(({ tensor }) => tensor !== 'Outputs'))
      .map((own) =>
        own.map((place) => ({ ...place, ranks: [{ format: 'bitmask' as const, dims: ranksOf(place.tensor) }] })),
      ),
    skipping: fc.array(saving, { maxLength: 3 }),
    gating: fc.array(saving, { maxLength: 3 }),
    compute: fc.record({
      skipping: fc.record({
        level: fc.constantFrom(...architecture.levels.slice(1).map(({ name }) => name)),
        on: operands,
      }),
    }),
  });
}

function ranksOf(tensor: DataSpace): readonly Dim[] {
  return tensor === 'Weights' ? ['G', 'M', 'C', 'R', 'S'] : ['N', 'G', 'C', 'P', 'Q'];
}
