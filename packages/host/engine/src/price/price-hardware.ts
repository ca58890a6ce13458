import {
  changingDiagnostics,
  deepFreeze,
  type Component,
  type ComponentPrice,
  type Diagnostic,
  type PriceTables,
  type Registered,
  type Registry,
} from '@archon-dse/core';
import { pricerOf, type KnownClass } from '@archon-dse/pricing';
import { BoundedMap } from '../bounded-map.js';
import type { Border } from '../border/border.js';
import { MOST_SELF_DESCRIPTION } from '../border/plain-copy.js';
import { copyReturned } from '../border/returned.js';
import { priceSources } from './price-run.js';

const HARDWARE_CACHE_ENTRIES = 1000;

/** Prices of an accelerator's components and where they come from. Frozen. */
export interface PricedHardware {
  readonly prices: PriceTables;
  readonly sources: Readonly<Record<string, string>>;
}

/** Whose hardware it is, as the registry found it. */
type Owner = Pick<Registered<'accelerator'>, 'id' | 'plugin'>;

/**
 * Prices components, once for all points of a thread that have the same: prices are per instance, so they do not depend on the size of
 * an array. Equal components get the same tables, not only equal ones.
 */
export class HardwarePricer {
  private readonly registry: Registry;
  private readonly border: Border;
  private readonly priced = new BoundedMap<string, PricedHardware>(HARDWARE_CACHE_ENTRIES);

  constructor(registry: Registry, border: Border) {
    this.registry = registry;
    this.border = border;
  }

  /** Inside a task. @throws ArchonError as `pricerOf` does, naming the plugin of the accelerator, or of the class whose price went wrong */
  price(components: readonly Component[], owner: Owner): PricedHardware {
    const key = priceKey(components, owner.plugin.namespace);
    const known = key === undefined ? undefined : this.priced.get(key);
    if (known !== undefined) return known;
    const prices = this.tablesOf(components, owner);
    const hardware = deepFreeze({ prices, sources: priceSources(components, prices) });
    if (key !== undefined) this.priced.set(key, hardware);
    return hardware;
  }

  private tablesOf(components: readonly Component[], { id, plugin }: Owner): PriceTables {
    const owner = { plugin: plugin.name, contribution: id };
    const call = (known: KnownClass, price: () => ComponentPrice): ComponentPrice => {
      if (known.plugin === undefined) return this.border.blameSync(owner, 'pricing its components', price);
      const culprit = { plugin: known.plugin, contribution: known.id };
      return this.border.blameSync(culprit, 'pricing a component', () =>
        copyReturned(price(), 'the price', MOST_SELF_DESCRIPTION),
      );
    };
    const price = pricerOf(this.registry, { namespace: plugin.namespace, call });
    return changingDiagnostics(
      () => price(components),
      (problem) => withPlugin(problem, plugin.name),
    );
  }
}

/** Attributes that a class refuses are the mistake of the accelerator that gives them. */
function withPlugin(problem: Diagnostic, owner: string): Diagnostic {
  return problem.code === 'ARCHON_PRICE_BAD_COMPONENT' ? { ...problem, plugin: owner } : { plugin: owner, ...problem };
}

/** Everything prices depend on; nothing where an attribute is no text, flag or finite number, which JSON could not tell apart. */
function priceKey(components: readonly Component[], namespace: string): string | undefined {
  const parts: unknown[] = [namespace];
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
