import type { Report } from './report.js';

/** One data space at one level; words and accesses of one instance, energy of all of them. */
export interface ResultRow {
  readonly name: string;
  readonly dataSpace: string;
  /** Words that an instance holds at once. */
  readonly tile: number;
  /** Instances that the mapping uses. */
  readonly instances: number;
  readonly reads: number;
  readonly updates: number;
  readonly fills: number;
  readonly energyPj: number;
}

/** What `timeloop model --json` prints. */
export interface ModelResult {
  readonly cycles: number;
  readonly utilization: number;
  readonly energyPj: number;
  /** Of the hardware, used or not. */
  readonly areaUm2: number;
  /** Of the arithmetic, part of `energyPj`. */
  readonly macEnergyPj: number;
  /** Of all instances in all cycles, part of `energyPj`. */
  readonly leakagePj: number;
  readonly levels: readonly ResultRow[];
}

/** The figures of a report as data, levels outermost first. */
export function resultOf({ evaluation, areaUm2, levels }: Report): ModelResult {
  const { cycles, utilization, energyPj, macEnergyPj, leakagePj } = evaluation;
  return {
    cycles,
    utilization,
    energyPj,
    areaUm2,
    macEnergyPj,
    leakagePj,
    levels: levels.flatMap(({ name, used, kept }) =>
      kept.map(({ name: dataSpace, tileWords, reads, updates, fills, energyPj: pj }) => ({
        name,
        dataSpace,
        tile: tileWords,
        instances: used,
        reads,
        updates,
        fills,
        energyPj: pj,
      })),
    ),
  };
}
