import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AcceleratorRun, LayerCache, LayerRun, Options, PriceComponents } from '@archon-dse/core';
import { changedOptions, describeAcceleratorContract } from '@archon-dse/testing';
import { initialState, planModel } from '@archon-dse/tensor';
import { writeCheckpoint } from '@archon-dse/training';
import { lowerToWorkloads } from '@archon-dse/workload';
import { afterAll, describe, expect, it } from 'vitest';
import plugin from '@archon-dse/accel-archon';
import { BOTTLENECK_RELUS, bottleneckNetwork } from './bottleneck-network.js';

const dir = mkdtempSync(join(tmpdir(), 'archon-executed-'));
afterAll(() => rmSync(dir, { recursive: true }));

const network = bottleneckNetwork(48);
const archon = plugin.accelerators![0]!;

/** Writes a checkpoint as after `predict`, of which a share of the weights of the block is kept. */
async function checkpointOf(name: string, kept: number, relus: readonly string[] = BOTTLENECK_RELUS): Promise<string> {
  const predictor = { relus, kernels: 'frozen' as const };
  const spec = relus.length === 0 ? {} : { predictor };
  const tensors = { ...initialState(planModel({ network, batch: 1, ...spec }), 5) };
  for (const kernel of ['b1.expand/kernel', 'b1.depthwise/kernel', 'b1.project/kernel']) {
    const { shape, data } = tensors[kernel]!;
    tensors[kernel] = { shape, data: data.map((value, at) => ((at * 7919) % 100 < kept * 100 ? value : 0)) };
  }
  const file = join(dir, name, 'model.safetensors');
  const info = { stage: 'predict', network, dataset: 'procedural', seed: 1, epochs: 0, history: [], epoch: 0 };
  await writeCheckpoint(file, {
    info: { ...info, ...(relus.length === 0 ? {} : { prediction: { predictor, gates: {} } }) },
    tensors,
  });
  return file;
}

const [dense, half, bare] = [
  await checkpointOf('dense', 1),
  await checkpointOf('half', 0.5),
  await checkpointOf('bare', 1, []),
];

const ACTIONS = ['access', 'compute', 'add', 'op', 'read', 'write', 'readOneBank', 'writeOneBank'];
const ONE = { value: 1, source: 'test' };
const price: PriceComponents = (components) => ({
  ert: Object.fromEntries(
    components.map(({ name }) => [name, Object.fromEntries(ACTIONS.map((action) => [action, ONE]))]),
  ),
  art: Object.fromEntries(components.map(({ name }) => [name, ONE])),
});
const noCache: LayerCache = { get: () => undefined, set: () => undefined };

async function run(checkpoint: string | undefined, changes: Options = {}): Promise<AcceleratorRun> {
  const accelerator = archon.create({ fidelity: 'executed', meshX: 4, meshY: 4, ...changes });
  const artifacts = checkpoint === undefined ? {} : { checkpoint };
  const prices = price(accelerator.components());
  return accelerator.run({ workloads: lowerToWorkloads(network), network, artifacts, prices, cache: noCache, seed: 0 });
}

const phaseOf = ({ layers }: AcceleratorRun, phase: string): LayerRun => layers.find((one) => one.phase === phase)!;
const countOf = ({ actions }: LayerRun, component: string, dataSpace?: string): number =>
  actions
    .filter((action) => action.component === component && (dataSpace ?? action.dataSpace) === action.dataSpace)
    .reduce((sum, { count }) => sum + count, 0);

const executing = changedOptions(archon.meta.options, {
  defaults: { fidelity: 'executed', meshX: 4, meshY: 4 },
  choices: { fidelity: ['executed'] },
});
describeAcceleratorContract(
  { ...plugin, accelerators: [{ ...archon, meta: { ...archon.meta, options: executing } }] },
  { describe, it, expect },
  {
    price,
    network,
    artifacts: { checkpoint: dense },
    workloads: lowerToWorkloads(network),
    exceptions: {
      everyMac: 'predictions and the fused convolution replace those of three layers',
      inTurn: 'with overlapped phases a block takes the cycles of the longer ones',
      traffic: 'no layer runs alone: a network without a fused block is refused',
      names: 'blocks are found in the checkpoint by their names',
    },
    cases: [{ coupling: 'fifo', maskWordsPerCycle: 2 }, { images: 2 }],
  },
);

