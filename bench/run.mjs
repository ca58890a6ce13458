/** `npm run bench`: measures everything in one run, or the sections of BENCH_ONLY, and writes the figures into README.md between its markers. */
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { allFree, freer, utilization } from './all-free.mjs';
import { experiments } from './experiments.mjs';
import { sparseExecution } from './executed.mjs';
import { fusedExecution } from './fused.mjs';
import { install } from './install.mjs';
import { layerCache } from './layer-cache.mjs';
import { evaluations, optima } from './mapping.mjs';
import { cachedPoints, reproduction } from './paper.mjs';
import { manyLayers, wholeNetwork } from './resnet.mjs';
import { startup } from './startup.mjs';
import { reportPage } from './report.mjs';
import { reportScale } from './report-scale.mjs';
import { scale } from './scale.mjs';
import { cores, quickstart, sweeps } from './sweep.mjs';
import { training } from './training.mjs';

const sections = {
  machine: () => `${cpus()[0].model}, ${cores} cores, Node ${process.version}.`,
  install,
  startup,
  evaluations,
  optima,
  allFree,
  freer,
  utilization,
  wholeNetwork,
  manyLayers,
  quickstart,
  sweeps,
  layerCache,
  reproduction,
  cachedPoints,
  reportPage,
  reportScale,
  scale,
  fusedExecution,
  sparseExecution,
  training,
  experiments,
};

const file = new URL('README.md', import.meta.url);
let text = readFileSync(file, 'utf8');
const only = process.env.BENCH_ONLY?.split(',') ?? Object.keys(sections);
for (const [name, measure] of Object.entries(sections)) {
  if (!only.includes(name)) continue;
  const figures = await measure();
  console.log(`\n${name}\n${figures}`);
  const mark = new RegExp(`(<!-- ${name} -->)[\\s\\S]*?(<!-- end -->)`);
  if (!mark.test(text)) throw new Error(`README.md has no place for ${name}`);
  text = text.replace(mark, (_, open, close) => `${open}\n\n${figures}\n\n${close}`);
}
writeFileSync(file, text);
