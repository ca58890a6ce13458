import { describe, expect, it } from 'vitest';
import { resultOf } from './output/result.js';
import { prepareMapper, runModel } from './run.js';
import {
  COMPONENTS,
  CONSTRAINTS,
  ERT,
  EXPAND,
  layer,
  MAPPER,
  MAPPING,
  MAPSPACE,
  NEST,
  NEST_LINE,
  PROJECT,
  TREE,
} from './test-fixtures.js';

/** Words a level moves, per instance, as the published statistics of the layer have them. */
const PUBLISHED = [
  ['dram', 'Weights', 1536, 1, 1536, 0, 0, 196608],
  ['dram', 'Inputs', 16384, 1, 16384, 0, 0, 2097152],
  ['dram', 'Outputs', 98304, 1, 0, 98304, 0, 12582912],
  ['glb', 'Inputs', 2048, 1, 16384, 0, 16384, 575602.69],
  ['glb', 'Outputs', 12288, 1, 0, 98304, 98304, 3453616.13],
  ['ifmap', 'Inputs', 4, 64, 24576, 0, 1024, 411238.4],
  ['weights', 'Weights', 96, 64, 24576, 0, 96, 1863229.44],
  ['psum', 'Outputs', 24, 64, 18432, 24576, 6144, 950009.86],
] as const;

describe('runModel', () => {
  it.each([
    ['a printed nest', [NEST], undefined],
    ['directives', [MAPPING], undefined],
    ['a line of a log', [], NEST_LINE],
  ])('gives the published figures of a published mapping from %s', (_, mapping, line) => {
    const result = resultOf(runModel([TREE, COMPONENTS, EXPAND, ...mapping], { line: line }));
    expect(result.cycles).toBe(24576);
    expect(result.energyPj).toBeCloseTo(25590669.31, 2);
    expect(result.areaUm2).toBeCloseTo(1440017.2, 2);
    expect(result.utilization).toBeCloseTo(64 / 72, 12);
    const rows = result.levels.map((row) => [
      row.name,
      row.dataSpace,
      row.tile,
      row.instances,
      row.reads,
      row.updates,
      row.fills,
    ]);
    expect(rows).toEqual(PUBLISHED.map((row) => row.slice(0, -1)));
    for (const [index, row] of PUBLISHED.entries()) expect(result.levels[index]?.energyPj).toBeCloseTo(row[7], 2);
  });

  it('prices by the tables where they are given, the largest energy of any access', () => {
    const result = resultOf(runModel([TREE, ERT, EXPAND, NEST]));
    expect(result.energyPj).toBeCloseTo(25590669.31, 2);
  });
});

it('counts what the ERT says leaks: all instances in all cycles', () => {
  const leaking = {
    ...ERT,
    text: ERT.text.replace(
      '{ name: mac_random, energy: 2.2 }',
      '{ name: mac_random, energy: 2.2 }, { name: leak, energy: 0.5 }',
    ),
  };
  const { evaluation } = runModel([TREE, leaking, EXPAND, NEST]);
  expect(evaluation.leakagePj).toBe(0.5 * 72 * 24576);
  expect(evaluation.energyPj).toBeCloseTo(25590669.312 + 0.5 * 72 * 24576, 3);
});

describe('exact semantics', () => {
  const strided = EXPAND.text.replace('"Wstride":1', '"Wstride":2').replace('"M":96', '"M":12');
  const line = 'L5[WIO] Q32 - L4[IO] P32 - L3[] Q1 - L2[I] Q1 - L1[W] C16 - L0[O] M12';

  it('leave out the inputs that a stride steps over, which Timeloop counts', () => {
    const files = [TREE, COMPONENTS, { ...EXPAND, text: strided }];
    const inputs = (semantics: 'exact' | 'timeloop') =>
      runModel(files, { line, counting: { semantics } }).evaluation.levels[0]?.accesses.Inputs?.reads;
    expect(inputs('exact')).toBe(16 * 32 * 32);
    expect(inputs('timeloop')).toBe(16 * (31 * 2 + 1) * 32);
  });

  it('count a row that neighbours have in common once, where they share halos', () => {
    // 8 columns with a row of outputs each, of 3 rows of inputs: 24 rows, 10 of them distinct.
    const rows = layer({ C: 1, M: 1, P: 8, Q: 1, R: 3 });
    const line = 'L5[WIO] Q1 - L4[IO] P8X - L3[] Q1 - L2[I] Q1 - L1[W] R3 - L0[O] Q1';
    const reads = (haloSharing: boolean) =>
      runModel([TREE, COMPONENTS, rows], { line, counting: { semantics: 'exact', haloSharing } }).evaluation.levels[1]
        ?.accesses.Inputs?.reads;
    expect(reads(false)).toBe(24);
    expect(reads(true)).toBe(10);
  });

  it('hold in the search, too', () => {
    const task = [TREE, COMPONENTS, PROJECT, CONSTRAINTS, MAPSPACE, MAPPER];
    const { report, best } = prepareMapper(task, { semantics: 'exact' }).run();
    expect(best.proven).toBe(true);
    expect(report.evaluation.cycles).toBe(32768);
  });
});

describe('prepareMapper', () => {
  it('proves the optimum of the published mapspace', () => {
    const { report, best } = prepareMapper([TREE, COMPONENTS, PROJECT, CONSTRAINTS, MAPSPACE, MAPPER]).run();
    expect(best.proven).toBe(true);
    expect(report.evaluation.cycles).toBe(32768);
    expect(report.evaluation.energyPj).toBeCloseTo(32263618.56, 2);
    expect(report.design.notes.map(({ message }) => message)).toEqual([
      'no effect of algorithm, victory_condition, num_threads: the search is exhaustive and proves its result',
    ]);
  });
});
