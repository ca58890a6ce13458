import { deepFreeze, type Component, type PriceTables } from '@archon-dse/core';
import { priceComponents } from '@archon-dse/pricing';
import { BoundedMap } from '../bounded-map.js';
import { priceSources } from './price-run.js';

const HARDWARE_CACHE_ENTRIES = 1000;

/** Prices of an accelerator's components and where they come from. Frozen. */
export interface PricedHardware {
  readonly prices: PriceTables;
  readonly sources: Readonly<Record<string, string>>;
}

/**
 * Prices components, once for all points of a thread that have the same: prices are per instance, so they do not depend on the size of
 * an array. Equal components get the same tables, not only equal ones.
 */
export class HardwarePricer {
  private readonly priced = new BoundedMap<PricedHardware>(HARDWARE_CACHE_ENTRIES);

  /** @throws ArchonError as `priceComponents` does */
  price(components: readonly Component[]): PricedHardware {
    const key = priceKey(components);
    const known = key === undefined ? undefined : this.priced.get(key);
    if (known !== undefined) return known;
    const prices = priceComponents(components);
    const hardware = deepFreeze({ prices, sources: priceSources(components, prices) });
    if (key !== undefined) this.priced.set(key, hardware);
    return hardware;
  }
}

/** Everything prices depend on; nothing where an attribute is no text, flag or finite number, which JSON could not tell apart. */
function priceKey(components: readonly Component[]): string | undefined {
  const parts: unknown[] = [];
  for (const { name, class: kind, attributes } of components) {
    const entries = Object.entries(attributes).flat();
    if (![name, kind, ...entries].every(isPlain)) return undefined;
    parts.push([name, kind, entries]);
  }
  return JSON.stringify(parts);
}

function isPlain(value: unknown): boolean {
  return typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value);
}
