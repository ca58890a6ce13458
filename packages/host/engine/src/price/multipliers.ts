import { own, type Component, type PriceTables } from '@archon-dse/core';
import { excerpt } from '../border/safe-text.js';
import { LONGEST_NAME } from './problem.js';

/** The components of an accelerator that multiply, and the MACs that all their instances together do in a cycle at most. */
export interface Multipliers {
  readonly rates: ReadonlyMap<string, number>;
  readonly rate: number;
}

/** Those with an action that stands for MACs; each instance acts once a cycle. */
export function multipliersOf(components: readonly Component[], { ert }: PriceTables): Multipliers {
  const rates = new Map<string, number>();
  for (const { name, instances } of components) {
    let most = 0;
    for (const { macs = 0 } of Object.values(own(ert, name) ?? {})) most = Math.max(most, macs);
    if (most > 0) rates.set(name, instances * most);
  }
  return { rates, rate: [...rates.values()].reduce((sum, rate) => sum + rate, 0) };
}

/** Some of them. */
export function only({ rates }: Multipliers, names: readonly string[]): Multipliers {
  const chosen = new Map(names.map((name) => [name, rates.get(name) ?? 0]));
  return { rates: chosen, rate: rateOf(rates, names) };
}

export function rateOf(rates: Multipliers['rates'], names: readonly string[]): number {
  let rate = 0;
  for (const name of names) rate += rates.get(name) ?? 0;
  return rate;
}

/** `mac`, or `mac and macro`, for messages. */
export function namesOf({ rates }: Multipliers): string {
  return [...rates.keys()].map((name) => excerpt(name, LONGEST_NAME)).join(' and ');
}
