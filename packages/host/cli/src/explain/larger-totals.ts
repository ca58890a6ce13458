import type { ExplainedLayer } from './explained-layer.js';

/** What one level twice as large would bring the whole network. */
export interface LargerTotal {
  readonly level: string;
  readonly sizeWords: number;
  readonly largerWords: number;
  readonly cyclesNow: number;
  readonly cycles: number;
  readonly energyPjNow: number;
  readonly energyPj: number;
  /** Layers for which another mapping is better then. */
  readonly layersChanged: number;
}

/** Sums over the layers that tell; levels in the order they first have. */
export function largerTotals(layers: readonly ExplainedLayer[]): readonly LargerTotal[] {
  const totals = new Map<string, LargerTotal>();
  for (const { now, larger = [] } of layers) {
    if (now === undefined) continue;
    for (const { level, sizeWords, largerWords, cycles, energyPj, changes } of larger) {
      const sum = totals.get(level);
      totals.set(level, {
        level,
        sizeWords,
        largerWords,
        cyclesNow: (sum?.cyclesNow ?? 0) + now.cycles,
        cycles: (sum?.cycles ?? 0) + cycles,
        energyPjNow: (sum?.energyPjNow ?? 0) + now.energyPj,
        energyPj: (sum?.energyPj ?? 0) + energyPj,
        layersChanged: (sum?.layersChanged ?? 0) + (changes ? 1 : 0),
      });
    }
  }
  return [...totals.values()];
}
