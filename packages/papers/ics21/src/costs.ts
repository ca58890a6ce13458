import type { ActionCount } from '@archon-dse/core';
import type { DataSpace, Evaluation, Problem } from '@archon-dse/loop-nest';
import type { RuleState } from './rules.js';

/** Cycles and energy of a layer, phase or table row. */
export interface Cost {
  readonly cycles: number;
  readonly energyUj: number;
}

const NO_COST: Cost = { cycles: 0, energyUj: 0 };
export const PJ_PER_UJ = 1e6;

export function addCosts(costs: readonly Cost[]): Cost {
  return costs.reduce(
    (sum, cost) => ({ cycles: sum.cycles + cost.cycles, energyUj: sum.energyUj + cost.energyUj }),
    NO_COST,
  );
}

/** A number as C prints it with two decimals: halves that are exact in binary go to the even digit, where `toFixed` rounds them up. */
export function printed(value: number): number {
  const hundredths = value * 100;
  const below = Math.floor(hundredths);
  const isTie = hundredths - below === 0.5 && (below + 0.5) / 100 === value;
  return isTie ? (below + (below % 2)) / 100 : Number(value.toFixed(2));
}

/** Energy of a mapping in uJ, as the mapper's summary prints it or as computed. */
export function summaryUj({ energyPj }: Evaluation, state: RuleState): number {
  const energyUj = energyPj / PJ_PER_UJ;
  return state === 'published' ? printed(energyUj) : energyUj;
}

/** Energy of one data space at one level, uJ; as the mapper prints it (in pJ, two decimals) or as computed. */
export function energyAt({ levels }: Evaluation, level: string, space: DataSpace, state: RuleState): number {
  return partUj(levels.find(({ name }) => name === level)?.accesses[space]?.energyPj ?? 0, state);
}

/** @param energyPj energy of one data space at one level */
export function partUj(energyPj: number, state: RuleState): number {
  return (state === 'published' ? printed(energyPj) : energyPj) / PJ_PER_UJ;
}

/** Energy of actions, uJ. */
export function priceUj(
  actions: readonly ActionCount[],
  energiesPj: Readonly<Record<string, Readonly<Record<string, number>>>>,
): number {
  const total = actions.reduce(
    (sum, { component, action, count }) => sum + count * (energiesPj[component]?.[action] ?? Number.NaN),
    0,
  );
  return total / PJ_PER_UJ;
}

/** A square convolution as a loop nest; `width` is that of the output. */
export function squareProblem(c: number, m: number, kernel: number, width: number, stride: number): Problem {
  return { C: c, M: m, R: kernel, S: kernel, P: width, Q: width, N: 1, strideP: stride, strideQ: stride };
}
