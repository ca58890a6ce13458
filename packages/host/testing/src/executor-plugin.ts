import {
  API_VERSION,
  defineAccelerator,
  defineNetwork,
  definePlugin,
  defineStage,
  type Layer,
  type LayerRun,
  type Workload,
} from '@archon-dse/core';

/** A plugin small enough for an executor to evaluate in no time: what {@link describeExecutorContract} runs. */

const MADE_UP = 'made up for tests';

/** input -> 3 x 3 convolution -> 1 x 1 convolution, on an image of 4 x 4 x 2. */
const network = defineNetwork({
  name: 'tiny',
  title: 'Tiny network',
  description: 'Two convolutions.',
  source: MADE_UP,
  options: { width: { type: 'integer', description: 'Filters of the first layer.', default: 4, minimum: 1 } },
  build: ({ width }) => ({
    id: 'testing/tiny',
    input: [4, 4, 2],
    classes: 3,
    layers: [
      { name: 'input', op: 'input', inputs: [], block: 'head', role: 'input' },
      convolution('stem', 'input', 3, width),
      convolution('point', 'stem', 1, 3),
    ],
  }),
});

function convolution(name: string, input: string, kernel: number, filters: number): Layer {
  const shape = { kernel, stride: 1, groups: 1, filters, bias: false };
  return { name, op: 'conv', inputs: [input], block: 'head', role: 'stem', ...shape };
}

/** Pretends to prune, in two epochs, and tells more of them than is documented: it must not get in the way of threads. */
const thin = defineStage({
  name: 'thin',
  title: 'Thin out',
  description: 'Sets the weight density of every convolution.',
  source: MADE_UP,
  options: { density: { type: 'number', description: 'Share kept.', default: 0.5, minimum: 0, maximum: 1 } },
  metrics: { seedShare: { description: 'Seed of the stage as a share.', direction: 'maximize' } },
  apply(state, { density }, { seed, onProgress }) {
    for (const done of [1, 2]) {
      onProgress?.({ done, total: 2, unit: 'epoch', figures: ['loss\n1'], etaMs: 1000, ...{ extra: () => 1 } });
    }
    const layers = state.network.layers.filter(({ op }) => op === 'conv');
    return {
      ...state,
      densities: Object.fromEntries(layers.map(({ name }) => [name, { weights: density }])),
      metrics: { ...state.metrics, seedShare: seed / 2 ** 32 },
    };
  },
});

/** One cycle a MAC and multiplier; takes its time and goes wrong where it is told to. */
const mac = defineAccelerator({
  name: 'mac',
  title: 'Row of MACs',
  description: 'Computes, and fetches nothing.',
  source: MADE_UP,
  options: {
    macs: { type: 'integer', description: 'Multipliers.', default: 2, minimum: 1 },
    delayMs: { type: 'integer', description: 'Time a run takes at least.', default: 0, minimum: 0 },
    fault: { type: 'string', description: 'What goes wrong.', default: 'none', enum: ['none', 'throws', 'nan'] },
  },
  create: ({ macs, delayMs, fault }) => ({
    components: () => [{ name: 'mac', class: 'intmac', attributes: { dataBits: 8 }, instances: macs }],
    supports: () => ({ ok: true }),
    run({ workloads, seed }) {
      if (fault === 'throws') throw new TypeError('out of luck');
      if (delayMs > 0) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, delayMs);
      const layers = workloads.map((workload) => ({ ...runLayer(workload, macs), notes: [`seed ${seed}`] }));
      const cycles = fault === 'nan' ? Number.NaN : layers.reduce((sum, layer) => sum + layer.cycles, 0);
      return { cycles, layers };
    },
  }),
});

function runLayer({ name, block, role, macs, density }: Workload, multipliers: number): LayerRun {
  const cycles = Math.ceil(macs / multipliers);
  const count = macs * (density?.weights ?? 1);
  const actions = [{ component: 'mac', action: 'compute', count, dataSpace: 'Weights' as const }];
  return { name, block, role, macs, cycles, utilization: macs / (cycles * multipliers), actions };
}

export default definePlugin({
  meta: { name: '@archon-dse/testing', namespace: 'testing', version: '0.1.0', apiVersion: API_VERSION },
  networks: [network],
  stages: [thin],
  accelerators: [mac],
});
