import { own } from '@archon-dse/core';
import type { DraftNode } from './lower-layer.js';
import type { Levels } from './plan.js';

/** Puts a rounding behind each node that has levels; whatever reads the node reads what is rounded. */
export function addLevels(
  levels: Readonly<Record<string, Levels>>,
  drafts: readonly DraftNode[],
): readonly DraftNode[] {
  const rounded = (name: string): string => `${name}.rounded`;
  return drafts.flatMap((draft): DraftNode[] => {
    const inputs = draft.inputs.map((name) => (own(levels, name) === undefined ? name : rounded(name)));
    const ofNode = own(levels, draft.name);
    const node = { ...draft, inputs };
    if (ofNode === undefined) return [node];
    return [
      node,
      { op: 'quantise', name: rounded(draft.name), inputs: [draft.name], shape: draft.shape, levels: ofNode },
    ];
  });
}
