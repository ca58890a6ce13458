import type { TensorShape } from '@archon-dse/core';
import type { ModelPlan } from '@archon-dse/tensor';

/** @throws RangeError for a name the plan has not */
export function shapeOf({ nodes }: ModelPlan, name: string): TensorShape {
  const node = nodes.find((candidate) => candidate.name === name);
  if (node === undefined) throw new RangeError(`the plan has no node "${name}"`);
  return node.shape;
}
