import type { CyclesFrom, Figures, NetworkFigures, NetworkTotals } from '@archon-dse/ics21';
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

/** Says when only one side of a table has head and tail. */
export function caveat({ head, tail }: NetworkFigures): string | undefined {
  const outer = [...head, ...tail];
  const counts = (side: 'dense' | 'archon'): boolean => outer.some((row) => row[side] !== undefined);
  if (counts('dense') === counts('archon')) return undefined;
  return counts('dense') ? 'head and tail of the baseline only' : 'head and tail on ARCHON only';
}

/** What is particular about the figures of one network. */
export function figureNotes(totals: NetworkTotals, network: NetworkFigures): readonly string[] {
  const oneSided = caveat(network);
  return [
    ...(totals.mappings === 'published'
      ? []
      : [
          'some mappings are not the published ones but the optimum of the same mapspace. That keeps the cycles; the energies are ours and usually lower.',
        ]),
    ...(totals.sparseCycles === 'recorded' ? [] : [sparseNote(totals.sparseLayers)]),
    ...(totals.baseline === networkTitle(totals.network)
      ? []
      : [
          `the publication compares it with ${totals.baseline}, ${String(network.dense.length)} blocks against ${String(network.archon.length)}.`,
        ]),
    ...(oneSided === undefined
      ? []
      : [`the publication counts ${oneSided}, so ratios of whole networks lean to the other side.`]),
  ];
}

/** Why cycles of a sparse layer are not computed. */
export const QUOTED: Readonly<Record<CyclesFrom, string | undefined>> = {
  recorded: undefined,
  given: 'published; passes not held here',
  overwritten: 'published; its passes were overwritten',
};

/** Which cycles of the sparse accelerator are quoted. */
export function sparseNote({ recorded, given, overwritten }: NetworkTotals['sparseLayers']): string {
  const layers = recorded + given + overwritten;
  return (
    [
      `cycles of ${String(given + overwritten)} of the ${String(layers)} layers in blocks of the sparse accelerator are quoted from their published rows, not computed:`,
      [
        ...(given > 0 ? [`the passes of ${String(given)} are published but not held here`] : []),
        ...(overwritten > 0 ? [`those of ${String(overwritten)} were overwritten in the publication`] : []),
      ].join('; '),
    ].join(' ') + '.'
  );
}

/** What to know before quoting a number. */
export function generalNotes({ totals, networks }: Figures): readonly string[] {
  const isFair = (at: number): boolean => networks[at] !== undefined && caveat(networks[at]) === undefined;
  const energies = totals
    .filter((_, at) => isFair(at))
    .map(({ network, dataset, printed }) => {
      const times = printed.archon.energyUj / printed.dense.energyUj;
      return `${networkTitle(network, dataset)} ${times.toFixed(2)}×`;
    });
  const oneSided = totals.filter((_, at) => !isFair(at)).map(({ network, dataset }) => networkTitle(network, dataset));
  return [
    ...(energies.length === 0
      ? []
      : [
          `Faster is not cheaper: as the publication itself printed them, energies of ARCHON are these multiples of the dense accelerator's: ${energies.join('; ')}.`,
        ]),
    ...(totals.some(({ network }) => network === 'fusionet')
      ? [
          'FusioNet is a network of its own. Its published baseline is ShuffleNet, so its ratios compare two networks, not two ways to run one.',
        ]
      : []),
    ...(oneSided.length === 0
      ? []
      : [
          `Head and tail are counted on one side only in the tables of ${oneSided.join('; ')}: their ratios are not like for like.`,
        ]),
  ];
}

/** @see packages/papers/ics21/PROVENANCE.md */
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
];
