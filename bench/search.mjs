/**
 * How much of the best trade-offs of a grid strategies find with how many evaluations: every point of bench/search-grid.yaml is evaluated once,
 * then each strategy searches it with ten seeds, told what is known. Writes the table and the chart of docs/search.md.
 *
 * ARCHON_GRID=DIR keeps the evaluated grid between runs.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { hypervolume, isAllowed, paretoRanks, pointsInOrder, settle, spaceOf, toCosts } from '@archon-dse/core';
import { loadSweep, runSweep } from '@archon-dse/runner';
import plugin from '@archon-dse/strategies';
import { BUILTIN_PLUGINS } from '../packages/host/cli/dist/builtin-plugins.js';
import { table } from './measure.mjs';
import { chart } from './search-chart.mjs';

const SEEDS = 10;
/** Evaluations as shares of the grid. */
const SHARES = [0.01, 0.02, 0.03, 0.04, 0.05, 0.06, 0.08, 0.1];
const STRATEGIES = { random: {}, sobol: {}, nsga2: { population: 40 }, tpe: {} };
/** How far outside of the worst values the corner of a volume lies, as a share of each objective's range; as in reports. */
const MARGIN = 0.1;

const root = fileURLToPath(new URL('..', import.meta.url));

/** All points of the grid with their costs, by the text of their choices. */
async function evaluateGrid() {
  const host = { plugins: BUILTIN_PLUGINS, directories: [join(root, 'packages/host/cli')] };
  const { sweep, plugins } = await loadSweep(join(root, 'bench/search-grid.yaml'), host);
  const kept = process.env.ARCHON_GRID;
  const outDir = kept ?? mkdtempSync(join(tmpdir(), 'archon-grid-'));
  const { store, pointIds, counts } = await runSweep({ sweep, plugins, outDir });
  const heads = [...store.heads(pointIds)];
  store.close();
  if (kept === undefined) rmSync(outDir, { recursive: true });
  const space = spaceOf(sweep);
  const costs = new Map();
  const places = [...pointsInOrder(space)];
  if (counts.total !== places.length || pointIds.length !== places.length) throw new Error('the grid is not whole');
  for (const [index, { status, metrics }] of heads.entries()) {
    if (status === 'ok') costs.set(places[index].join(), toCosts(metrics, sweep.objectives));
  }
  return { space: { axes: space.axes, constraints: space.constraints }, costs, points: places.length, sweep };
}

function referenceOf(costs) {
  return costs[0].map((_, objective) => {
    const values = costs.map((one) => one[objective]);
    const [best, worst] = [Math.min(...values), Math.max(...values)];
    return worst + MARGIN * (worst - best);
  });
}

/** Costs of the points that a strategy evaluates, in order. */
function searchOf(name, { space, costs, sweep }, seed, budget) {
  const contribution = plugin.strategies.find(({ meta }) => meta.name === name);
  const strategy = contribution.create(STRATEGIES[name], { space, objectives: sweep.objectives.length, seed, budget });
  const found = new Map();
  for (let state = strategy.start(), stale = 0; found.size < budget && stale < 100;) {
    const before = found.size;
    const told = strategy.ask(state).map((asked) => {
      const choices = settle(space, asked);
      if (!isAllowed(space, choices)) return { choices, state: 'excluded', group: '' };
      const known = costs.get(choices.join());
      if (found.size < budget) found.set(choices.join(), known);
      return known === undefined
        ? { choices, state: 'failed', group: '' }
        : { choices, state: 'ok', costs: known, violation: 0, group: '' };
    });
    state = strategy.tell(state, told);
    stale = found.size === before ? stale + 1 : 0;
  }
  return [...found.values()];
}

const median = (values) => {
  const sorted = [...values].sort((a, b) => a - b);
  return (sorted[(sorted.length - 1) >> 1] + sorted[sorted.length >> 1]) / 2;
};

/** Medians and worst shares of each strategy, of a volume up to a corner. */
function linesOf(runs, all, budgets, reference) {
  const whole = hypervolume(all, reference);
  return Object.entries(runs).map(([name, found]) => {
    const shares = found.map((costs) => {
      return budgets.map((budget) => hypervolume(costs.slice(0, budget).filter(Boolean), reference) / whole);
    });
    const at = (index) => shares.map((share) => share[index]);
    return {
      name,
      medians: budgets.map((_, index) => median(at(index))),
      worst: budgets.map((_, index) => Math.min(...at(index))),
    };
  });
}

function tableOf(budgets, lines) {
  const percent = (share) => (100 * share).toFixed(1);
  const rows = budgets.map((budget, index) => [
    budget,
    `${percent(SHARES[index])} %`,
    ...lines.map(({ medians, worst }) => `${percent(medians[index])} (${percent(worst[index])})`),
  ]);
  return table(['evaluations', 'of the grid', ...lines.map(({ name }) => name)], rows);
}

/** The part of a text between the markers of a section. */
function withSection(text, name, content) {
  const marked = new RegExp(`(<!-- bench: ${name} -->\\n)[^]*?(<!-- /bench -->)`);
  return text.replace(marked, (_, begin, end) => `${begin}\n${content}\n\n${end}`);
}

const grid = await evaluateGrid();
const all = [...grid.costs.values()];
const ranks = paretoRanks(all);
const front = all.filter((_, index) => ranks[index] === 1);
const budgets = SHARES.map((share) => Math.round(share * grid.points));
const seeds = Array.from({ length: SEEDS }, (_, seed) => seed + 1);
const runs = Object.fromEntries(
  Object.keys(STRATEGIES).map((name) => [name, seeds.map((seed) => searchOf(name, grid, seed, budgets.at(-1)))]),
);
const wide = linesOf(runs, all, budgets, referenceOf(all));
const narrow = linesOf(runs, all, budgets, referenceOf(front));
const failed = grid.points - all.length;
console.log(`${grid.points} points, ${failed} of them fail; ${front.length} on the front`);
console.log(tableOf(budgets, wide), tableOf(budgets, narrow));

const docs = join(root, 'docs/search.md');
const sections = {
  grid: `${grid.points} points, ${failed} of them failed, ${front.length} on the front.`,
  wide: tableOf(budgets, wide),
  narrow: tableOf(budgets, narrow),
};
const text = Object.entries(sections).reduce(
  (all, [name, content]) => withSection(all, name, content),
  readFileSync(docs, 'utf8'),
);
writeFileSync(docs, text);
writeFileSync(join(root, 'docs/search.svg'), chart(budgets, narrow));
