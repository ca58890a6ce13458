import type { EvaluationRecord, LayerRecord, VectorWork } from '@archon-dse/core';

/**
 * Layers whose work is no multiply-accumulate and that no layer of the run covers, by operation, or by what a
 * `vector` layer computes, in the order they come; for a record.
 */
export function notCosted(
  vectorWork: readonly VectorWork[],
  layers: readonly Pick<LayerRecord, 'name'>[],
): Pick<EvaluationRecord, 'notCosted'> {
  const costed = new Set(layers.map(({ name }) => name));
  const counts: Record<string, number> = {};
  for (const { name, op, function: what = op } of vectorWork) {
    if (!costed.has(name)) counts[what] = (counts[what] ?? 0) + 1;
  }
  return Object.keys(counts).length === 0 ? {} : { notCosted: counts };
}