describe('a block on real masks', () => {
  it('has the cycles that were counted beside those of its loop nest', async () => {
    const executed = await run(dense);
    const analytical = await run(dense, { fidelity: 'analytical' });
    expect(executed.metrics).toEqual({ cyclesAnalytical: analytical.cycles });
    const [main, nest] = [phaseOf(executed, 'main'), phaseOf(analytical, 'main')];
    expect(main.execution?.cyclesAnalytical).toBe(nest.cycles);
    // Every fused weight is a sum of up to 48 products, 6 of which are added in a cycle.
    expect(main.cycles).toBeGreaterThan(nest.cycles);
    const stalls = Object.values(main.execution?.stalls ?? {}).reduce((sum, lost) => sum + lost, 0);
    expect(stalls).toBeGreaterThan(0);
    expect(executed.cycles).toBe(executed.layers.reduce((sum, { cycles }) => sum + cycles, 0));
    expect(main.utilization).toBeCloseTo(main.macs / (main.cycles * 16), 12);
  });

  it('adds every product whose masks are 1, and reads each product once a tile', async () => {
    const main = phaseOf(await run(dense), 'main');
    const overhead = phaseOf(await run(dense), 'overhead');
    const { additions = [] } = main.execution?.histograms ?? {};
    const total = additions.reduce((sum, weights, count) => sum + weights * count, 0);
    expect(countOf(overhead, 'adder')).toBe(total);
    expect(countOf(main, 'mac')).toBe(additions.slice(1).reduce((sum, weights) => sum + weights, 0));
    // 4 tiles of 16 pixels: 9 taps x 4 outputs x 48 units x 3 inputs, 26 bit each in rows of 64
    expect(countOf(overhead, 'DRAM', 'Weights')).toBeCloseTo((4 * 9 * 4 * 48 * 3 * 26) / 64, 9);
  });

  it('takes longer where masks, products or DRAM are waited for, and no longer with more adders', async () => {
    const { cycles } = await run(dense);
    const cyclesOf = async (changes: Options): Promise<number> => (await run(dense, changes)).cycles;
    expect(await cyclesOf({ maskWordsPerCycle: 1 })).toBeGreaterThan(cycles);
    expect(await cyclesOf({ productsPerCycle: 2 })).toBeGreaterThan(cycles);
    expect(await cyclesOf({ dramBitsPerCycle: 16, prefetchWords: 0 })).toBeGreaterThan(cycles);
    expect(await cyclesOf({ addersPerPe: 12 })).toBeLessThan(cycles);
    const fifo = await run(dense, { coupling: 'fifo' });
    const { drain = 0 } = phaseOf(fifo, 'main').execution?.stalls ?? {};
    expect(fifo.cycles - drain).toBeLessThanOrEqual(cycles);
    const { fullestFifos = 0 } = phaseOf(fifo, 'main').execution?.shares ?? {};
    expect(fullestFifos).toBeGreaterThan(0);
    expect(fullestFifos).toBeLessThanOrEqual(1);
  });

  it('has less to add where weights are pruned or masks are those of true signs', async () => {
    const adds = async (file: string, changes: Options = {}) =>
      countOf(phaseOf(await run(file, changes), 'overhead'), 'adder');
    expect(await adds(half)).toBeLessThan(await adds(dense));
    expect(await adds(bare, { masks: 'trueSigns' })).toBeGreaterThan(0);
  });

  it('is the mean over images, the same however often it is asked', async () => {
    const both = await run(dense, { images: 2 });
    expect(await run(dense, { images: 2 })).toEqual(both);
    const one = await run(dense);
    expect(both.metrics).toEqual(one.metrics);
    expect(phaseOf(both, 'main').macs * 2 - phaseOf(one, 'main').macs).toBeGreaterThan(0);
  });
});

describe('what cannot be executed', () => {
  it.each([
    ['nothing', undefined, {}, 'there is no trained network to execute'],
    ['no predictors', bare, {}, 'without predictors'],
  ] as const)('%s', async (_, file, changes, message) => {
    await expect(run(file, changes)).rejects.toMatchObject({
      diagnostics: [{ code: 'ARCHON_CHECKPOINT_INVALID', message: expect.stringContaining(message) as string }],
    });
  });

  it('says which images are missing', async () => {
    await expect(run(dense, { data: dir })).rejects.toMatchObject({ diagnostics: [{ code: 'ARCHON_DATA_NOT_FOUND' }] });
  });
});
