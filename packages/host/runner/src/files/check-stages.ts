import { canonicalJson, type Choice, type Registry } from '@archon-dse/core';
import { border } from '../node-platform.js';

/**
 * Has stages say what keeps them from running on this machine, before anything runs.
 *
 * @param stages - all that are going to run; equal ones are asked once
 * @throws ArchonError of the first stage that cannot run
 */
export function checkStages(stages: readonly Choice[], registry: Registry): void {
  const distinct = new Map(stages.map((stage) => [canonicalJson(stage), stage]));
  for (const { use, options } of distinct.values()) {
    const { id, plugin, contribution } = registry.resolve('stage', use);
    const { check } = contribution;
    if (check === undefined) continue;
    const culprit = { plugin: plugin.name, contribution: id };
    border.blameSync(culprit, 'checking whether it can run', () => check(options));
  }
}
