import {
  API_VERSION,
  defineAccelerator,
  type AcceleratorContribution,
  type AcceleratorInput,
  type AcceleratorRun,
  type Component,
  type JsonValue,
  type LayerRun,
  type Plugin,
  type Workload,
} from '@archon-dse/core';

const WORD_BITS = 16;
const DRAM_BITS = 64;

/** The parts of a small correct accelerator, of which a seeded fault replaces one. */
export interface Parts {
  readonly components: (lanes: number) => readonly Component[];
  readonly layer: (workload: Workload, lanes: number) => LayerRun;
  readonly layers: (workloads: readonly Workload[], layer: (workload: Workload) => LayerRun) => readonly LayerRun[];
  readonly cycles: (layers: readonly LayerRun[]) => number;
  /** Where a layer is kept in the cache. */
  readonly key: (workload: Workload, lanes: number) => string;
}

/** Lanes of one multiplier each; every tensor passes the DRAM once. */
export const SOUND: Parts = {
  components: (lanes) => [
    { name: 'mac', class: 'intmac', attributes: { dataBits: WORD_BITS }, instances: lanes },
    { name: 'DRAM', class: 'dram', attributes: { type: 'LPDDR4', widthBits: DRAM_BITS }, instances: 1 },
  ],
  layer: runLayer,
  layers: (workloads, layer) => workloads.map(layer),
  cycles: (layers) => layers.reduce((sum, { cycles }) => sum + cycles, 0),
  key: ({ problem, groups, macs }, lanes) => JSON.stringify([problem, groups, macs, lanes]),
};

function runLayer({ name, block, role, macs, problem, groups }: Workload, lanes: number): LayerRun {
  const { C, M, R, S, P, Q, N, strideP, strideQ } = problem;
  const inputs = N * C * ((P - 1) * strideP + R) * ((Q - 1) * strideQ + S);
  const words = groups * (M * C * R * S + inputs + N * M * P * Q);
  const cycles = Math.ceil(macs / lanes);
  return {
    ...{ name, block, role, macs, cycles, utilization: macs / (cycles * lanes) },
    actions: [
      { component: 'mac', action: 'compute', count: macs },
      { component: 'DRAM', action: 'access', count: Math.ceil((words * WORD_BITS) / DRAM_BITS) },
    ],
  };
}

/** The accelerator with some of its parts replaced. */
export function lanesOf(changes: Partial<Parts> = {}): Plugin {
  const parts = { ...SOUND, ...changes };
  const accelerator: AcceleratorContribution = defineAccelerator({
    name: 'lanes',
    title: 'Lanes',
    description: 'A row of multipliers.',
    source: 'made up for tests',
    options: { lanes: { type: 'integer', description: 'Multipliers.', default: 8, minimum: 1 } },
    create: ({ lanes }) => ({
      components: () => parts.components(lanes),
      supports: () => ({ ok: true }),
      run: (input) => run(parts, input, lanes),
    }),
  });
  const meta = { name: 'seeded', namespace: 'seeded', version: '1.0.0', apiVersion: API_VERSION };
  return { meta, accelerators: [accelerator] };
}

function run(parts: Parts, { workloads, cache }: AcceleratorInput, lanes: number): AcceleratorRun {
  const layers = parts.layers(workloads, (workload) => {
    const key = parts.key(workload, lanes);
    const known = cache.get(key) as unknown as LayerRun | undefined;
    const { name, block, role } = workload;
    if (known !== undefined) return { ...known, name, block, role };
    const layer = parts.layer(workload, lanes);
    cache.set(key, layer as unknown as JsonValue);
    return layer;
  });
  return { cycles: parts.cycles(layers), layers };
}
