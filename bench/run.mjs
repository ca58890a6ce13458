/** `npm run bench`: measures everything in one run, or the sections of BENCH_ONLY, and writes the figures into README.md between its markers. */
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { experiments } from './experiments.mjs';
import { evaluations, optima } from './mapping.mjs';
import { cachedPoints, reproduction } from './paper.mjs';
import { cores, quickstart } from './sweep.mjs';
import { training } from './training.mjs';

const sections = {
  machine: () => `${cpus()[0].model}, ${cores} cores, Node ${process.version}.`,
  evaluations,
  optima,
  quickstart,
  reproduction,
  cachedPoints,
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
  const mark = new RegExp(`(<!-- ${name} -->\n)[\\s\\S]*?(\n<!-- end -->)`);
  text = text.replace(mark, (_, open, close) => `${open}\n${figures}\n${close}`);
}
writeFileSync(file, text);
