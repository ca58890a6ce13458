import fc from 'fast-check';
import type { LevelConstraint, MapspaceConstraints } from '../src/mapspace/mapspace.js';
import type { Architecture, Level } from '../src/model/architecture.js';
import { DATA_SPACES, DIMS, type Problem } from '../src/model/problem.js';

const bandwidth = fc.constantFrom(undefined, undefined, 0.5, 1, 2);
const level = (keeps: Level['keeps']): fc.Arbitrary<Level> =>
  fc
    .record({
      sizeWords: fc.constantFrom(undefined, 4, 10, 20, 50),
      blockSize: fc.constantFrom(1, 1, 4),
      packing: fc.constantFrom(
        undefined,
        undefined,
        { Weights: 2, Inputs: 4 },
        { Inputs: 3 },
        { Weights: 1.25, Outputs: 2 },
      ),
      doubleBuffered: fc.constantFrom(undefined, undefined, true),
      systolic: fc.constantFrom(undefined, true),
      readBandwidth: bandwidth,
      writeBandwidth: bandwidth,
      accessEnergyPj: fc.constantFrom(0.25, 1.18, 70.264),
      meshX: fc.constantFrom(1, 2, 4),
      meshY: fc.constantFrom(1, 3, 4),
    })
    .map((fields) => JSON.parse(JSON.stringify({ keeps, ...fields })) as Level);

export const architecture: fc.Arbitrary<Architecture> = fc
  .record({
    outer: level(DATA_SPACES),
    completePacking: fc.constantFrom(1, 1, 2, 3),
    leakagePjPerCycle: fc.constantFrom(0, 0, 5),
    inner: fc
      .array(fc.subarray([...DATA_SPACES]), { minLength: 1, maxLength: 3 })
      .chain((keeps) => fc.tuple(...keeps.map(level))),
  })
  .map(({ outer, inner, completePacking, leakagePjPerCycle }) => ({
    levels: [outer, ...inner].map((own, l) => ({ ...own, name: `L${l}` })),
    ...{ macs: 64, macEnergyPj: 2.2, leakagePjPerCycle },
    ...(completePacking === 1 ? {} : { completePacking }),
  }));

const dims = fc.subarray([...DIMS]);
const factors = fc.dictionary(fc.constantFrom(...DIMS), fc.constantFrom('rest', 'rest', 1, 2), { maxKeys: 2 });
const given = fc.option(factors, { nil: undefined, freq: 1 });
const limits = fc.option(fc.dictionary(fc.constantFrom(...DIMS), fc.constantFrom(2, 3, 4), { maxKeys: 1 }), {
  nil: undefined,
  freq: 1,
});
const axis = fc.option(fc.record({ dims, fixed: given, most: limits, least: limits }), { nil: undefined });
const constraint: fc.Arbitrary<LevelConstraint> = fc
  .record({
    temporal: given,
    temporalDims: fc.option(dims, { nil: undefined }),
    order: fc.option(fc.shuffledSubarray([...DIMS]), { nil: undefined }),
    most: limits,
    least: limits,
    spatialX: axis,
    spatialY: axis,
    minParallelism: fc.constantFrom(undefined, undefined, undefined, 0.25, 2),
    mayBeUneven: fc.constantFrom(undefined, undefined, undefined, true),
    mayBypass: fc.option(fc.subarray([...DATA_SPACES], { maxLength: 1 }), { nil: undefined }),
  })
  .map((fields) => JSON.parse(JSON.stringify(fields)) as LevelConstraint);

/** The outermost level takes what the others leave, so that few mapspaces are empty. */
export const constraintsFor = (levels: number): fc.Arbitrary<MapspaceConstraints> =>
  fc
    .tuple(constraint, fc.array(constraint, { minLength: levels - 1, maxLength: levels - 1 }), fc.boolean())
    .map(([own, inner, strict]) => {
      const choices: readonly string[] = ['mayBypass', 'mayBeUneven', ...(strict ? [] : ['temporal', 'temporalDims'])];
      const outer = Object.fromEntries(Object.entries(own).filter(([key]) => !choices.includes(key)));
      return [outer, ...inner];
    });

/** At most four dimensions above 1, so that the plain enumeration stays small. */
export const problem: fc.Arbitrary<Problem> = fc
  .record({
    bounds: fc.array(fc.tuple(fc.constantFrom(...DIMS, 'P', 'R', 'Q', 'S'), fc.constantFrom(2, 3, 4, 5, 6)), {
      minLength: 1,
      maxLength: 4,
    }),
    stride: fc.tuple(fc.integer({ min: 1, max: 2 }), fc.integer({ min: 1, max: 2 })),
    dilation: fc.tuple(fc.constantFrom(1, 1, 2), fc.constantFrom(1, 1, 2)),
    depthwise: fc.boolean(),
  })
  .map(({ bounds, stride, dilation, depthwise }) => ({
    ...{ C: 1, M: 1, R: 1, S: 1, P: 1, Q: 1, N: 1 },
    ...Object.fromEntries(bounds),
    ...(depthwise ? { C: 1, depthwise } : {}),
    strideP: stride[0],
    strideQ: stride[1],
    dilationR: dilation[0],
    dilationS: dilation[1],
  }));
