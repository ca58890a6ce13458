/**
 * Mapspaces without a dataflow: every dimension may loop at every level, in any order, and be spread along both axes of the array.
 * The layers that were slow before windows and capacities were bounded, and the CPU seconds they took then.
 */
import { DIMS, findBestMapping, mapspaceBuilt } from '@archon-dse/loop-nest';
import { architecture as published } from './layers.mjs';
import { count, cpuSeconds, ms, table } from './measure.mjs';

const all = ['Weights', 'Inputs', 'Outputs'];

/** The published dense array; its global buffer feeds the whole mesh. */
const dense = {
  ...published,
  levels: published.levels
    .filter((level) => level.keeps.length > 0)
    .map((level, l) => ({ ...level, meshX: l === 1 ? 8 : 1, meshY: l === 1 ? 9 : 1 })),
};

const three = {
  levels: [
    { name: 'DRAM', keeps: all, blockSize: 4, accessEnergyPj: 512, meshX: 1, meshY: 1 },
    { name: 'buffer', keeps: all, sizeWords: 55_296, blockSize: 4, accessEnergyPj: 70.264, meshX: 8, meshY: 8 },
    { name: 'spad', keeps: all, sizeWords: 256, blockSize: 1, accessEnergyPj: 1.18, meshX: 1, meshY: 1 },
  ],
  macs: 64,
  macEnergyPj: 2.2,
};
const two = { ...three, levels: three.levels.slice(0, 2) };

const problem = (C, M, kernel, plane, stride = 1) => ({
  ...{ C, M, R: kernel, S: kernel, P: plane, Q: plane, N: 1 },
  ...{ strideP: stride, strideQ: stride },
});

const cases = [
  ['7x7 stride 2, 3 to 64, 112', 'dense', dense, problem(3, 64, 7, 112, 2), 37],
  ['GEMM 4096 x 4096 x 4096', 'dense', dense, problem(4096, 4096, 1, 64), undefined],
  ['GEMM 4096 x 4096 x 4096', '3 levels', three, problem(4096, 4096, 1, 64), 6.0],
  ['3x3, all dimensions 16', '3 levels', three, problem(16, 16, 3, 16), 14],
  ['3x3, 256 to 256, 14', '3 levels', three, problem(256, 256, 3, 14), 6.5],
  ['depthwise 3x3, M96, 32', '3 levels', three, problem(1, 96, 3, 32), 2.1],
  ['1x1, 256 to 64, 56', 'dense', dense, problem(256, 64, 1, 56), 1.9],
  ['3x3, all dimensions 16', '2 levels', two, problem(16, 16, 3, 16), 0.34],
  ['1x1, 16 to 96, 32', 'dense', dense, problem(16, 96, 1, 32), 0.025],
];

export function allFree() {
  const spread = { dims: DIMS };
  const rows = cases.map(([layer, array, architecture, layerProblem, beforeS]) => {
    const constraints = architecture.levels.map((_, l) => (l === 1 ? { spatialX: spread, spatialY: spread } : {}));
    const start = cpuSeconds();
    const { evaluation, considered } = findBestMapping(layerProblem, architecture, constraints);
    const seconds = cpuSeconds() - start;
    const built = mapspaceBuilt(layerProblem, architecture, constraints);
    const optimum = `${count(evaluation.cycles)} cycles, ${evaluation.energyPj.toPrecision(7)} pJ`;
    return {
      seconds,
      cells: [
        layer,
        array,
        built.toExponential(1),
        count(considered),
        ms(seconds),
        beforeS === undefined ? 'over 10 s' : `${beforeS} s`,
        optimum,
      ],
    };
  });
  const sorted = rows.map(({ seconds }) => seconds).sort((a, b) => a - b);
  const head = ['layer', 'array', 'mapspace', 'bounded', 'proven in', 'before', 'optimum'];
  return `${table(
    head,
    rows.map(({ cells }) => cells),
  )}\n\nMedian ${ms(sorted[Math.floor(sorted.length / 2)])}, worst ${ms(sorted.at(-1))}.`;
}
