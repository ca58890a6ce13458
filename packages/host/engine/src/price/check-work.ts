import {
  didYouMean,
  figureText,
  type AcceleratorRun,
  type Component,
  type PriceTables,
  type VectorWork,
  type Workload,
} from '@archon-dse/core';
import { excerpt } from '../border/safe-text.js';
import { checkMultipliers } from './check-multipliers.js';
import type { PricedActions } from './price-actions.js';
import { LONGEST_NAME, refuse, type Problem } from './problem.js';

/** What a run was given: layers to run, and hardware to run them on. */
export interface Task {
  readonly workloads: readonly Workload[];
  readonly vectorWork?: readonly VectorWork[];
  readonly components: readonly Component[];
  readonly prices: PriceTables;
}

/**
 * Refuses figures that contradict the layers, the hardware or each other: a layer left out, a network that ends before one of its layers,
 * fewer cycles or multiplications than the MACs take.
 *
 * @param run - one that `checkRun` lets pass
 * @param priced - what `priceActions` made of the actions of each layer
 * @throws ArchonError ARCHON_RESULT_INVALID, one diagnostic for each contradiction, naming layer, figure and bound
 */
export function checkWork(run: AcceleratorRun, task: Task, priced: readonly (PricedActions | undefined)[]): void {
  const workloads = new Map(task.workloads.map((workload) => [workload.name, workload]));
  refuse([
    ...checkNames(run, task),
    ...checkCycles(run),
    ...checkMultipliers(run, { workloads, components: task.components, prices: task.prices }, priced),
  ]);
}

/** Every layer with MACs is run, in one phase or more; one without may be, and no other. */
function checkNames({ layers }: AcceleratorRun, { workloads, vectorWork = [] }: Task): readonly Problem[] {
  const names = new Set(layers.map(({ name }) => name));
  const known = new Set([...workloads, ...vectorWork].map(({ name }) => name));
  const missing = workloads.filter(({ name }) => !names.has(name));
  const unknown = [...names].filter((name) => !known.has(name));
  return [
    ...missing.map(({ name }): Problem => ['was not run', 'at least one result for every layer of the network', name]),
    ...unknown.map((name): Problem => {
      const hint = didYouMean(excerpt(name, LONGEST_NAME), [...known]);
      return ['is no layer of the network', 'results of the layers that were given', name, hint];
    }),
  ];
}

/** Layers may overlap, but none ends after the network, and the network waits for nothing else. */
function checkCycles({ cycles, layers }: AcceleratorRun): readonly Problem[] {
  let [sum, longest] = [0, 0];
  for (const layer of layers) {
    sum += layer.cycles;
    longest = Math.max(longest, layer.cycles);
  }
  if (cycles <= sum && cycles >= longest) return [];
  const found = `the network takes ${figureText(cycles)} cycles`;
  if (cycles > sum) return [[found, `at most the ${figureText(sum)} of its layers together`]];
  const { name = '' } = layers.find((layer) => layer.cycles === longest) ?? {};
  return [[found, `at least the ${figureText(longest)} of layer "${excerpt(name, LONGEST_NAME)}"`]];
}
