import type { ArchonPhase } from './fused.js';
import type { Cost } from './costs.js';
import type { OuterCost } from './outer-layers.js';
import type { BlockCosts, NetworkTable, OuterRow, SparseBlockCosts } from './table.js';

/** A fused block on ARCHON: its phases, and their energies by component, uJ. */
export interface ArchonFigures {
  readonly phases: Readonly<Record<ArchonPhase, Cost>>;
  /** Add up to the phases but for the rounding of printed energies (rule `printedEnergies`). */
  readonly componentsUj: Readonly<Record<ArchonPhase, Readonly<Record<string, number>>>>;
}

/** A layer before or after the blocks; the sparse accelerator runs it like the dense one. */
export interface OuterFigures {
  readonly dense?: Cost & { readonly name: string };
  readonly archon?: Cost & { readonly name: string };
}

/** The blocks behind one line of the totals, in network order. Original and fused networks need not have equally many. */
export interface NetworkFigures {
  readonly network: string;
  readonly dataset: string;
  readonly head: readonly OuterFigures[];
  readonly dense: readonly BlockCosts[];
  readonly sparse: readonly SparseBlockCosts[];
  readonly archon: readonly ArchonFigures[];
  readonly tail: readonly OuterFigures[];
}

export function figuresOf({ parameters, head, dense, sparse, archon, tail }: NetworkTable): NetworkFigures {
  return {
    network: parameters.network,
    dataset: parameters.dataset,
    head: head.map(outerFigures),
    dense: dense.map((block) => eachLayer(block, ({ cycles, energyUj }) => ({ cycles, energyUj }))),
    sparse,
    archon: archon.map(({ expand, second, main, overhead, componentsUj }) => ({
      phases: { expand, second, main, overhead },
      componentsUj,
    })),
    tail: tail.map(outerFigures),
  };
}

function eachLayer<T>({ PW1, DW, PW2 }: BlockCosts, of: (cost: Cost) => T): Readonly<Record<keyof BlockCosts, T>> {
  return { PW1: of(PW1), DW: of(DW), PW2: of(PW2) };
}

function outerFigures({ dense, archon }: OuterRow): OuterFigures {
  const figure = ({ name, cycles, energyUj }: OuterCost): Cost & { readonly name: string } => ({
    name,
    cycles,
    energyUj,
  });
  return {
    ...(dense === undefined ? {} : { dense: figure(dense) }),
    ...(archon === undefined ? {} : { archon: figure(archon) }),
  };
}
