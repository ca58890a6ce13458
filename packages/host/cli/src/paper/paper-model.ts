import {
  caveat,
  figureNotes,
  generalNotes,
  networkTitle,
  PAPER_WORDS,
  QUOTED_BECAUSE,
  type ArchonFigures,
  type Figures,
  type NetworkFigures,
  type NetworkTotals,
  type Reproduction,
  type SparseCost,
} from '@archon-dse/ics21';
import type { PaperAccelerator, PaperBlock, PaperCost, PaperFigures, PaperModel, PaperRun } from '@archon-dse/report';

/** A set of rules by name and its figures. */
export interface NamedFigures {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly figures: Figures;
}

const LAYERS = ['PW1', 'DW', 'PW2'] as const;
const PHASES = ['expand', 'second', 'main', 'overhead'] as const;
const NONE: PaperCost = { cycles: 0, energyUj: 0 };

/** The page's model of a reproduction and of its figures under several sets of rules. */
export function paperModel(reproduction: Reproduction, runs: readonly NamedFigures[]): PaperModel {
  const { headline, totals, networks, rules, tables } = reproduction;
  return {
    title: PAPER_WORDS.title,
    description: PAPER_WORDS.description,
    leads: PAPER_WORDS.leads,
    headline: {
      claim: headline.claim,
      network: networkTitle(headline.network, headline.dataset),
      speedups: [
        { against: 'dense', value: headline.speedupDense },
        { against: 'sparse', value: headline.speedupSparse },
      ],
      isInference: headline.isInference,
      note: headline.note,
    },
    accelerators: accelerators(reproduction),
    networks: totals.map((total, at) => {
      const oneSided = networks[at] === undefined ? undefined : caveat(networks[at]);
      return {
        id: networkId(total),
        title: networkTitle(total.network, total.dataset),
        baseline: total.baseline,
        ...(oneSided === undefined ? {} : { caveat: oneSided }),
        printed: total.printed,
      };
    }),
    runs: runs.map(paperRun),
    rules: rules.map(({ name, published, corrected, why, effects, areaUm2 }) => ({
      name,
      published,
      corrected,
      why,
      effects: effects.map((effect) => ({
        network: networkId(effect),
        accelerator: effect.accelerator,
        cycles: effect.cycles,
        energyUj: effect.energyUj,
      })),
      areaUm2,
    })),
    comparisons: tables.map(({ network, dataset, table, cells, matched, quoted, mismatches }) => ({
      network: networkTitle(network, dataset),
      table,
      cells,
      matched,
      quoted,
      mismatches: mismatches.map((one) => ({ ...one, ours: Number.isNaN(one.ours) ? null : one.ours })),
    })),
    notes: generalNotes(reproduction),
    sources: PAPER_WORDS.sources,
  };
}

function networkId({ network, dataset }: { readonly network: string; readonly dataset: string }): string {
  return `${network}.${dataset}`;
}

function accelerators({ areas }: Reproduction): readonly PaperAccelerator[] {
  const { accelerators: titles, layers, phases, outer } = PAPER_WORDS;
  const layerTitles = [...LAYERS.map((layer) => layers[layer]), outer];
  return [
    { id: 'dense', title: titles.dense, areaUm2: areas.denseUm2, parts: layerTitles },
    { id: 'sparse', title: titles.sparse, parts: layerTitles },
    {
      id: 'archon',
      title: titles.archon,
      areaUm2: areas.archonUm2,
      parts: [...PHASES.map((phase) => phases[phase]), outer],
    },
  ];
}

function paperRun({ id, title, description, figures: { totals, networks } }: NamedFigures): PaperRun {
  const figures = totals.flatMap((total, at): PaperFigures[] => {
    const network = networks[at];
    return network === undefined ? [] : [networkFigures(total, network)];
  });
  return { id, title, description, figures };
}

function networkFigures(total: NetworkTotals, network: NetworkFigures): PaperFigures {
  const { dense, sparse, archon } = total;
  return {
    totals: { dense, sparse, archon },
    blocks: [...outerBlocks('head', network), ...innerBlocks(network), ...outerBlocks('tail', network)],
    notes: figureNotes(total, network),
  };
}

function innerBlocks({ dense, sparse, archon }: NetworkFigures): readonly PaperBlock[] {
  return Array.from({ length: Math.max(dense.length, archon.length) }, (_, at) => {
    const [original, pruned, fused] = [dense[at], sparse[at], archon[at]];
    return {
      name: `b${String(at + 1)}`,
      costs: {
        ...(original === undefined ? {} : { dense: LAYERS.map((layer) => original[layer]) }),
        ...(pruned === undefined ? {} : { sparse: LAYERS.map((layer) => sparseCost(pruned[layer])) }),
        ...(fused === undefined ? {} : { archon: PHASES.map((phase) => fused.phases[phase]) }),
      },
      ...(fused === undefined ? {} : { componentsUj: componentsOf(fused) }),
    };
  });
}

function sparseCost({ cycles, energyUj, cyclesFrom }: SparseCost): PaperCost {
  const quoted = QUOTED_BECAUSE[cyclesFrom];
  return { cycles, energyUj, ...(quoted === undefined ? {} : { quoted }) };
}

function componentsOf({ componentsUj }: ArchonFigures): NonNullable<PaperBlock['componentsUj']> {
  return PHASES.map((phase) => componentsUj[phase]);
}

/** Layers before or after the blocks; the sparse accelerator runs them like the dense one. */
function outerBlocks(part: 'head' | 'tail', network: NetworkFigures): readonly PaperBlock[] {
  return network[part].map(({ dense, archon }) => ({
    name: `${part} ${dense?.name ?? archon?.name ?? ''}`,
    costs: {
      ...(dense === undefined ? {} : { dense: outerCosts(LAYERS, dense), sparse: outerCosts(LAYERS, dense) }),
      ...(archon === undefined ? {} : { archon: outerCosts(PHASES, archon) }),
    },
  }));
}

/** Head and tail are the part after all others. */
function outerCosts(parts: readonly string[], { cycles, energyUj }: PaperCost): readonly PaperCost[] {
  return [...parts.map(() => NONE), { cycles, energyUj }];
}
