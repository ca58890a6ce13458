import type { JsonValue, LayerCache, Point, StageState } from '@archon-dse/core';
import { BoundedMap } from './bounded-map.js';
import { frozenCopy } from './border/frozen-copy.js';
import type { Identities, LayerGrounds } from './identity/identities.js';

/** JSON values in the results that a thread holds, each some 26 bytes with its share of the keys: fewer where a keeper has what is forgotten. */
const MOST_VALUES = { kept: 1_000_000, alone: 4_000_000 };

/** Keeps layer results beyond this thread: whatever it gives for a key was put in under it with the same grounds. */
export interface LayerKeeper {
  of(grounds: LayerGrounds): LayerCache;
}

/** Layer results of a thread. Accelerators have caches of their own, so that their keys cannot collide. Values are frozen copies. */
export class LayerResults {
  private readonly values: BoundedMap<string, JsonValue>;
  private readonly identities: Identities;
  private readonly keeper: LayerKeeper | undefined;

  constructor(identities: Identities, keeper?: LayerKeeper) {
    this.identities = identities;
    this.keeper = keeper;
    this.values = new BoundedMap(keeper === undefined ? MOST_VALUES.alone : MOST_VALUES.kept, valuesIn);
  }

  /** The cache of the accelerator of a point. @param state - as its stages left it */
  of(point: Point, state: StageState): LayerCache {
    const { values, identities, keeper } = this;
    const prefix = `${identities.choices.of('accelerator', point.accelerator).entry.id} `;
    let kept: LayerCache | undefined;
    const ofKeeper = (): LayerCache | undefined => {
      const grounds = kept === undefined && keeper !== undefined ? identities.layerGroundsOf(point, state) : undefined;
      if (grounds !== undefined) kept = keeper?.of(grounds);
      return kept;
    };
    const remember = (key: string, value: JsonValue): JsonValue => {
      const copy = frozenCopy(value);
      values.set(prefix + key, copy);
      return copy;
    };
    return {
      get(key) {
        const known = values.get(prefix + key);
        if (known !== undefined) return known;
        const found = ofKeeper()?.get(key);
        return found === undefined ? undefined : remember(key, found);
      },
      set(key, value) {
        const copy = remember(key, value); // also where there is no keeper
        ofKeeper()?.set(key, copy);
      },
    };
  }
}

/** How many values a value is made of, itself among them. */
function valuesIn(value: JsonValue): number {
  if (typeof value !== 'object' || value === null) return 1;
  let count = 1;
  for (const member of Array.isArray(value) ? (value as readonly JsonValue[]) : Object.values(value)) {
    count += valuesIn(member);
  }
  return count;
}
