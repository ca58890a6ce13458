import type { LayerCache } from '@archon-dse/core';
import { ScopeStore } from './layer-store.js';
import { planPrune, prune } from './prune.js';
import { scopeId, type LayerScope } from './scope.js';

/** Where layer results are kept, and how much of them. Plain data, which crosses threads. */
export interface LayerKeeping {
  /** Folder of the cache. */
  readonly dir: string;
  /** Of all layer results together, after a run. */
  readonly maxBytes: number;
}

/** A scope on this machine. */
export function wholeScope(scope: Omit<LayerScope, 'runtime'>): LayerScope {
  return { ...scope, runtime: process.versions.v8 };
}

/** Scopes that are open at once; more are opened again. */
const MOST_OPEN = 32;

/** The layer results of all scopes that one thread meets. */
export class LayerStores {
  private readonly keeping: LayerKeeping;
  private readonly open = new Map<string, ScopeStore>();

  constructor(keeping: LayerKeeping) {
    this.keeping = keeping;
  }

  of(scope: Omit<LayerScope, 'runtime'>): LayerCache {
    const whole = wholeScope(scope);
    const id = scopeId(whole);
    const known = this.open.get(id);
    if (known !== undefined) return known;
    const [oldest] = this.open;
    if (oldest !== undefined && this.open.size >= MOST_OPEN) {
      oldest[1].close();
      this.open.delete(oldest[0]);
    }
    const store = new ScopeStore(this.keeping.dir, whole);
    this.open.set(id, store);
    return store;
  }

  /** Hands on to others what was kept so far. */
  flush(): void {
    for (const store of this.open.values()) store.flush();
  }

  close(): void {
    for (const store of this.open.values()) store.close();
    this.open.clear();
  }
}

/** Keeps the cache within its bytes; what cannot be deleted stays. For the end of a run: whoever reads or writes it goes on without. */
export function keepWithin({ dir, maxBytes }: LayerKeeping): void {
  try {
    prune(planPrune(dir, { maxBytes }));
  } catch {
    // the next run tries again
  }
}
