import fusionet from '@archon-dse/net-fusionet';
import mnasnet from '@archon-dse/net-mnasnet';
import mobilenetV2 from '@archon-dse/net-mobilenetv2';
import shufflenet from '@archon-dse/net-shufflenet';
import type { AcceleratorRun, Options, Plugin } from '@archon-dse/core';
import { priceComponents } from '@archon-dse/pricing';
import { buildNetwork, runAccelerator } from '@archon-dse/testing';
import { lowerToWorkloads } from '@archon-dse/workload';
import { describe, expect, it } from 'vitest';
import archonPlugin from '@archon-dse/accel-archon';

const archon = archonPlugin.accelerators![0]!;
const cache = new Map();

async function run(plugin: Plugin, network: Options, options: Options): Promise<AcceleratorRun> {
  const workloads = lowerToWorkloads(buildNetwork(plugin.networks![0]!, network));
  const { supports } = archon.create(options);
  expect(workloads.filter((workload) => !supports(workload).ok).map(({ name }) => name)).toEqual([]);
  return runAccelerator(archon, { workloads, options, price: priceComponents, cache });
}

const cyclesOf = ({ layers }: AcceleratorRun, phase: string): readonly number[] =>
  layers.filter((layer) => layer.phase === phase).map(({ cycles }) => cycles);
const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
const repeated = (...runs: readonly (readonly [value: number, times: number])[]): readonly number[] =>
  runs.flatMap(([value, times]) => Array<number>(times).fill(value));

/** @source ICS'21 ARCHON experiments, result tables */
describe('cycles of the publication under ics21', () => {
  it('MobileNetV2: every block, the sums of the phases, and the whole network', async () => {
    const whole = await run(mobilenetV2, { variant: 'modified' }, { method: 'ics21' });
    const mains = [
      [55_296, 1],
      [82_944, 2],
      [27_648, 1],
      [36_864, 3],
      [11_520, 1],
      [14_400, 5],
      [28_800, 1],
    ] as const;
    expect(cyclesOf(whole, 'main')).toEqual(repeated(...mains));
    expect(sum(cyclesOf(whole, 'predict-expand'))).toBe(77_760);
    expect(sum(cyclesOf(whole, 'predict-second'))).toBe(23_004);
    expect(whole.cycles).toBe(718_116);
  });

  it('FusioNet: every block and the sums of the phases', async () => {
    const whole = await run(fusionet, {}, { method: 'ics21' });
    expect(cyclesOf(whole, 'predict-expand').slice(0, 5)).toEqual([12_629, 12_629, 12_629, 12_629, 6_314]);
    expect(cyclesOf(whole, 'predict-second').slice(0, 5)).toEqual([14_208, 14_208, 14_208, 3_552, 3_552]);
    const mains = [
      [36_864, 3],
      [18_432, 1],
      [36_864, 3],
      [13_824, 1],
      [20_736, 7],
      [34_560, 1],
    ] as const;
    expect(cyclesOf(whole, 'main')).toEqual(repeated(...mains));
    expect(sum(cyclesOf(whole, 'predict-expand'))).toBe(103_420);
    expect(sum(cyclesOf(whole, 'predict-second'))).toBe(68_088);
    expect(whole.cycles).toBe(604_660 + sum(cyclesOf(whole, 'layerwise')));
  });

  it('FusioNet b1: the overhead of 110.58 uJ', async () => {
    const whole = await run(fusionet, {}, { method: 'ics21' });
    const { ert } = priceComponents(archon.create({ method: 'ics21' }).components());
    const overhead = whole.layers.find(({ phase }) => phase === 'overhead')!;
    const energyPj = sum(
      overhead.actions.map(({ component, action, count }) => count * ert[component]![action]!.value),
    );
    expect(energyPj / 1e6).toBeCloseTo(110.58, 2);
  });
});

function areaUm2(changes: Options): number {
  const components = archon.create(changes).components();
  const { art } = priceComponents(components);
  return components
    .filter(({ inArea }) => inArea !== false)
    .reduce((sum, { name, instances }) => sum + instances * art[name]!.value, 0);
}

describe('area', () => {
  it('is the published one under ics21', () => {
    // The published tables round single areas.
    expect(areaUm2({ method: 'ics21' })).toBeCloseTo(1_474_072.68, -1);
    expect(areaUm2({ method: 'ics21', rules: ['areaAdders=corrected'] })).toBeCloseTo(1_531_226.86, -1);
  });

  it('counts all hardware otherwise', () => {
    expect(areaUm2({})).toBeCloseTo(1_531_226.86 + 164_714 + 8 * 235.68 + 1, -1);
  });
});

describe('corrected cycles', () => {
  it('FusioNet: each group of a main phase takes a quarter of the published nest, and there are four', async () => {
    const mains = cyclesOf(await run(fusionet, {}, {}), 'main');
    // Output pixels x 9 taps x inputs x outputs / 4 groups, on 64 PEs.
    expect(mains[0]).toBe((32 * 32 * 9 * 32 * 32) / 4 / 64);
    expect(mains[3]).toBe((16 * 16 * 9 * 32 * 64) / 4 / 64);
  });

  it('ShuffleNet: the shuffle between its pointwise layers leaves no groups', async () => {
    const mains = cyclesOf(await run(shufflenet, { variant: 'modified' }, {}), 'main');
    expect(mains[0]).toBe((32 * 32 * 9 * 24 * 18) / 64);
    // b3 computes 6 channels; the others are pooled.
    expect(mains[2]).toBe((16 * 16 * 9 * 18 * 6) / 64);
  });

  it('MnasNet: 5x5 blocks and squeeze-and-excite, which runs layer by layer', async () => {
    const whole = await run(mnasnet, { variant: 'modified' }, { ifmapSpadWords: 25 });
    // As computed from the shapes: b3 57 600, b4 76 800, b5 102 400, b12 to b14 40 000 each.
    const mains = cyclesOf(whole, 'main');
    expect([2, 3, 4, 11, 12, 13].map((index) => mains[index])).toEqual([
      57_600, 76_800, 102_400, 40_000, 40_000, 40_000,
    ]);
    const squeezes = whole.layers.filter(({ role }) => role === 'squeeze');
    expect(squeezes.length).toBeGreaterThan(0);
    expect(squeezes.every(({ phase }) => phase === 'layerwise')).toBe(true);
  });

  it('the original MnasNet: blocks with squeeze-and-excite inside are not fused', async () => {
    const { layers } = await run(mnasnet, {}, { ifmapSpadWords: 25 });
    const phases = (block: string): readonly string[] =>
      layers.filter((layer) => layer.block === block && layer.role !== 'squeeze').map(({ phase }) => phase ?? '');
    expect(phases('b2')).toEqual(['predict-expand', 'predict-second', 'main', 'overhead']);
    expect(phases('b3')).toEqual(['layerwise', 'layerwise', 'layerwise']);
  });
});
