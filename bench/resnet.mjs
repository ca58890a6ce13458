/** ResNet-50 at 224 x 224, every convolution and the classifier, mapped on two arrays: CPU seconds of one core, each layer by itself. */
import { findBestMapping } from '@archon-dse/loop-nest';
import { PUBLISHED_DENSE_ARRAY, arrayArchitecture, denseMapspace } from '@archon-dse/pe-array';
import { prices } from './layers.mjs';
import { count, cpuSeconds, ms, table } from './measure.mjs';

const problem = (C, M, kernel, plane, stride = 1) => ({
  ...{ C, M, R: kernel, S: kernel, P: plane, Q: plane, N: 1 },
  ...{ strideP: stride, strideQ: stride },
});

/** The stride of a block is in its 3 x 3 convolution. @source He et al., CVPR 2016; version 1.5 of the block */
function resNet50() {
  const layers = [problem(3, 64, 7, 112, 2)];
  let channels = 64;
  for (const [stage, blocks] of [3, 4, 6, 3].entries()) {
    const [narrow, plane] = [64 * 2 ** stage, 56 / 2 ** stage];
    for (let block = 0; block < blocks; block++) {
      const stride = block === 0 && stage > 0 ? 2 : 1;
      layers.push(
        problem(channels, narrow, 1, plane * stride),
        problem(narrow, narrow, 3, plane, stride),
        problem(narrow, 4 * narrow, 1, plane),
      );
      if (block === 0) layers.push(problem(channels, 4 * narrow, 1, plane, stride));
      channels = 4 * narrow;
    }
  }
  return [...layers, problem(2048, 1000, 1, 1)];
}

const layers = resNet50();
const distinct = [...new Map(layers.map((layer) => [JSON.stringify(layer), layer])).values()];

/** The published dense array and larger ones of its buffers. */
const arrays = [
  [72, PUBLISHED_DENSE_ARRAY],
  [168, { ...PUBLISHED_DENSE_ARRAY, meshX: 14, meshY: 12 }],
  [1024, { ...PUBLISHED_DENSE_ARRAY, meshX: 32, meshY: 32 }],
].map(([pes, options]) => ({ pes, options, architecture: arrayArchitecture(options, prices) }));

/** The dimensions spread as in the published mapspace, without its factors and orders. */
const looseMapspace = () => [
  {},
  { spatialX: { dims: ['M', 'Q'] } },
  { spatialY: { dims: ['S', 'C', 'M'] } },
  {},
  {},
  {},
];

const BUDGET = { evaluations: 20_000 };
const searches = [
  { name: 'row stationary', mapspace: denseMapspace },
  { name: 'temporal loops free', mapspace: looseMapspace },
  { name: 'temporal loops free, 20,000 mappings bounded', mapspace: looseMapspace, budget: BUDGET },
];

function mapped(layer, { options, architecture }, { mapspace, budget }) {
  const start = cpuSeconds();
  const best = findBestMapping(layer, architecture, mapspace(layer, options), budget === undefined ? {} : { budget });
  if (!best.found) throw new Error(best.message);
  return { ...best, seconds: cpuSeconds() - start };
}

const sum = (values) => values.reduce((total, value) => total + value, 0);

export function wholeNetwork() {
  const rows = arrays.slice(1).flatMap((array) =>
    searches.map((search) => {
      const found = new Map(distinct.map((layer) => [JSON.stringify(layer), mapped(layer, array, search)]));
      const once = [...found.values()];
      const all = layers.map((layer) => found.get(JSON.stringify(layer)));
      const seconds = (of) => sum(of.map((best) => best.seconds)).toPrecision(2);
      const proven = once.filter((best) => best.proven).length;
      return [
        ...[count(array.pes), search.name, `${proven} of ${once.length}`, seconds(all), seconds(once)],
        ms(Math.max(...once.map((best) => best.seconds))),
        count(sum(all.map(({ evaluation }) => evaluation.cycles))),
        `${(sum(all.map(({ evaluation }) => evaluation.energyPj)) / 1e9).toPrecision(4)} mJ`,
      ];
    }),
  );
  const head = [
    'PEs',
    'mapspace',
    'layers proven',
    `all ${layers.length}, s`,
    'distinct, s',
    'slowest',
    'cycles',
    'energy',
  ];
  return table(head, rows);
}

/** Every combination of common channels, planes and kernels, with and without a stride. */
const grid = [16, 24, 32, 64, 96, 128, 256, 512].flatMap((C) =>
  [16, 24, 64, 96, 128, 256, 512, 1000].flatMap((M) =>
    [7, 14, 28, 32, 56, 112].flatMap(
      (plane) =>
      [[1, 1], [3, 1], [3, 2], [5, 1]].map(([kernel, stride]) => problem(C, M, kernel, plane, stride)), // prettier-ignore
    ),
  ),
);

export function manyLayers() {
  const rows = arrays.map((array) => {
    const seconds = grid.map((layer) => mapped(layer, array, searches[0]).seconds).sort((a, b) => a - b);
    const at = (share) => ms(seconds[Math.ceil(share * seconds.length) - 1]);
    return [count(array.pes), count(seconds.length), at(0.5), at(0.95), at(1)];
  });
  return table(['PEs', 'layers, all proven', 'median', '95 %', 'worst'], rows);
}
