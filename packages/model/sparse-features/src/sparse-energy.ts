import type { Architecture, Evaluation } from '@archon-dse/loop-nest';
import type { SparseEvaluation } from './sparse-evaluation.js';

/** Energies of actions that only sparse hardware has, pJ. Where one is left out, the action costs what it would if it were done. */
export interface SparsePrices {
  /** A gated access, by level: of `blockSize` words. */
  readonly gatedAccessPj?: Readonly<Record<string, number>>;
  /** A bit of metadata read or written, by level; as much as a bit of data unless given. */
  readonly metadataBitPj?: Readonly<Record<string, number>>;
  readonly gatedMacPj?: number;
}

export interface SparseEnergy {
  readonly energyPj: number;
  readonly macEnergyPj: number;
  /** Of all hardware over the cycles, where the architecture leaks. */
  readonly leakagePj: number;
  /** By level, all data spaces and instances together. */
  readonly levels: Readonly<Record<string, { readonly accessPj: number; readonly metadataPj: number }>>;
}

const NOTHING = { full: 0, gated: 0 };

/** What is skipped costs nothing: it is not done. What finds it out is part of the metadata that are read. */
export function sparseEnergy(
  { architecture, evaluation }: { readonly architecture: Architecture; readonly evaluation: Evaluation },
  sparse: SparseEvaluation,
  prices: SparsePrices,
  wordBits: number,
): SparseEnergy {
  const levels = architecture.levels.map((level, at) => {
    const { name, accessEnergyPj, blockSize } = level;
    const gatedPj = prices.gatedAccessPj?.[name] ?? accessEnergyPj;
    const bitPj = prices.metadataBitPj?.[name] ?? accessEnergyPj / blockSize / wordBits;
    let [accessPj, metadataPj] = [0, 0];
    for (const space of level.keeps) {
      const { vectorAccesses = 0 } = evaluation.levels[at]?.accesses[space] ?? {};
      const { instances = 0, accesses } = sparse.levels[at] ?? {};
      const { share = NOTHING, metadataBits = 0 } = accesses?.[space] ?? {};
      accessPj += vectorAccesses * (share.full * accessEnergyPj + share.gated * gatedPj);
      metadataPj += metadataBits * instances * bitPj;
    }
    return [name, { accessPj, metadataPj }] as const;
  });
  const { full, gated } = sparse.macs;
  const macEnergyPj = full * architecture.macEnergyPj + gated * (prices.gatedMacPj ?? architecture.macEnergyPj);
  const leakagePj = (architecture.leakagePjPerCycle ?? 0) * sparse.cycles;
  const energyPj = levels.reduce((sum, [, own]) => sum + own.accessPj + own.metadataPj, macEnergyPj + leakagePj);
  return { energyPj, macEnergyPj, leakagePj, levels: Object.fromEntries(levels) };
}
