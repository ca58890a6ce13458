import type { Component, LayerRecord, LayerRun, PriceTables } from '@archon-dse/core';

/** Prices the actions of one layer: energy = sum of count x ERT row, in pJ. Every action must have a row. */
export function priceLayer(layer: LayerRun, prices: PriceTables): LayerRecord {
  const energyByComponentPj: Record<string, number> = {};
  let energyPj = 0;
  const add = (key: string, pj: number): void => {
    energyByComponentPj[key] = (energyByComponentPj[key] ?? 0) + pj;
  };
  for (const { component, action, count, dataSpace } of layer.actions) {
    const pj = count * (prices.ert[component]?.[action]?.value ?? Number.NaN);
    energyPj += pj;
    add(component, pj);
    if (dataSpace !== undefined) add(`${component}/${dataSpace}`, pj);
  }
  const { name, block, role, phase, macs, cycles, utilization, mapping, notes } = layer;
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
    ...(notes === undefined ? {} : { notes: [...notes] }),
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
