import fc from 'fast-check';
import type { Architecture, Level } from '../src/model/architecture.js';
import type { Loop, LoopKind, Mapping } from '../src/model/mapping.js';
import { DATA_SPACES, DIMS, type Dim, type Problem } from '../src/model/problem.js';

export interface NestCase {
  readonly problem: Problem;
  readonly architecture: Architecture;
  readonly mapping: Mapping;
}

const KINDS: readonly LoopKind[] = ['temporal', 'temporal', 'spatialX', 'spatialY'];
const bandwidth = fc.constantFrom(undefined, 0.5, 1, 3);

const level = fc.record(
  {
    keeps: fc.subarray([...DATA_SPACES]),
    blockSize: fc.constantFrom(1, 4),
    readBandwidth: bandwidth,
    writeBandwidth: bandwidth,
    accessEnergyPj: fc.integer({ min: 1, max: 100 }),
    packing: fc.constantFrom(undefined, undefined, { Weights: 2, Inputs: 4 }, { Inputs: 3, Outputs: 1.25 }),
  },
  { noNullPrototype: true },
);

/** Two to four levels of any kind, the outermost of which keeps everything. */
const anArchitecture: fc.Arbitrary<Architecture> = fc.array(level, { minLength: 2, maxLength: 4 }).map((levels) => ({
  macs: 64,
  macEnergyPj: 2.2,
  completePacking: (levels.length % 3) + 1,
  levels: levels.map(({ keeps, packing, readBandwidth, writeBandwidth, ...fields }, l): Level => ({
    ...{ name: `level${l}`, meshX: Infinity, meshY: Infinity, ...fields },
    keeps: l === 0 ? DATA_SPACES : keeps,
    ...(packing === undefined ? {} : { packing }),
    ...(readBandwidth === undefined ? {} : { readBandwidth }),
    ...(writeBandwidth === undefined ? {} : { writeBandwidth }),
  })),
}));

const aLoop = fc.record({
  dim: fc.constantFrom<Dim>(...DIMS, 'P', 'P', 'R', 'R', 'Q', 'S'),
  bound: fc.constantFrom(2, 2, 3, 4, 5),
  kind: fc.constantFrom(...KINDS),
  level: fc.nat(99),
  place: fc.nat(999),
});

/** A problem of at most `iterations`, with a mapping of it. With `remainders` its bounds may leave some. */
export function aNest({ iterations, remainders }: { iterations: number; remainders: boolean }): fc.Arbitrary<NestCase> {
  return fc
    .record({
      architecture: anArchitecture,
      loops: fc.array(aLoop, { minLength: 1, maxLength: 8 }),
      strides: fc.tuple(fc.constantFrom(1, 1, 2, 3), fc.constantFrom(1, 2)),
      dilations: fc.tuple(fc.constantFrom(1, 1, 2, 3), fc.constantFrom(1, 1, 2)),
      depthwise: fc.boolean(),
      less: fc.array(fc.nat(99), { minLength: DIMS.length, maxLength: DIMS.length }),
    })
    .map(({ architecture, loops: drawn, strides, dilations, depthwise, less }) => {
      let size = 1;
      const loops = drawn.filter(({ bound, dim }) => {
        if (size * bound > iterations || (depthwise && dim === 'C')) return false;
        size *= bound;
        return true;
      });
      const bounds = DIMS.map((dim, d) => {
        const own = loops.filter((loop) => loop.dim === dim).map(({ bound }) => bound);
        const covered = own.reduce((product, bound) => product * bound, 1);
        // With one iteration less of any loop the bounds would not cover it.
        return [dim, remainders ? covered - ((less[d] ?? 0) % (covered / Math.max(1, ...own))) : covered] as const;
      });
      const mapping = architecture.levels.map((_, l) =>
        loops
          .filter((loop) => loop.level % architecture.levels.length === l)
          .sort((a, b) => Number(a.kind !== 'temporal') - Number(b.kind !== 'temporal') || a.place - b.place)
          .map(({ dim, bound, kind }): Loop => ({ dim, bound, kind })),
      );
      const [strideP, strideQ] = strides;
      const [dilationR, dilationS] = dilations;
      const sizes = Object.fromEntries(bounds) as Record<Dim, number>;
      return { problem: { ...sizes, strideP, strideQ, dilationR, dilationS, depthwise }, architecture, mapping };
    });
}
