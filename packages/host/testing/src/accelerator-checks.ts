import {
  type AcceleratorRun,
  canonicalJson,
  type Component,
  type JsonValue,
  type LayerCache,
  type LayerRun,
  type PriceTables,
  type Workload,
} from '@archon-dse/core';

/** A cache that keeps JSON text, so that a value that does not survive JSON shows. */
export function jsonCache(): LayerCache {
  const texts = new Map<string, string>();
  return {
    get: (key) => {
      const text = texts.get(key);
      return text === undefined ? undefined : (JSON.parse(text) as JsonValue);
    },
    set: (key, value) => void texts.set(key, canonicalJson(value)),
  };
}

/** What is wrong with the components, one line each. */
export function componentProblems(components: readonly Component[], prices: PriceTables): readonly string[] {
  const names = components.map(({ name }) => name);
  return components.flatMap(({ name, instances }, index) => [
    ...complaint(names.indexOf(name) === index, `component "${name}" is listed twice`),
    ...complaint(Number.isInteger(instances) && instances > 0, `"${name}" has ${instances} instances`),
    ...complaint(prices.ert[name] !== undefined, `"${name}" has no energies`),
    ...complaint(prices.art[name] !== undefined, `"${name}" has no area`),
  ]);
}

/** What is wrong with the figures of a run, one line each. */
export function runProblems(
  run: AcceleratorRun,
  components: readonly Component[],
  prices: PriceTables,
): readonly string[] {
  const cycles = run.layers.map((layer) => layer.cycles);
  const total = cycles.reduce((sum, value) => sum + value, 0);
  return [
    ...complaint(isCount(run.cycles), `the run takes ${run.cycles} cycles`),
    ...complaint(run.cycles <= total, `the run takes ${run.cycles} cycles, its layers only ${total}`),
    ...complaint(run.cycles >= Math.max(0, ...cycles), `the run takes ${run.cycles} cycles, one of its layers more`),
    ...run.layers.flatMap((layer) => layerProblems(layer, components, prices)),
  ];
}

function layerProblems(layer: LayerRun, components: readonly Component[], prices: PriceTables): readonly string[] {
  const { name, cycles, macs, utilization, actions } = layer;
  return [
    ...complaint(isCount(cycles), `${name}: ${cycles} cycles`),
    ...complaint(Number.isFinite(macs) && macs >= 0, `${name}: ${macs} MACs`),
    ...complaint(utilization >= 0 && utilization <= 1, `${name}: utilization ${utilization}`),
    ...actions.flatMap(({ component, action, count }) => [
      ...complaint(
        components.some((known) => known.name === component),
        `${name}: "${component}" is no component`,
      ),
      ...complaint(
        prices.ert[component]?.[action] !== undefined,
        `${name}: "${component}" has no energy of "${action}"`,
      ),
      ...complaint(Number.isFinite(count) && count > 0, `${name}: ${count} times "${action}" of "${component}"`),
    ]),
  ];
}

/** Workloads whose layers, over all phases, do not execute their MACs, one line each. */
export function macProblems(run: AcceleratorRun, workloads: readonly Workload[]): readonly string[] {
  return workloads.flatMap(({ name, macs }) => {
    const layers = run.layers.filter((layer) => layer.name === name);
    const executed = layers.reduce((sum, layer) => sum + layer.macs, 0);
    return complaint(executed === macs, `${name}: ${executed} of ${macs} MACs`);
  });
}

function isCount(value: number): boolean {
  return Number.isInteger(value) && value >= 0;
}

function complaint(holds: boolean, text: string): readonly string[] {
  return holds ? [] : [text];
}
