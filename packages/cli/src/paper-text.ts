import type { NetworkFigures, NetworkTotals } from '@archon-dse/ics21';
import type { PaperModel } from '@archon-dse/report';

/** Words of the paper page. */

const NETWORKS: Readonly<Record<string, string>> = {
  'mobilenet-v2': 'MobileNetV2',
  mnasnet: 'MnasNet',
  shufflenet: 'ShuffleNet',
  fusionet: 'FusioNet',
};
const DATASETS: Readonly<Record<string, string>> = { cifar10: 'CIFAR-10', cifar100: 'CIFAR-100' };

export function networkTitle(network: string, dataset?: string): string {
  const title = NETWORKS[network] ?? network;
  return dataset === undefined ? title : `${title}, ${DATASETS[dataset] ?? dataset}`;
}

export const PAPER_TITLE = 'Accelerating DNN Inference with Predictive Layer Fusion';
export const PAPER_DESCRIPTION =
  "The tables of the ICS'21 ARCHON paper, computed again from their parameters, mappings and recorded sparse passes, compared with the published " +
  'cells, and corrected decision by decision.';

/** What is particular about the figures of one network. */
export function figureNotes(totals: NetworkTotals, { head, tail, dense, archon }: NetworkFigures): readonly string[] {
  const outer = [...head, ...tail];
  const sides = [outer.some((row) => row.dense !== undefined), outer.some((row) => row.archon !== undefined)] as const;
  return [
    ...(totals.method === 'published'
      ? []
      : [
          'Some mappings are not the published ones but the optimum of the same mapspace. That keeps the cycles; the energies are ours and usually lower.',
        ]),
    ...(totals.sparseCycles === 'recorded'
      ? []
      : [
          'Cycles of the sparse accelerator are the published total, not computed: the pruned weights behind them are not published, so its blocks have no bar.',
        ]),
    ...(totals.baseline === networkTitle(totals.network)
      ? []
      : [
          `The publication compares it with ${totals.baseline}, ${String(dense.length)} blocks against ${String(archon.length)}.`,
        ]),
    ...(sides[0] === sides[1]
      ? []
      : [
          `The publication counts head and tail ${sides[0] ? 'of the baseline only, which flatters ARCHON' : 'on ARCHON only, which flatters the baseline'}.`,
        ]),
  ];
}

/** What to know before quoting a number. */
export function generalNotes(totals: readonly NetworkTotals[]): readonly string[] {
  const energies = totals.map(({ network, dataset, printed }) => {
    const times = printed.archon.energyUj / printed.dense.energyUj;
    return `${networkTitle(network, dataset)} ${times.toFixed(2)}×`;
  });
  return [
    `ARCHON is fast; by the publication's own tables it does not generally save energy. Printed energy against the dense accelerator: ${energies.join('; ')}.`,
    ...(totals.some(({ network }) => network === 'fusionet')
      ? [
          'FusioNet is a network of its own. Its published baseline is ShuffleNet, so its ratios compare two networks, not two ways to run one.',
        ]
      : []),
    'Cycles of ARCHON add prediction and main phases of a block, as published; whether they can overlap is not part of these tables.',
  ];
}

/** @see packages/ics21/PROVENANCE.md */
export const SOURCES: PaperModel['sources'] = [
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
    text: 'recorded non-zero weights per PE; 11 of 93 layers had been overwritten and take their published cycles',
  },
  {
    title: 'Energy and area',
    text: "the experiments' Accelergy outputs; the FIFO's energy from the class table of our pricing",
  },
  {
    title: 'Published cells',
    text: 'result tables, block tables, overhead energies and action counts of the experiments',
  },
];
