import type { ActionCount, PriceTables } from '@archon-dse/core';
import { componentsOf } from './components.js';
import type { ArchitectureDocument } from './schema.js';

const IDLE = 'idle';

/** What all instances take in a cycle whether they work or not, pJ: the action `idle` of each class that has one. */
export function leakageOf(document: ArchitectureDocument, { ert }: PriceTables): number {
  return componentsOf(document).reduce((sum, { name, instances }) => {
    return sum + instances * (ert[name]?.[IDLE]?.value ?? 0);
  }, 0);
}

/** The same as actions, over so many cycles, where an architecture counts leakage. */
export function idleActions(
  document: ArchitectureDocument,
  { ert }: PriceTables,
  cycles: number,
): readonly ActionCount[] {
  if (!document.model.leakage) return [];
  const leaking = componentsOf(document).filter(({ name }) => (ert[name]?.[IDLE]?.value ?? 0) > 0);
  return leaking.map(({ name, instances }) => ({ component: name, action: IDLE, count: instances * cycles }));
}
