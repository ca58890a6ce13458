import { ARCHITECTURES } from '@archon-dse/architecture';
import type { LayerRun, Workload } from '@archon-dse/core';
import { priceComponents } from '@archon-dse/pricing';
import { describe, expect, it } from 'vitest';
import { spatial } from './spatial.js';

/** Accesses of a level by data space: words over the words of a row. */
type Traffic = readonly (readonly [component: string, dataSpace: string, accesses: number])[];

/** Layers of ResNet-50 at 224, worked by hand on each design; cycles are macs over the MACs that can work, where no memory is slower. */
const CASES: readonly (readonly [name: string, layer: Workload, cycles: number, utilization: number, Traffic])[] = [
  [
    'eyeriss', // 14 of 14 columns for Q, 4 channels x 3 kernel columns in 12 rows: every PE works
    conv({ C: 256, M: 256, kernel: 3, plane: 14 }),
    (256 * 256 * 9 * 196) / 168,
    1,
    [['DRAM', 'Outputs', (256 * 196) / 4]],
  ],
  [
    'nvdla', // 8 kernel groups of 32, 16 blocks of 64 channels, 7 stripes of 28 outputs
    conv({ C: 1024, M: 256, kernel: 1, plane: 14 }),
    8 * 16 * 7 * 28,
    1,
    [
      ['DRAM', 'Weights', (1024 * 256) / 8],
      ['DRAM', 'Inputs', (1024 * 196) / 8],
      ['DRAM', 'Outputs', (256 * 196) / 8],
      ['cbuf', 'Weights', (8 * 16 * 7 * 32 * 64 + 1024 * 256) / 32], // each stripe reads its 32 x 64 weights; filled once
      ['cbuf', 'Inputs', (8 * 16 * 7 * 28 * 64 + 1024 * 196) / 32], // each kernel group reads all inputs
      ['mac', '', 1024 * 256 * 196],
    ],
  ],
  [
    'shidiannao', // 14 is no multiple of 8: blocks of 7 x 7 outputs keep 49 of 64 PEs
    conv({ C: 256, M: 256, kernel: 3, plane: 14 }),
    (256 * 256 * 9 * 196) / 49,
    49 / 64,
    [],
  ],
  [
    'shidiannao', // 112 is one
    conv({ C: 3, M: 64, kernel: 7, plane: 112, stride: 2 }),
    (3 * 64 * 49 * 112 * 112) / 64,
    1,
    [['DRAM', 'Outputs', (64 * 112 * 112) / 4]],
  ],
  [
    'tpu-v1', // 4 x 196 cycles of work wait for 262 144 weights and 200 704 inputs at 48.57 bytes a cycle
    conv({ C: 1024, M: 256, kernel: 1, plane: 14 }),
    Math.ceil((1024 * 256 + 1024 * 196) / 48.57),
    784 / Math.ceil((1024 * 256 + 1024 * 196) / 48.57),
    [
      ['DRAM', 'Weights', (1024 * 256) / 8],
      ['cell', 'Weights', 1024 * 256 * (1 + 196)], // each weight is loaded into its cell once and meets 196 inputs
    ],
  ],
  [
    'simba', // 4 x 4 of 6 x 6 chiplets: 256 has no factor 6
    conv({ C: 256, M: 256, kernel: 3, plane: 14 }),
    (256 * 256 * 9 * 196) / (16 * 16 * 64),
    16 / 36,
    [['DRAM', 'Weights', (256 * 256 * 9) / 8]],
  ],
  [
    'diannao', // 256 products a cycle, each with a weight of its own from SB
    conv({ C: 1024, M: 256, kernel: 1, plane: 14 }),
    (1024 * 256 * 196) / 256,
    1,
    [['mac', '', 1024 * 256 * 196]],
  ],
];

describe('shipped designs', () => {
  it.each(CASES)('%s takes what was worked out by hand', (name, workload, cycles, utilization, traffic) => {
    const layer = runOn(name, workload);
    expect(layer.cycles).toBe(cycles);
    expect(layer.utilization).toBeCloseTo(utilization, 12);
    const accesses = ([component, dataSpace]: Traffic[number]): number =>
      layer.actions
        .filter((action) => action.component === component && (action.dataSpace ?? '') === dataSpace)
        .reduce((sum, { count }) => sum + count, 0);
    expect(traffic.map((one) => [one[0], one[1], accesses(one)])).toEqual(traffic);
  });

  it.each([
    ['eyeriss', 168],
    ['nvdla', 2048],
    ['shidiannao', 64],
    ['tpu-v1', 65_536],
    ['simba', 36 * 1024],
    ['diannao', 256],
  ])('%s has the published %i MACs', (name, macs) => {
    expect(array(name).components().at(-1)).toMatchObject({ name: 'mac', instances: macs });
  });

  it('TPU v1 has the published ridge of its roofline, 1350 MACs a byte of weights', () => {
    const { levels } = ARCHITECTURES['tpu-v1'] as { levels: { readBandwidth: number }[] };
    expect(65_536 / (levels[0]?.readBandwidth ?? NaN)).toBeCloseTo(1350, -1);
  });
});

function array(name: string) {
  return spatial.create({ architecture: ARCHITECTURES[name] ?? null });
}

function runOn(name: string, workload: Workload): LayerRun {
  const accelerator = array(name);
  const prices = priceComponents(accelerator.components());
  const { layers } = accelerator.run({ workloads: [workload], prices, cache: new Map(), seed: 0 });
  const [layer] = layers;
  if (layer === undefined) throw new Error('no layer');
  return layer;
}

function conv({
  C,
  M,
  kernel,
  plane,
  stride = 1,
}: Record<'C' | 'M' | 'kernel' | 'plane', number> & { stride?: number }): Workload {
  const problem = { C, M, R: kernel, S: kernel, P: plane, Q: plane, N: 1, strideP: stride, strideQ: stride };
  const macs = C * M * kernel ** 2 * plane ** 2;
  return { name: 'layer', block: 'net', role: 'conv', op: 'conv', problem, groups: 1, macs };
}
