import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import plugin from '@archon-dse/accel-sparse';
import {
  packMask,
  type AcceleratorRun,
  type LayerCache,
  type LayerRun,
  type Network,
  type Options,
} from '@archon-dse/core';
import { changedOptions, describeAcceleratorContract } from '@archon-dse/testing';
import { initialState, planModel } from '@archon-dse/tensor';
import { nonZeroWeights, writeCheckpoint } from '@archon-dse/training';
import { lowerToWorkloads, NetworkBuilder } from '@archon-dse/workload';
import { afterAll, describe, expect, it } from 'vitest';
import { publishedPrices as price } from './published-prices.js';

const dir = mkdtempSync(join(tmpdir(), 'archon-executed-sparse-'));
afterAll(() => rmSync(dir, { recursive: true }));

/** 8 x 8 pixels; padding, a stride, groups, a depthwise layer and a dense one. */
function sample(filters = 24): Network {
  const net = new NetworkBuilder({ id: 'me/sample', input: [8, 8, 3], classes: 2 });
  net.block('b1');
  const first = net.relu(net.batchNorm(net.conv('conv', net.input, { filters, kernel: 3, stride: 2, role: 'conv' })));
  const second = net.relu(net.batchNorm(net.depthwise('depthwise', first, { kernel: 3 })));
  const last = net.relu(net.batchNorm(net.conv('grouped', second, { filters: 12, groups: 3, role: 'pointwise' })));
  net.block('tail');
  net.softmax(net.dense('fc', net.globalAveragePool('pool', last), 2));
  return net.build();
}

const network = sample();
const sparse = plugin.accelerators![0]!;

/** Weights as after `train`, of which a share is kept. */
function weightsOf(kept: number) {
  const state = initialState(planModel({ network, batch: 1 }), 5);
  const pruned = Object.entries(state).map(([name, { shape, data }]) => {
    const isKernel = name.endsWith('/kernel');
    return [name, { shape, data: data.map((value, at) => (isKernel && (at * 7919) % 100 >= kept * 100 ? 0 : value)) }];
  });
  return Object.fromEntries(pruned) as typeof state;
}

async function checkpointOf(name: string, kept: number): Promise<string> {
  const file = join(dir, name, 'model.safetensors');
  const info = { stage: 'train', network, dataset: 'procedural', seed: 1, epochs: 0, history: [], epoch: 0 };
  await writeCheckpoint(file, { info, tensors: weightsOf(kept) });
  return file;
}

const [dense, half] = [await checkpointOf('dense', 1), await checkpointOf('half', 0.5)];
const noCache: LayerCache = { get: () => undefined, set: () => undefined };

/** Workloads as the stages leave them. */
function workloadsOf(kept: number) {
  const tensors = weightsOf(kept);
  const masks = network.layers.flatMap((layer) => {
    const kernel = tensors[`${layer.name}/kernel`];
    const [workload] = lowerToWorkloads(network).filter(({ name }) => name === layer.name);
    if (kernel === undefined || workload === undefined) return [];
    const { M, C, R, S } = workload.problem;
    return [[layer.name, packMask([M * workload.groups, C, R, S], nonZeroWeights(layer, kernel))]];
  });
  return lowerToWorkloads(network, { masks: Object.fromEntries(masks) });
}
const pruned = workloadsOf(0.5);

interface Request {
  readonly checkpoint?: string | undefined;
  readonly workloads?: typeof pruned;
  readonly of?: Network;
}

async function run(changes: Options = {}, request: Request = {}): Promise<AcceleratorRun> {
  const { checkpoint = half, workloads = pruned, of = network } = request;
  const accelerator = sparse.create({ fidelity: 'executed', meshX: 4, meshY: 3, ...changes });
  const artifacts = 'checkpoint' in request && request.checkpoint === undefined ? {} : { checkpoint };
  const prices = price(accelerator.components());
  return accelerator.run({ workloads, network: of, artifacts, prices, cache: noCache, seed: 0 });
}

const layerOf = ({ layers }: AcceleratorRun, name: string): LayerRun => layers.find((layer) => layer.name === name)!;
const countOf = ({ actions }: LayerRun, component: string, dataSpace?: string): number =>
  actions
    .filter((action) => action.component === component && (dataSpace ?? action.dataSpace) === action.dataSpace)
    .reduce((sum, { count }) => sum + count, 0);

const executing = changedOptions(sparse.meta.options, {
  defaults: { fidelity: 'executed', meshX: 4, meshY: 3 },
  choices: { fidelity: ['executed'], pointwiseDensity: [1], depthwiseDensity: [1] },
});
describeAcceleratorContract(
  { ...plugin, accelerators: [{ ...sparse, meta: { ...sparse.meta, options: executing } }] },
  { describe, it, expect },
  {
    price,
    network,
    artifacts: { checkpoint: half },
    workloads: pruned,
    wordBits: 'dataBits',
    exceptions: {
      everyMac: 'those of zero weights are skipped',
      names: 'layers are found in the checkpoint by their names',
    },
    cases: [{ activations: 'skipped', images: 2 }],
  },
);

