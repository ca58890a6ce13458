import type { LayerRecord, Precision, Workload } from '@archon-dse/core';

/** Layers with the formats of the workloads they come from; the very same where no stage has chosen any. */
export function withPrecisions(layers: readonly LayerRecord[], workloads: readonly Workload[]): readonly LayerRecord[] {
  const formats = new Map<string, Precision>();
  for (const { name, precision } of workloads) if (precision !== undefined) formats.set(name, precision);
  if (formats.size === 0) return layers;
  return layers.map((layer) => {
    const precision = formats.get(layer.name);
    return precision === undefined ? layer : { ...layer, precision };
  });
}
