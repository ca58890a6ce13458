import type { ActionCount, LayerRun, Workload } from '@archon-dse/core';
import { SOUND, type Parts } from './lanes.js';

/** A fault in every layer. */
const inLayers = (change: (layer: LayerRun, workload: Workload, lanes: number) => LayerRun): Partial<Parts> => ({
  layer: (workload, lanes) => change(SOUND.layer(workload, lanes), workload, lanes),
});

const actions = (layer: LayerRun, change: (action: ActionCount) => ActionCount): LayerRun => ({
  ...layer,
  actions: layer.actions.map(change),
});

const inCycles = (layer: LayerRun, cycles: number, lanes: number): LayerRun => ({
  ...layer,
  cycles,
  utilization: layer.macs / (cycles * lanes),
});

/** What goes wrong, by the name of the fault. Whoever keeps something between runs gets it anew each time. */
export const ACCELERATOR_FAULTS: Readonly<Record<string, () => Partial<Parts>>> = {
  'cycles a tenth of MACs / multipliers': () =>
    inLayers((layer) => ({ ...layer, cycles: Math.ceil(layer.cycles / 10), utilization: 1 })),
  'multiplier actions a tenth of the MACs': () =>
    inLayers((layer) =>
      actions(layer, (action) => (action.component === 'mac' ? { ...action, count: action.count / 10 } : action)),
    ),
  'more multipliers, more cycles': () =>
    inLayers((layer, _, lanes) => inCycles(layer, layer.macs * (1 + lanes), lanes)),
  'a negative count': () => inLayers((layer) => actions(layer, (action) => ({ ...action, count: -1 }))),
  'cycles that are no number': () => inLayers((layer) => ({ ...layer, cycles: Number.NaN })),
  'cycles that are a fraction': () => inLayers((layer, _, lanes) => inCycles(layer, layer.cycles + 0.5, lanes)),
  'no DRAM traffic': () =>
    inLayers((layer) => ({ ...layer, actions: layer.actions.filter(({ component }) => component !== 'DRAM') })),
  'groups ignored': () => ({
    layer: (workload, lanes) => SOUND.layer({ ...workload, groups: 1, macs: workload.macs / workload.groups }, lanes),
  }),
  'network cycles half the sum of its layers': () => ({ cycles: (layers) => Math.ceil(SOUND.cycles(layers) / 2) }),
  'network cycles above the sum of its layers': () => ({ cycles: (layers) => SOUND.cycles(layers) + 1 }),
  randomness: () => {
    let state = 0;
    return inLayers((layer, _, lanes) => inCycles(layer, layer.cycles + (state += 1), lanes));
  },
  'a memo by the name of the layer, across options': () => {
    const known = new Map<string, LayerRun>();
    return {
      key: (workload) => JSON.stringify([workload.name, Math.random()]),
      layer: (workload, lanes) => {
        const layer = known.get(workload.name) ?? SOUND.layer(workload, lanes);
        known.set(workload.name, layer);
        return layer;
      },
    };
  },
  'a cache key without the options': () => ({ key: ({ problem, groups }) => JSON.stringify([problem, groups]) }),
  'the area of one instance': () => ({ components: () => SOUND.components(1) }),
  'an utilization that contradicts the cycles': () => inLayers((layer) => ({ ...layer, utilization: 0.5 })),
  'an input that is written to': () => ({
    layer: (workload, lanes) => SOUND.layer(Object.assign(workload, { groups: 1 }), lanes),
  }),
  'a layer left out': () => ({ layers: (workloads, layer) => SOUND.layers(workloads.slice(1), layer) }),
  'a layer too many': () => ({
    layers: (workloads, layer) => {
      const layers = SOUND.layers(workloads, layer);
      return [...layers, ...layers.slice(0, 1).map((first) => ({ ...first, name: 'bonus' }))];
    },
  }),
};
