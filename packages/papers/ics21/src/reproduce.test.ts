import { describe, expect, it } from 'vitest';
import { TABLES, type TableParameters } from './data/parameters.js';
import { reproduceIcs21 } from './reproduce.js';
import { allRules, readRules, type RuleStates } from './rules.js';
import { buildTable, tableKey } from './table.js';
import { totalsOf } from './totals.js';

const published = reproduceIcs21();
const parameters = (key: string): TableParameters => {
  const found = TABLES.find((table) => tableKey(table) === key);
  if (found === undefined) throw new RangeError(key);
  return found;
};
const mainCycles = (key: string, rules: RuleStates): readonly number[] =>
  buildTable(parameters(key), rules).archon.map(({ main }) => main.cycles);
const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

describe('published tables', () => {
  it.each([
    [
      'mobilenet-v2/cifar10',
      { result: 407, blocks: 181, archon: 98, overhead: 112, 'overhead-actions': 98, 'head-tail': 24, totals: 19 },
    ],
    [
      'fusionet/cifar10',
      { result: 399, blocks: 180, archon: 112, overhead: 128, 'overhead-actions': 112, 'head-tail': 20, totals: 19 },
    ],
    ['mobilenet-v2/cifar100', { sparse: 288, totals: 15 }],
    ['mnasnet/cifar10', { sparse: 206, totals: 9 }],
    ['mnasnet/cifar100', { sparse: 206, totals: 9 }],
    ['shufflenet/cifar10', { totals: 12 }],
    ['fusionet/cifar100', { totals: 18 }],
  ])('%s: every cell', (key, cells) => {
    const tables = published.tables.filter(({ network, dataset }) => `${network}/${dataset}` === key);
    expect(tables.flatMap(({ mismatches }) => mismatches)).toEqual([]);
    expect(Object.fromEntries(tables.map(({ table, matched }) => [table, matched]))).toEqual(cells);
  });

  it('count no quoted cell as reproduced', () => {
    const quoted = published.tables.filter((table) => table.quoted > 0);
    expect(
      quoted.map(({ network, dataset, table, quoted: count }) => `${network}/${dataset} ${table} ${count}`),
    ).toEqual([
      // Sparse cycles of eleven layers, in two tables.
      'mobilenet-v2/cifar10 result 11',
      'mobilenet-v2/cifar10 blocks 11',
      // Non-zero MACs and cycles of all layers; with a mapping that is not recorded, what depends on it.
      `mobilenet-v2/cifar100 sparse ${48 * 2}`,
      `mnasnet/cifar10 sparse ${45 * 2 + 32 * 2}`,
      `mnasnet/cifar100 sparse ${45 * 2 + 32 * 2}`,
    ]);
    const total = (count: 'cells' | 'matched'): number => sum(published.tables.map((table) => table[count]));
    expect([total('matched'), total('cells')]).toEqual([2672, 2672]);
  });

  it('show what does not agree', () => {
    const { tables } = reproduceIcs21({
      network: 'fusionet',
      dataset: 'cifar10',
      rules: readRules(['fifoActions=corrected']),
    });
    const result = tables.find(({ table }) => table === 'result');
    expect(result?.cells).toBe(399);
    expect(result?.matched).toBe(399 - 16);
    expect(result?.mismatches[0]).toMatchObject({ row: 'b1', column: 'overhead_e', published: '110.58' });
  });
});

