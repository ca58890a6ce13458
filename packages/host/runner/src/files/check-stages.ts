import { canonicalJson, deepFreeze, type Choice, type Registry } from '@archon-dse/core';
import { checkStage } from '@archon-dse/engine/border';
import { border } from '../node-platform.js';

/**
 * Has stages say what keeps them from running on this machine, before anything runs.
 *
 * @param stages - all that are going to run; equal ones are asked once. Frozen, so that none changes what it is asked about
 * @throws ArchonError of the first stage that cannot run
 */
export async function checkStages(stages: readonly Choice[], registry: Registry): Promise<void> {
  const distinct = new Map(stages.map((stage) => [canonicalJson(stage), stage]));
  for (const { use, options } of distinct.values()) {
    await checkStage(border, registry.resolve('stage', use), deepFreeze(options));
  }
}
