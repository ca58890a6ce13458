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

const constraintsOf = (architecture, inner = {}) => {
  const spread = { dims: DIMS };
  return architecture.levels.map((_, l) => ({
    ...(l === 1 ? { spatialX: spread, spatialY: spread } : {}),
    ...(l > 0 ? inner : {}),
  }));
};

function timed(work) {
  const start = cpuSeconds();
  const result = work();
  return { result, seconds: cpuSeconds() - start };
}

const summary = (seconds) => {
  const sorted = [...seconds].sort((a, b) => a - b);
  return `Median ${ms(sorted[Math.floor(sorted.length / 2)])}, worst ${ms(sorted.at(-1))}.`;
};

export function allFree() {
  const rows = cases.map(([layer, array, architecture, layerProblem, beforeS]) => {
    const constraints = constraintsOf(architecture);
    const { result, seconds } = timed(() => findBestMapping(layerProblem, architecture, constraints));
    const built = mapspaceBuilt(layerProblem, architecture, constraints);
    const { evaluation, considered } = result;
    const optimum = `${count(evaluation.cycles)} cycles, ${evaluation.energyPj.toPrecision(7)} pJ`;
    const before = beforeS === undefined ? 'over 60 s' : `${beforeS} s`;
    return { seconds, cells: [layer, array, built.toExponential(1), count(considered), ms(seconds), before, optimum] };
  });
  const head = ['layer', 'array', 'mapspace', 'bounded', 'proven in', 'before', 'optimum'];
  const figures = table(
    head,
    rows.map(({ cells }) => cells),
  );
  return `${figures}\n\n${summary(rows.map(({ seconds }) => seconds))}`;
}

const BUDGET = { evaluations: 300_000 };

/** The same layers where every inner level may be bypassed, and where bounds may leave remainders besides. */
export function freer() {
  const inner = { mayBypass: all };
  const model = { semantics: 'exact' };
  const gapOf = ({ proven, gap, lowerBound }) =>
    proven
      ? 'proven'
      : gap < 1e-5
        ? 'under 0.001 %'
        : `${(100 * gap).toPrecision(2)} % (${lowerBound.of === 'cycles' ? 'cycles' : 'energy'})`;
  const rows = cases.map(([layer, array, architecture, layerProblem]) => {
    const constraints = constraintsOf(architecture, inner);
    const search = (options) =>
      timed(() => findBestMapping(layerProblem, architecture, constraints, { model, ...options }));
    const bypass = search({});
    const both = search({ factors: 'remainders', budget: BUDGET });
    return {
      seconds: [bypass.seconds, both.seconds],
      cells: [
        ...[layer, array, ms(bypass.seconds), gapOf(bypass.result), count(bypass.result.evaluation.cycles)],
        ...[ms(both.seconds), gapOf(both.result), count(both.result.evaluation.cycles)],
      ],
    };
  });
  const head = ['layer', 'array', 'bypass', 'gap', 'cycles', 'remainders and bypass', 'gap', 'cycles'];
  const figures = table(
    head,
    rows.map(({ cells }) => cells),
  );
  const [bypass, both] = [0, 1].map((i) => summary(rows.map(({ seconds }) => seconds[i])));
  return `${figures}\n\nBypass: ${bypass} Remainders and bypass: ${both}`;
}

/** Layers of ResNet-50 and MobileNetV2 at 224 on 128 x 128 PEs, dimensions spread as on the published array. */
const large = [
  problem(3, 64, 7, 112, 2),
  problem(64, 256, 1, 56),
  problem(64, 64, 3, 56),
  problem(128, 128, 3, 28),
  problem(256, 256, 3, 14),
  problem(512, 512, 3, 7),
  problem(512, 2048, 1, 7),
  problem(96, 24, 1, 56),
  problem(144, 32, 1, 28),
  problem(960, 320, 1, 7),
];

export function utilization() {
  const architecture = {
    ...dense,
    macs: 128 * 128,
    levels: dense.levels.map((level, l) => ({
      ...{ ...level, readBandwidth: Infinity, writeBandwidth: Infinity },
      ...(l === 1 ? { meshX: 128, meshY: 128 } : {}),
    })),
  };
  const constraints = architecture.levels.map((_, l) =>
    l === 1 ? { spatialX: { dims: ['M', 'Q'] }, spatialY: { dims: ['C', 'M', 'S'] } } : {},
  );
  const model = { semantics: 'exact' };
  const rows = large.map((layer) => {
    const of = (factors) => findBestMapping(layer, architecture, constraints, { model, factors, budget: BUDGET });
    const [exact, remainders] = [of('exact'), of('remainders')];
    const shape = `${layer.R}x${layer.S}, ${layer.C} to ${layer.M}, ${layer.P}`;
    return [
      shape,
      ...[exact, remainders].flatMap(({ evaluation }) => [count(evaluation.cycles), evaluation.utilization.toFixed(2)]),
    ];
  });
  return table(['layer', 'exact factors, cycles', 'utilisation', 'remainders, cycles', 'utilisation'], rows);
}
