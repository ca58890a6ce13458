import type { NetworkFigures } from './figures.js';
import type { Figures, NetworkTotals } from './reproduce.js';
import type { CyclesFrom } from './sparse.js';

/** What to say beside figures, in sentences that follow from them. */

const NETWORKS: Readonly<Record<string, string>> = {
  'mobilenet-v2': 'MobileNetV2',
  mnasnet: 'MnasNet',
  shufflenet: 'ShuffleNet',
  fusionet: 'FusioNet',
};
const DATASETS: Readonly<Record<string, string>> = { cifar10: 'CIFAR-10', cifar100: 'CIFAR-100' };

/** A network as people write it, e.g. `MobileNetV2, CIFAR-10`. */
export function networkTitle(network: string, dataset?: string): string {
  const title = NETWORKS[network] ?? network;
  return dataset === undefined ? title : `${title}, ${DATASETS[dataset] ?? dataset}`;
}

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
export const QUOTED_BECAUSE: Readonly<Record<CyclesFrom, string | undefined>> = {
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

/** What all cycles of main phases rest on. */
const ASSUMED_CYCLES =
  'Published cycles of ARCHON assume that in every PE a fused weight takes one cycle, whatever weights and masks are. ' +
  'What trained blocks take on real images is another figure: docs/fidelity.md, or archon docs fidelity.';

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
    ASSUMED_CYCLES,
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
