import type { Layer } from './report.js';

/** A layer of several points; absent where one has none of its name. */
export interface PairedLayer {
  readonly block: string;
  readonly name: string;
  /** One a point, in their order. */
  readonly layers: readonly (Layer | undefined)[];
  /** Whether the points map it differently. */
  readonly differs: boolean;
}

/** Layers of several points by block and name, in network order; those that only later points have follow. */
export function pairLayers(points: readonly (readonly Layer[])[]): readonly PairedLayer[] {
  const found = points.map((layers) => new Map(keyed(layers)));
  const keys = new Set(found.flatMap((layers) => [...layers.keys()]));
  return [...keys].map((key) => {
    const layers = found.map((one) => one.get(key));
    const [first] = layers.flatMap((layer) => layer ?? []);
    const mappings = new Set(layers.map((layer) => layer?.mapping));
    return { block: first?.block ?? '', name: first?.name ?? '', layers, differs: mappings.size > 1 };
  });
}

/** Layers of equal names are told apart by their order. */
function keyed(layers: readonly Layer[]): readonly (readonly [string, Layer])[] {
  const seen = new Map<string, number>();
  return layers.map((layer) => {
    const name = JSON.stringify([layer.block, layer.name, layer.phase]);
    const count = seen.get(name) ?? 0;
    seen.set(name, count + 1);
    return [`${name} ${count}`, layer];
  });
}
