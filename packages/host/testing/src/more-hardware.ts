import type { Accelerator, AcceleratorRun, Component } from '@archon-dse/core';
import { canonicalJson } from '@archon-dse/core';
import type { Variation } from './option-variations.js';

/** Whether a variation is the same hardware with more instances of something and fewer of nothing. */
export function hasMore(before: Accelerator, { accelerator }: Variation): boolean {
  const [few, many] = [before.components(), accelerator.components()];
  if (few.length !== many.length) return false;
  const pairs = few.map((component, index) => [component, many[index]] as const);
  const same = pairs.every(([a, b]) => b !== undefined && kindOf(a) === kindOf(b) && b.instances >= a.instances);
  return same && pairs.some(([a, b]) => b !== undefined && b.instances > a.instances);
}

const kindOf = ({ name, class: kind, attributes }: Component): string => canonicalJson([name, kind, attributes]);

/** Layers that take more cycles on more hardware, one line each. */
export function slowerLayers(
  before: AcceleratorRun,
  after: AcceleratorRun,
  { option, value }: Variation,
): readonly string[] {
  const few = cyclesByName(before);
  return [...cyclesByName(after)].flatMap(([name, cycles]) => {
    const least = few.get(name);
    if (least === undefined || cycles <= least) return [];
    return [`${name}: ${least} cycles become ${cycles} with ${option} ${JSON.stringify(value)}`];
  });
}

function cyclesByName({ layers }: AcceleratorRun): ReadonlyMap<string, number> {
  const sums = new Map<string, number>();
  for (const { name, cycles } of layers) sums.set(name, (sums.get(name) ?? 0) + cycles);
  return sums;
}