describe('totals', () => {
  /** @source ICS'21 ARCHON experiments, result tables */
  it.each([
    ['mobilenet-v2/cifar10', 4_132_672, 1_512_504, 718_116, 5.755, 2.106],
    ['mobilenet-v2/cifar100', 4_135_552, 1_622_008, 592_647, 6.978, 2.737],
    ['mnasnet/cifar10', 4_477_760, 1_529_640, 940_768, 4.76, 1.626],
    ['mnasnet/cifar100', 4_480_640, 1_578_944, 834_000, 5.372, 1.893],
    ['shufflenet/cifar10', 2_204_592, 598_912, 295_535, 7.46, 2.027],
    ['fusionet/cifar10', 2_253_232, 647_552, 636_988, 3.537, 1.017],
    ['fusionet/cifar100', 2_195_136, 589_456, 649_668, 3.379, 0.907],
  ])('%s: cycles and speed-ups', (key, ...figures) => {
    const [dense, sparse, archon, speedupDense, speedupSparse] = figures;
    const totals = published.totals.find(({ network, dataset }) => `${network}/${dataset}` === key);
    expect([totals?.dense.cycles, totals?.sparse.cycles, totals?.archon.cycles]).toEqual([dense, sparse, archon]);
    expect(totals?.speedupDense).toBeCloseTo(speedupDense, 3);
    expect(totals?.speedupSparse).toBeCloseTo(speedupSparse, 3);
  });

  it('say where their mappings and sparse cycles come from', () => {
    const how = published.totals.map(
      ({ network, dataset, mappings, sparseCycles }) => `${network}/${dataset} ${mappings} ${sparseCycles}`,
    );
    expect(how).toEqual([
      'mobilenet-v2/cifar10 published partly-given',
      'mobilenet-v2/cifar100 searched given',
      'mnasnet/cifar10 searched given',
      'mnasnet/cifar100 searched given',
      'shufflenet/cifar10 searched recorded',
      'fusionet/cifar10 published recorded',
      'fusionet/cifar100 searched recorded',
    ]);
  });

  it('count the sparse layers that are quoted', () => {
    const layers = published.totals.map(({ sparseLayers: { recorded, given, overwritten } }) => [
      ...[recorded, given, overwritten],
    ]);
    expect(layers).toEqual([
      [37, 0, 11],
      [0, 37, 11],
      [0, 34, 11],
      [0, 34, 11],
      [45, 0, 0],
      [45, 0, 0],
      [45, 0, 0],
    ]);
  });

  it('name the pair behind the abstract, as an inference', () => {
    const { headline, totals } = published;
    const pair = totals.find(({ network, dataset }) => network === headline.network && dataset === headline.dataset);
    expect(headline).toMatchObject({ network: 'mobilenet-v2', dataset: 'cifar10', isInference: true });
    expect(headline.speedupDense).toBe(pair?.speedupDense);
    expect(headline.speedupSparse).toBe(pair?.speedupSparse);
  });
});

describe('main phases', () => {
  const both = readRules(['skippedMainBlocks=corrected', 'mainWithoutMapping=corrected']);

  it('sum to 699 264 and 127 116 cycles as published, to 674 752 and 112 860 from their shapes', () => {
    const none = allRules('published');
    expect(sum(mainCycles('mnasnet/cifar10', none))).toBe(699_264);
    expect(sum(mainCycles('shufflenet/cifar10', none))).toBe(127_116);
    expect(sum(mainCycles('mnasnet/cifar10', both))).toBe(674_752);
    expect(sum(mainCycles('shufflenet/cifar10', both))).toBe(112_860);
  });

  it('of single blocks are those of their shapes', () => {
    const mnasnet = mainCycles('mnasnet/cifar10', both);
    expect(mnasnet.slice(2, 7)).toEqual([57_600, 76_800, 102_400, 36_864, 36_864]);
    expect(mnasnet[9]).toBe(14_400);
    expect(mnasnet.slice(11, 14)).toEqual([40_000, 40_000, 40_000]);
    const shufflenet = mainCycles('shufflenet/cifar10', both);
    expect([shufflenet[2], shufflenet[6]]).toEqual([5184, 3024]);
  });
});

describe('corrected tables', () => {
  const corrected = reproduceIcs21({ rules: allRules('corrected') });

  it('run without any published figure but the sparse cycles that are quoted', () => {
    for (const { dense, sparse, archon } of corrected.totals) {
      for (const { cycles, energyUj } of [dense, sparse, archon]) {
        expect(Number.isInteger(cycles)).toBe(true);
        expect(energyUj).toBeGreaterThan(0);
      }
    }
    expect(corrected.totals.every(({ method, mappings }) => method === 'corrected' && mappings === 'searched')).toBe(
      true,
    );
    expect(published.totals.every(({ method }) => method === 'ics21')).toBe(true);
  });

  it('cost less energy on the sparse than on the dense accelerator', () => {
    for (const { dense, sparse } of corrected.totals) expect(sparse.energyUj).toBeLessThan(dense.energyUj);
  });
});

describe('mistakes', () => {
  it.each([
    [{ network: 'mobilenet' }, /no published network is called "mobilenet"/],
    [{ dataset: 'imagenet' }, /no published dataset is called "imagenet"/],
    [{ network: 'shufflenet', dataset: 'cifar100' }, /no table of "shufflenet" on "cifar100"/],
  ])('%j is refused', (options, message) => {
    expect(() => reproduceIcs21(options)).toThrow(message);
  });
});

describe('totals of a table', () => {
  it('add what its rows show', () => {
    const table = buildTable(parameters('fusionet/cifar10'), allRules('published'));
    const totals = totalsOf(table);
    const rows = table.archon.map(({ expand, second, main }) => expand.cycles + second.cycles + main.cycles);
    const outer = [...table.head, ...table.tail].map(({ archon }) => archon?.cycles ?? 0);
    expect(totals.archon.cycles).toBe(sum(rows) + sum(outer));
  });
});
