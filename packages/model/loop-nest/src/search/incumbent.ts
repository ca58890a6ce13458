import type { Objective } from '../mapspace/mapspace.js';
import type { Cost } from './jobs.js';
import type { Choice } from './search.kernel.js';

/** What a search has found, and so what is still worth looking at. */
export interface Incumbent {
  /**
   * Whether a mapping of this cost, or a partial one that no completion makes cheaper, may change what was found. Once false for a cost it
   * stays false, and is false for all that are no better in cycles and energy.
   */
  admits(cycles: number, energyPj: number): boolean;
  /** Keeps a whole mapping that was admitted. */
  keep(cycles: number, energyPj: number, choice: Choice): void;
}

/** A cost by an objective: what counts first, and what breaks its ties. */
export interface Rank {
  readonly first: number;
  readonly second: number;
}

export function rankOf(objective: Objective, cycles: number, energyPj: number): Rank {
  if (objective === 'cycles-then-energy') return { first: cycles, second: energyPj };
  return { first: objective === 'edp' ? cycles * energyPj : energyPj, second: cycles };
}

/** Compares costs as `compareRanks` does their ranks, without making them. */
export function compareCosts(objective: Objective, a: Cost, b: Cost): number {
  const [cycles, energy] = [a.cycles - b.cycles, a.energyPj - b.energyPj];
  if (objective === 'edp') return a.cycles * a.energyPj - b.cycles * b.energyPj || cycles;
  return objective === 'cycles-then-energy' ? cycles || energy : energy || cycles;
}

export function compareRanks(a: Rank, b: Rank): number {
  return a.first === b.first ? a.second - b.second : a.first - b.first;
}

/** The best mapping by an objective; of equal ones the first. */
export class BestFound implements Incumbent {
  best: Choice | undefined;
  private readonly objective: Objective;
  private limit: Rank;
  private first = Infinity;
  private second = Infinity;

  /** `limit`: rank of a mapping found elsewhere, as `limitTo` takes it. */
  constructor(objective: Objective, limit: Rank = { first: Infinity, second: Infinity }) {
    this.objective = objective;
    this.limit = limit;
  }

  get rank(): Rank {
    return { first: this.first, second: this.second };
  }

  /** Of what is worse than a mapping found elsewhere nothing is kept from now on; that mapping stands aside for an equal one found here. */
  limitTo(limit: Rank): void {
    if (compareRanks(limit, this.limit) < 0) this.limit = limit;
  }

  admits(cycles: number, energyPj: number): boolean {
    const { objective, limit } = this;
    const byCycles = objective === 'cycles-then-energy';
    const first = objective === 'edp' ? cycles * energyPj : byCycles ? cycles : energyPj;
    const second = byCycles ? energyPj : cycles;
    if (first > limit.first || (first === limit.first && second > limit.second)) return false;
    return first < this.first || (first === this.first && second < this.second);
  }

  keep(cycles: number, energyPj: number, choice: Choice): void {
    const { first, second } = rankOf(this.objective, cycles, energyPj);
    this.first = first;
    this.second = second;
    this.best = choice;
  }
}

export interface FrontMember {
  readonly cycles: number;
  readonly energyPj: number;
  readonly choice: Choice;
}

/** All mappings that no other one equals or beats in cycles and energy both; of equal ones the first. */
export class ParetoFront implements Incumbent {
  /** By rising cycles and falling energy. */
  members: FrontMember[] = [];

  admits(cycles: number, energyPj: number): boolean {
    for (const member of this.members) {
      if (member.cycles > cycles) return true;
      if (member.energyPj <= energyPj) return false;
    }
    return true;
  }

  keep(cycles: number, energyPj: number, choice: Choice): void {
    const others = this.members.filter((member) => member.cycles < cycles || member.energyPj < energyPj);
    this.members = [...others, { cycles, energyPj, choice }].sort((a, b) => a.cycles - b.cycles);
  }
}
