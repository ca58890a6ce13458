import { describe, expect, it } from 'vitest';
import { TABLES } from './data/parameters.js';
import { sparseCycles, sparseRecords, type SparseLayer } from './sparse.js';

const names = [...new Set(TABLES.map(({ baseline }) => baseline.sparseWeights))];
const records = names.flatMap((name) => {
  const table = TABLES.find(({ baseline }) => baseline.sparseWeights === name);
  const blocks = table === undefined ? [] : sparseRecords(table.baseline);
  return blocks.flatMap((block, index) =>
    Object.values(block).map((record) => ({ title: `${name} b${index + 1} ${record.layer}`, record })),
  );
});
const recorded = records.filter(({ record }) => record.passes.length > 0);

describe('recorded passes', () => {
  it('cover ShuffleNet, and MobileNetV2 on CIFAR-10 but eleven layers that were overwritten', () => {
    expect(records).toHaveLength(2 * 48 + 2 * 45 + 45);
    expect(recorded).toHaveLength(37 + 45);
    const isRecorded = records.map(({ record }) => record.cyclesFrom === 'recorded');
    expect(isRecorded).toEqual(records.map(({ record }) => record.passes.length > 0));
  });

  it.each(recorded)('$title: busiest PEs give the published cycles', ({ record }) => {
    expect(sparseCycles(record)).toBe(record.publishedCycles);
  });

  it.each(recorded)('$title: PEs together meet every non-zero weight', ({ record }) => {
    const met = record.passes.reduce(
      (sum, { times, nonZeros }) => sum + times * nonZeros.reduce((total, count) => total + count, 0),
      0,
    );
    expect(met).toBe(record.nonZeroMacs);
  });
});

describe('published rows', () => {
  it.each(records)('$title: as sparse as the network was pruned, and no faster than its work allows', ({ record }) => {
    const density = record.nonZeroMacs / record.denseMacs;
    expect(density).toBeCloseTo(record.layer === 'DW' ? 0.3 : 0.2, 3);
    expect(record.publishedCycles * 72).toBeGreaterThanOrEqual(record.nonZeroMacs);
    expect(record.publishedCycles).toBeLessThan(record.denseMacs / 40);
  });

  /** Each table lost the passes of eleven first layers, to those of other layers. */
  it.each(['mobilenet-v2/cifar10', 'mobilenet-v2/cifar100', 'mnasnet/cifar10', 'mnasnet/cifar100'])(
    '%s: eleven overwritten, all of them first layers',
    (name) => {
      const lost = records.filter(
        ({ title, record }) => title.startsWith(`${name} `) && record.cyclesFrom === 'overwritten',
      );
      expect(lost.map(({ record }) => record.layer)).toEqual(Array(11).fill('PW1'));
    },
  );

  /** @source ICS'21 ARCHON experiments, result tables */
  it.each([
    ['mobilenet-v2/cifar10', 1_059_576],
    ['mobilenet-v2/cifar100', 1_166_200],
    ['mnasnet/cifar10', 1_093_096],
    ['mnasnet/cifar100', 1_139_520],
  ])('%s: add up to the published total of the blocks', (name, total) => {
    const own = records.filter(({ title }) => title.startsWith(`${name} `));
    expect(own.reduce((sum, { record }) => sum + sparseCycles(record), 0)).toBe(total);
  });
});

describe('sparseCycles', () => {
  const layer = (passes: SparseLayer['passes']): SparseLayer => ({
    layer: 'PW1',
    denseMacs: 100,
    nonZeroMacs: 20,
    publishedCycles: 77,
    passes,
    cyclesFrom: passes.length > 0 ? 'recorded' : 'overwritten',
  });

  it('waits for the busiest PE in every pass', () => {
    const passes = [
      { times: 10, nonZeros: [1, 5, 2] },
      { times: 2, nonZeros: [7, 0, 0] },
    ];
    expect(sparseCycles(layer(passes))).toBe(10 * 5 + 2 * 7);
  });

  it('falls back on the published figure where the record is lost', () => {
    expect(sparseCycles(layer([]))).toBe(77);
  });

  it('is 2 176 for the first layer of ShuffleNet', () => {
    const first = recorded.find(({ title }) => title === 'shufflenet b1 PW1');
    expect(first?.record.passes[0]?.nonZeros).toHaveLength(72);
    expect(sparseCycles(first?.record ?? layer([]))).toBe(2176);
  });
});
