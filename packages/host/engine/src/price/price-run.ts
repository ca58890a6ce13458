import type { AcceleratorRun, Component, LayerRecord, LayerRun, PriceTables } from '@archon-dse/core';
import type { Platform } from '../platform.js';
import { checkRun } from './check-run.js';
import { checkWork, type Task } from './check-work.js';
import type { ActionPricer, PricedActions } from './price-actions.js';
import { requireSize } from '../border/returned.js';

/** What a run comes to. */
export interface PricedRun {
  readonly cycles: number;
  readonly layers: readonly LayerRecord[];
}

/**
 * Layers with the price of their actions.
 *
 * @param run - as `copyRun` read it
 * @param task - what it was given
 * @param show - a value in a few words, for messages
 * @throws ArchonError ARCHON_RESULT_INVALID for figures that cannot be
 */
export function priceRun(run: AcceleratorRun, task: Task, pricer: ActionPricer, show: Platform['show']): PricedRun {
  const priced = run.layers.map(({ actions }) => pricer.price(actions, task.prices));
  checkRun(run, task.prices, priced, show);
  checkWork(run, task, priced);
  const layers = run.layers.map((layer, index) => layerRecord(layer, priced[index] ?? NO_ACTIONS));
  requireSize(layers, sum(priced.map((actions) => actions?.nameLength ?? 0)));
  return { cycles: run.cycles, layers };
}

const NO_ACTIONS: PricedActions = { energyPj: 0, energyByComponentPj: {}, nameLength: 0, macs: 0, multipliers: [] };

function layerRecord(layer: LayerRun, { energyPj, energyByComponentPj }: PricedActions): LayerRecord {
  const { name, block, role, phase, macs, cycles, utilization, mapping, tiles, notes, execution } = layer;
  return {
    name,
    block,
    role,
    ...(phase === undefined ? {} : { phase }),
    macs,
    cycles,
    energyPj,
    utilization,
    energyByComponentPj,
    ...(mapping === undefined ? {} : { mapping }),
    ...(tiles === undefined ? {} : { tiles }),
    ...(notes === undefined ? {} : { notes }),
    ...(execution === undefined ? {} : { execution }),
  };
}

/** Area of the whole accelerator: sum of instances x ART row, in um2, without components that are not part of it. */
export function priceArea(components: readonly Component[], prices: PriceTables): number {
  const counted = components.filter(({ inArea }) => inArea !== false);
  return sum(counted.map(({ name, instances }) => instances * (prices.art[name]?.value ?? Number.NaN)));
}

/** Where each component's prices come from, without repetition. */
export function priceSources(components: readonly Component[], prices: PriceTables): Record<string, string> {
  return Object.fromEntries(
    components.map(({ name }) => {
      const rows = [...Object.values(prices.ert[name] ?? {}), prices.art[name]];
      return [name, [...new Set(rows.flatMap((price) => price?.source ?? []))].join('; ')];
    }),
  );
}

export function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
