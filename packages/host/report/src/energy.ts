import type { LayerRecord } from '@archon-dse/core';
import { compareText } from './option-columns.js';

type EnergyByName = Readonly<Record<string, number>>;

/** Energies of several layers summed by component or `component/dataSpace`, names in ascending order. */
export function sumEnergies(layers: readonly Pick<LayerRecord, 'energyByComponentPj'>[]): Record<string, number> {
  const sums = new Map<string, number>();
  for (const { energyByComponentPj } of layers) {
    for (const [name, pj] of Object.entries(energyByComponentPj)) sums.set(name, (sums.get(name) ?? 0) + pj);
  }
  return Object.fromEntries([...sums].sort(([a], [b]) => compareText(a, b)));
}

/** Totals by component alone: its own entry where there is one, else the sum of its data spaces. */
export function byComponent(energies: EnergyByName): Record<string, number> {
  const totals = new Map<string, number>();
  for (const [name, pj] of Object.entries(energies)) {
    const component = componentOf(name);
    if (name !== component && Object.hasOwn(energies, component)) continue;
    totals.set(component, (totals.get(component) ?? 0) + pj);
  }
  return Object.fromEntries(totals);
}

/** `dram` of `dram/weights`. */
export function componentOf(name: string): string {
  const slash = name.indexOf('/');
  return slash < 0 ? name : name.slice(0, slash);
}
