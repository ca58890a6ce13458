import { describe, expect, it } from 'vitest';
import { TABLES } from './data/parameters.js';
import { sparseCycles, sparseRecords, type SparseLayer } from './sparse.js';

const records = ['mobilenet-v2', 'shufflenet'].flatMap((name) => {
  const table = TABLES.find(({ baseline }) => baseline.sparseWeights === name);
  const blocks = table === undefined ? [] : (sparseRecords(table.baseline) ?? []);
  return blocks.flatMap((block, index) =>
    Object.values(block).map((record) => ({ title: `${name} b${index + 1} ${record.layer}`, record })),
  );
});
const recorded = records.filter(({ record }) => record.passes.length > 0);

describe('recorded passes', () => {
  it('cover all layers of both networks but eleven that were overwritten', () => {
    expect(records).toHaveLength(48 + 45);
    expect(recorded).toHaveLength(37 + 45);
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
    const density = record.nonZeroMacs / record.denseMacs;
    expect(density).toBeCloseTo(record.layer === 'DW' ? 0.3 : 0.2, 3);
  });
});

describe('sparseCycles', () => {
  const layer = (passes: SparseLayer['passes']): SparseLayer => ({
    layer: 'PW1',
    denseMacs: 100,
    nonZeroMacs: 20,
    publishedCycles: 77,
    passes,
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
