import { describe, expect, it } from 'vitest';
import type { NetworkFigures } from './figures.js';
import { caveat, figureNotes, generalNotes, networkTitle, sparseNote } from './notes.js';
import type { NetworkTotals } from './reproduce.js';

const cost = (energyUj: number) => ({ cycles: 1, energyUj, name: 'fc' });
const network = (outer: Pick<NetworkFigures, 'head' | 'tail'>): NetworkFigures => ({
  ...{ network: 'shufflenet', dataset: 'cifar10', dense: [], sparse: [], archon: [] },
  ...outer,
});
const fair = network({ head: [{ dense: cost(1), archon: cost(1) }], tail: [] });
const totals = {
  ...{ network: 'shufflenet', dataset: 'cifar10', baseline: 'ShuffleNet', mappings: 'published' },
  sparseCycles: 'recorded',
  sparseLayers: { recorded: 3, given: 0, overwritten: 0 },
  printed: { dense: cost(100), sparse: cost(90), archon: cost(125) },
} as unknown as NetworkTotals;

describe('notes on figures', () => {
  it('name networks as people write them', () => {
    expect(networkTitle('mobilenet-v2', 'cifar100')).toBe('MobileNetV2, CIFAR-100');
    expect(networkTitle('other')).toBe('other');
  });

  it('say when only one side has head and tail', () => {
    expect(caveat(fair)).toBeUndefined();
    expect(caveat(network({ head: [], tail: [] }))).toBeUndefined();
    expect(caveat(network({ head: [], tail: [{ dense: cost(1) }] }))).toBe('head and tail of the baseline only');
    expect(caveat(network({ head: [{ archon: cost(1) }], tail: [] }))).toBe('head and tail on ARCHON only');
  });

  it('count the sparse layers that are quoted, of each kind', () => {
    expect(sparseNote({ recorded: 80, given: 2, overwritten: 11 })).toBe(
      'cycles of 13 of the 93 layers in blocks of the sparse accelerator are quoted from their published rows, not computed: the passes of 2 are published but not held here; those of 11 were overwritten in the publication.',
    );
  });

  it('are none where a table compares like with like and is computed', () => {
    expect(figureNotes(totals, fair)).toEqual([]);
    expect(figureNotes({ ...totals, baseline: 'MobileNetV2', mappings: 'searched' }, fair)).toEqual([
      expect.stringMatching(/^some mappings are not the published ones/),
      'the publication compares it with MobileNetV2, 0 blocks against 0.',
    ]);
  });

  it('tell the printed energies of networks that compare like with like', () => {
    const assumption = expect.stringMatching(/^Published cycles of ARCHON assume .* one cycle.*fidelity/) as string;
    expect(generalNotes({ totals: [totals], networks: [fair] })).toEqual([
      assumption,
      expect.stringMatching(/ShuffleNet, CIFAR-10 1\.25×\.$/),
    ]);
    const oneSided = network({ head: [{ archon: cost(1) }], tail: [] });
    expect(generalNotes({ totals: [totals], networks: [oneSided] })).toEqual([
      assumption,
      expect.stringMatching(/on one side only in the tables of ShuffleNet, CIFAR-10/),
    ]);
  });
});
