import {
  figureText,
  type AcceleratorRun,
  type Component,
  type LayerRun,
  type PriceTables,
  type Workload,
} from '@archon-dse/core';
import { multipliersOf, namesOf, only, rateOf, type Multipliers } from './multipliers.js';
import type { PricedActions } from './price-actions.js';
import type { Problem } from './problem.js';
import { requiredShare } from './required-share.js';

/** What floating point may make of a sum of counts, as a share of it. */
const SLACK = 1e-6;

const HINT =
  'Count every instance of what multiplies. Where something else computes the MACs, say so in `notMultiplied` of the layer.';

/** What the MACs of a run are held against. */
export interface Held {
  readonly workloads: ReadonlyMap<string, Workload>;
  readonly components: readonly Component[];
  readonly prices: PriceTables;
}

/** MACs that a layer has to do, in how many cycles, and on what. */
interface Effort {
  readonly layer: LayerRun;
  /** Those of its MACs that nobody can leave out. */
  readonly required: number;
  readonly done: number;
  readonly busy: Multipliers;
  readonly all: Multipliers;
}

/**
 * Layers with fewer cycles or multiplications than their MACs take, or with another utilization, and a network with fewer cycles than its
 * MACs take however layers overlap. Nothing is wrong where a layer says what computes its MACs instead, or where no action of the hardware
 * is known to multiply.
 */
export function checkMultipliers(
  { cycles, layers }: AcceleratorRun,
  { workloads, components, prices }: Held,
  priced: readonly (PricedActions | undefined)[],
): readonly Problem[] {
  const all = multipliersOf(components, prices);
  if (all.rate === 0) return [];
  const multiplied = layers.filter(({ notMultiplied }) => notMultiplied === undefined);
  const required = (layer: LayerRun): number => {
    const workload = workloads.get(layer.name);
    const runs = multiplied.filter(({ name }) => name === layer.name);
    return workload === undefined ? 0 : layer.macs * requiredShare(workload, runs);
  };
  const problems: Problem[] = [];
  let macs = 0;
  for (const [index, layer] of layers.entries()) {
    const actions = priced[index];
    if (actions === undefined || layer.notMultiplied !== undefined) continue;
    macs += layer.macs;
    if (isPossible(layer, actions, all)) continue;
    const busy = actions.multipliers.length === 0 ? all : only(all, actions.multipliers);
    problems.push(...layerProblems({ layer, required: required(layer), done: actions.macs, busy, all }));
  }
  if (problems.length > 0 || macs <= cycles * all.rate) return problems;
  return tooFast('the network ', cycles, sum(multiplied.map(required)), all);
}

/** Whether nothing would be wrong with a layer even if it could leave out none of its MACs: so it is for most, and quickly told. */
function isPossible(
  { macs, cycles, utilization }: LayerRun,
  actions: PricedActions,
  { rates, rate }: Multipliers,
): boolean {
  const most = macs * (1 - SLACK);
  return (
    macs === 0 ||
    (most <= cycles * rateOf(rates, actions.multipliers) &&
      most <= actions.macs &&
      Math.abs(utilization * cycles * rate - macs) <= SLACK * macs)
  );
}

function layerProblems({ layer, required, done, busy, all }: Effort): readonly Problem[] {
  const { name, macs, cycles, utilization } = layer;
  const problems: Problem[] = [...tooFast('', cycles, required, busy, name)];
  if (required * (1 - SLACK) > done) {
    const found = `its actions stand for ${figureText(done)} multiplications, and it executes ${figureText(macs)} MACs`;
    problems.push([found, `at least ${figureText(required)}`, name, HINT]);
  }
  if (problems.length > 0 || isUtilization(utilization, layer, required, { busy, all })) return problems;
  const found = `its utilization is ${utilization}, for ${figureText(macs)} MACs in ${figureText(cycles)} cycles on ${namesOf(busy)}`;
  return [[found, `${macs / (cycles * busy.rate)}: ${figureText(busy.rate)} MACs are possible in a cycle`, name, HINT]];
}

/** Of all that multiplies or of what did; with the MACs that are executed, or those that nobody can leave out. */
function isUtilization(
  utilization: number,
  { macs, cycles }: LayerRun,
  required: number,
  { busy, all }: Pick<Effort, 'busy' | 'all'>,
): boolean {
  const least = required / (cycles * all.rate);
  const most = macs / (cycles * Math.min(...busy.rates.values()));
  return utilization >= least * (1 - SLACK) && utilization <= most * (1 + SLACK);
}

function tooFast(
  what: string,
  cycles: number,
  macs: number,
  multipliers: Multipliers,
  layer?: string,
): readonly Problem[] {
  const { rate } = multipliers;
  if (macs * (1 - SLACK) <= cycles * rate) return [];
  const found = `${what}takes ${figureText(cycles)} cycles for ${figureText(macs)} MACs on ${namesOf(multipliers)}`;
  const least = Math.ceil((macs / rate) * (1 - SLACK));
  return [[found, `at least ${figureText(least)} cycles: ${figureText(rate)} MACs are possible in one`, layer, HINT]];
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
