import type { LayerRun, Workload } from '@archon-dse/core';
import type { Mapping } from '@archon-dse/loop-nest';

/** Says where no groups are computed at once: a depthwise layer then has one channel at a time, and little to spread. */
export function noteGroups(run: LayerRun, { op, groups }: Workload, mapping: Mapping): LayerRun {
  const isSpread = mapping.flat().some(({ dim, kind }) => dim === 'G' && kind !== 'temporal');
  if (groups === 1 || isSpread) return run;
  const what = op === 'depthwise' ? 'channels' : 'groups';
  return { ...run, notes: [...(run.notes ?? []), `${groups} ${what}, one after the other`] };
}
