/** What a page about the reproduction says in words, whatever the figures. */
export const PAPER_WORDS = {
  title: 'Accelerating DNN Inference with Predictive Layer Fusion',
  description:
    "The tables of the ICS'21 ARCHON paper, computed again from their parameters, mappings and recorded sparse passes, compared with the published " +
    'cells, and corrected decision by decision.',
  /** What the parts of the page show. */
  leads: {
    totals:
      'ARCHON runs the fused network, the others its original. Small print under a figure is what the publication printed, where that differs.',
    blocks:
      'Three bars a block, from left to right in the order of the legend, stacked of the layers of the original block or the phases of the fused one. The block of a fused network with the same number is not the same block: fused networks have their own.',
    components:
      'The fused blocks without head and tail. Overhead is what fusion adds: masks, prediction buffers, adders, decoders and the fused weights they fetch.',
    rules:
      'Every rule is one decision of the publication. Each is corrected alone, all others as published, so the changes need not add up to those of all corrections together.',
    comparisons:
      'Whole numbers must be equal, others to the decimals printed. Compared are the published cells we compute; energies that rest on a mapping of ours are not among them. Quoted are those whose data is not published or not held here; they count as neither.',
  },
  accelerators: { dense: 'Dense', sparse: 'Sparse', archon: 'ARCHON' },
  layers: { PW1: 'First pointwise (PW1)', DW: 'Depthwise (DW)', PW2: 'Second pointwise (PW2)' },
  phases: { expand: 'First prediction', second: 'Second prediction', main: 'Main', overhead: 'Overhead' },
  outer: 'Head and tail',
  runs: {
    published: { title: 'As published', description: 'Every decision as the publication took it.' },
    corrected: {
      title: 'Corrected',
      description: 'Every questionable decision corrected, all at once; mappings are proven optima.',
    },
  },
  /** Where the data come from; in full in PROVENANCE.md. */
  sources: [
    {
      title: 'Networks, heads, tails',
      text: "configuration of the table scripts in the ICS'21 ARCHON experiments (compstruct/fusion-timeloop-model)",
    },
    {
      title: 'Mappings',
      text: '89 distinct nests of the published mapper outputs, MobileNetV2 and FusioNet on CIFAR-10; all others are searched here',
    },
    {
      title: 'Sparse cycles',
      text: 'recorded non-zero weights per PE of MobileNetV2 (CIFAR-10) and ShuffleNet, but for 11 of 93 layers whose records were overwritten; published rows of MnasNet and of MobileNetV2 (CIFAR-100)',
    },
    {
      title: 'Energy and area',
      text: "the experiments' Accelergy outputs; the FIFO's energy from the class table of our pricing",
    },
    {
      title: 'Published cells',
      text: 'result tables, block tables, overhead energies and action counts of the experiments',
    },
  ],
} as const;
