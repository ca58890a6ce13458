import type { ActionCount } from '@archon-dse/core';
import { DATA_SPACES, type DataSpace, type Evaluation } from '@archon-dse/loop-nest';
import { MAC } from './level-names.js';

/** What an evaluated mapping does: vector accesses of every level by data space, and the MACs. */
export function evaluationActions(evaluation: Evaluation): readonly ActionCount[] {
  const accesses = evaluation.levels.flatMap((level) =>
    // In a fixed order, whatever that of a cached evaluation.
    DATA_SPACES.map((dataSpace) => ({
      component: level.name,
      action: 'access',
      count: level.accesses[dataSpace]?.vectorAccesses ?? 0,
      dataSpace,
    })),
  );
  return [...accesses, { component: MAC, action: 'compute', count: evaluation.macs }].filter(({ count }) => count > 0);
}

/** Multiplies the counts of the chosen components (all without a choice), of one data space or of all. */
export function scaleActions(
  actions: readonly ActionCount[],
  factor: number,
  only: { readonly components?: readonly string[]; readonly dataSpace?: DataSpace } = {},
): readonly ActionCount[] {
  if (factor === 1) return actions;
  const { components, dataSpace } = only;
  const chosen = (action: ActionCount): boolean =>
    (components?.includes(action.component) ?? true) && (dataSpace === undefined || action.dataSpace === dataSpace);
  return actions.map((action) => (chosen(action) ? { ...action, count: action.count * factor } : action));
}
