import { own, type ActionCount, type LayerRecord, type PriceTables } from '@archon-dse/core';
import { isFrozenCopy } from '../border/frozen-copy.js';

/** What the actions of a layer cost, and what they compute. Frozen. */
export interface PricedActions extends Readonly<Pick<LayerRecord, 'energyPj' | 'energyByComponentPj'>> {
  /** Characters of the names in {@link energyByComponentPj}. */
  readonly nameLength: number;
  /** Multiply-accumulates they stand for. */
  readonly macs: number;
  /** The components that do these. */
  readonly multipliers: readonly string[];
}

/**
 * Prices actions: energy = sum of count x ERT row, in pJ, in all, by component and by data space of a component; and adds up the MACs of
 * those rows.
 *
 * @returns nothing when an action is unsound: its count is negative or no finite number, or it has no row
 */
export function priceActions(actions: readonly ActionCount[], { ert }: PriceTables): PricedActions | undefined {
  const energyByComponentPj = Object.create(null) as Record<string, number>; // names of plugins: none is inherited
  const multipliers: string[] = [];
  let [energyPj, macs, nameLength] = [0, 0, 0];
  const add = (key: string, pj: number): void => {
    const before = energyByComponentPj[key];
    if (before === undefined) nameLength += key.length;
    energyByComponentPj[key] = (before ?? 0) + pj;
  };
  for (const { component, action, count, dataSpace } of actions) {
    const price = own(own(ert, component) ?? {}, action);
    if (price === undefined || !Number.isFinite(count) || count < 0) return undefined;
    const pj = count * price.value;
    energyPj += pj;
    add(component, pj);
    if (dataSpace !== undefined) add(`${component}/${dataSpace}`, pj);
    if (price.macs === undefined || count === 0) continue;
    macs += count * price.macs;
    if (!multipliers.includes(component)) multipliers.push(component);
  }
  Object.freeze(energyByComponentPj);
  return Object.freeze({ energyPj, energyByComponentPj, nameLength, macs, multipliers: Object.freeze(multipliers) });
}

/**
 * {@link priceActions}, done once for a list of the layer cache and frozen tables: neither can change any more. The lists a plugin makes
 * itself can, and are gone through every time.
 */
export class ActionPricer {
  private readonly known = new WeakMap<PriceTables, WeakMap<readonly ActionCount[], PricedActions>>();

  price(actions: readonly ActionCount[], prices: PriceTables): PricedActions | undefined {
    const known = this.known.get(prices)?.get(actions);
    if (known !== undefined) return known;
    const priced = priceActions(actions, prices);
    if (priced !== undefined && isFrozenCopy(actions)) this.keep(actions, prices, priced);
    return priced;
  }

  private keep(actions: readonly ActionCount[], prices: PriceTables, priced: PricedActions): void {
    const ofTables = this.known.get(prices);
    if (ofTables === undefined) this.known.set(prices, new WeakMap([[actions, priced]]));
    else ofTables.set(actions, priced);
  }
}
