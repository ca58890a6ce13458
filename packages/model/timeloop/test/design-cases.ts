import fc from 'fast-check';
import {
  DATA_SPACES,
  DIMS,
  type Architecture,
  type Dim,
  type Level,
  type LevelConstraint,
  type Loop,
  type Mapping,
  type Problem,
} from '@archon-dse/loop-nest';

const bandwidth = fc.constantFrom(undefined, 1, 16);
const aLevel = fc.record({
  keeps: fc.subarray([...DATA_SPACES]),
  blockSize: fc.constantFrom(1, 4),
  meshX: fc.constantFrom(1, 1, 2, 3),
  meshY: fc.constantFrom(1, 1, 2, 4),
  readBandwidth: bandwidth,
  writeBandwidth: bandwidth,
  accessEnergyPj: fc.integer({ min: 0, max: 1000 }).map((value) => value / 8),
  loops: fc.uniqueArray(fc.tuple(fc.constantFrom<Dim>(...DIMS), fc.constantFrom(2, 3, 5)), {
    maxLength: 4,
    selector: ([dim]) => dim,
  }),
  spread: fc.uniqueArray(fc.constantFrom<Dim>(...DIMS), { minLength: 2, maxLength: 2 }),
  order: fc.uniqueArray(fc.constantFrom<Dim>(...DIMS), { maxLength: 8 }),
});

export interface DesignCase {
  readonly problem: Problem;
  readonly architecture: Architecture;
  readonly mapping: Mapping;
  readonly constraints: readonly LevelConstraint[];
}

/** Two to four levels, each with loops in time and along the whole of its meshes, and a mapspace around them. */
export const aDesign: fc.Arbitrary<DesignCase> = fc
  .tuple(fc.array(aLevel, { minLength: 2, maxLength: 4 }), fc.constantFrom(1, 2), fc.constantFrom(1, 3))
  .map(([drawn, stride, dilation]) => {
    const levels = drawn.map(
      ({ keeps, blockSize, meshX, meshY, readBandwidth, writeBandwidth, accessEnergyPj }, l): Level => ({
        name: `level${l}`,
        keeps: l === 0 ? DATA_SPACES : keeps,
        ...{ blockSize, meshX, meshY, accessEnergyPj },
        ...(l === 0 ? {} : { sizeWords: 100_000_000 }),
        ...(readBandwidth === undefined ? {} : { readBandwidth }),
        ...(writeBandwidth === undefined ? {} : { writeBandwidth }),
      }),
    );
    const macs = levels.reduce((product, { meshX, meshY }) => product * meshX * meshY, 1);
    const spatial = ({ meshX, meshY, spread: [x = 'C', y = 'M'] }: (typeof drawn)[number]): readonly Loop[] => [
      ...(meshX > 1 ? [{ dim: x, bound: meshX, kind: 'spatialX' } as const] : []),
      ...(meshY > 1 ? [{ dim: y, bound: meshY, kind: 'spatialY' } as const] : []),
    ];
    const mapping = drawn.map((level): readonly Loop[] => [
      ...level.loops.map(([dim, bound]): Loop => ({ dim, bound, kind: 'temporal' })),
      ...spatial(level),
    ]);
    const boundOf = (dim: Dim): number =>
      mapping.flat().reduce((product, loop) => (loop.dim === dim ? product * loop.bound : product), 1);
    const { G, ...bounds } = Object.fromEntries(DIMS.map((dim) => [dim, boundOf(dim)])) as Record<Dim, number>;
    return {
      problem: {
        ...bounds,
        strideP: stride,
        strideQ: 1,
        ...(dilation > 1 ? { dilationR: dilation } : {}),
        ...(G > 1 ? { G } : {}),
      },
      architecture: { levels, macs, macEnergyPj: 2.25 },
      mapping,
      constraints: drawn.map(({ meshX, meshY, loops, spread: [x = 'C', y = 'M'], order }) => ({
        temporal: Object.fromEntries(loops.slice(0, 1)),
        order,
        ...(meshX > 1 ? { spatialX: { dims: [x], fixed: {} } } : {}),
        ...(meshY > 1 ? { spatialY: { dims: [y], fixed: {} } } : {}),
      })),
    };
  });
