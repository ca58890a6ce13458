import type { Layer } from '@archon-dse/core';
import { invalidLayer } from './invalid-layer.js';

/** Refuses counts that do not divide into the groups of a layer. */
export function checkGroups(layer: Layer, groups: number, counts: Readonly<Record<string, number>>): void {
  for (const [name, count] of Object.entries(counts)) {
    if (count % groups !== 0) {
      invalidLayer(layer, `${count} ${name} do not divide into ${groups} groups`, `a multiple of ${groups}`);
    }
  }
}