describe('layers on real inputs', () => {
  it.each(['per-channel', 'per-channel-throttled', 'ics21'])(
    'whose activations are computed take what the masks take, depthwise inputs %s',
    async (depthwiseInputs) => {
      const executed = await run({ depthwiseInputs });
      const analytical = await run({ depthwiseInputs, fidelity: 'analytical' });
      expect(executed.layers).toMatchObject(
        analytical.layers.map((layer) => ({ ...layer, notes: expect.any(Array) as string[] })),
      );
      expect(executed.metrics).toEqual({ cyclesAnalytical: analytical.cycles });
    },
  );

  it('take less where zero activations are skipped, layer by layer', async () => {
    const [skipped, computed] = [await run({ activations: 'skipped' }), await run()];
    for (const layer of skipped.layers) {
      const other = layerOf(computed, layer.name);
      expect(layer.cycles).toBeLessThanOrEqual(other.cycles);
      expect(layer.macs).toBeLessThanOrEqual(other.macs);
      expect(layer.execution?.cyclesAnalytical).toBe(other.cycles);
    }
    expect(skipped.cycles).toBeLessThan(computed.cycles);
    expect(skipped.metrics).toEqual(computed.metrics);
  });

  it('skip the padding, and what ReLUs clear', async () => {
    const all = await run({ activations: 'skipped' }, { checkpoint: dense, workloads: workloadsOf(1) });
    // Images have no zeros; behind 8 x 8 pixels a 3 x 3 kernel of stride 2 is one row and one column over: 11 of 12 rows are inside.
    const conv = layerOf(all, 'conv');
    expect(conv.execution?.shares).toMatchObject({ weightDensity: 1, activationDensity: 1 });
    expect(conv.macs).toBe(3 * 24 * 11 * 11);
    const { execution, macs } = layerOf(all, 'grouped');
    const { activationDensity = NaN } = execution?.shares ?? {};
    expect(activationDensity).toBeGreaterThan(0.1);
    expect(activationDensity).toBeLessThan(0.9);
    // Each of 24 channels meets the 4 outputs of its group.
    expect(macs).toBeCloseTo(24 * 4 * 16 * activationDensity, 6);
  });

  it('say how busy PEs were', async () => {
    const { layers } = await run({ activations: 'skipped', images: 2 });
    for (const { cycles, macs, execution } of layers) {
      const { shares = {}, stalls = {}, histograms = {} } = execution!;
      const { multiplications = [] } = histograms;
      const total = multiplications.reduce((sum, passes, count) => sum + passes * count, 0);
      expect(total).toBeCloseTo(2 * macs, 6);
      const { imbalance = 0, buffers = 0 } = stalls;
      expect(imbalance + buffers).toBeLessThanOrEqual(cycles);
      expect(shares['peUtilization']).toBeGreaterThan(0);
      expect(shares['peUtilization']).toBeLessThanOrEqual(1);
    }
  });

  it('spare the scratchpads what is not multiplied, and nothing else', async () => {
    const [skipped, computed] = [await run({ activations: 'skipped' }), await run()].map((one) =>
      layerOf(one, 'grouped'),
    ) as [LayerRun, LayerRun];
    expect(countOf(skipped, 'mac')).toBeCloseTo(skipped.macs, 6);
    const spared = computed.macs - skipped.macs;
    expect(spared).toBeGreaterThan(0);
    expect(countOf(computed, 'ifmap_spad') - countOf(skipped, 'ifmap_spad')).toBeCloseTo(spared, 6);
    expect(countOf(skipped, 'psum_spad')).toBeLessThan(countOf(computed, 'psum_spad'));
    expect(countOf(skipped, 'weights_spad')).toBeLessThan(countOf(computed, 'weights_spad'));
    for (const level of ['DRAM', 'shared_glb']) expect(countOf(skipped, level)).toBe(countOf(computed, level));
  });

  it('are means over images, the same however often they are asked for', async () => {
    const both = await run({ activations: 'skipped', images: 2 });
    expect(await run({ activations: 'skipped', images: 2 })).toEqual(both);
    const one = await run({ activations: 'skipped' });
    expect(layerOf(both, 'grouped').macs * 2 - layerOf(one, 'grouped').macs).toBeGreaterThan(0);
  });
});

describe('what cannot be executed', () => {
  const refusal = (code: string, message: string, more: object = {}) => ({
    diagnostics: [{ code, message: expect.stringContaining(message) as string, ...more }],
  });

  it.each([
    ['nothing', {}, { checkpoint: undefined }, 'there is no trained network to execute', {}],
    [
      'a network rewritten since',
      {},
      { of: sample(12) },
      'the trained weights are of another graph',
      { layer: 'conv' },
    ],
    ['zeros of a stage since', {}, { checkpoint: dense }, 'layer "conv" has other zeros', { layer: 'conv' }],
    [
      'layers of another network',
      {},
      { workloads: [{ ...pruned[0]!, name: 'other' }] },
      'layer "other" is not one',
      { layer: 'other' },
    ],
  ] as const)('%s', async (_, changes, request, message, more) => {
    await expect(run(changes, request)).rejects.toMatchObject(refusal('ARCHON_CHECKPOINT_INVALID', message, more));
  });

  it('without its images, or with images of another size', async () => {
    await expect(run({ data: dir })).rejects.toMatchObject(refusal('ARCHON_DATA_NOT_FOUND', ''));
    const files = [1, 2, 3, 4, 5].map((number) => `data_batch_${number}.bin`).concat('test_batch.bin');
    for (const name of files) writeFileSync(join(dir, name), new Uint8Array(1 + 3 * 32 ** 2));
    await expect(run({ data: dir })).rejects.toMatchObject(refusal('ARCHON_DATA_MISMATCH', '32'));
  });

  it('with zeros that options declare', () => {
    expect(() => sparse.create({ fidelity: 'executed', pointwiseDensity: 0.2 })).toThrow(
      'option pointwiseDensity is 0.2, and with fidelity "executed"',
    );
  });
});
