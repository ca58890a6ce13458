import type { PhaseRun } from '@archon-dse/archon-model';
import { idleNotes, peCount } from '@archon-dse/pe-array';
import type { LayerRun, Workload } from '@archon-dse/core';
import type { ArchonOptions } from './options.js';

const BY_ADDERS = 'weights of a prediction are ternary: its adders add and subtract activations';

/** A phase as the record shows it: under the name of the layer whose outputs it makes. */
export function phaseLayer(
  { name, block, role }: Workload,
  run: PhaseRun & Pick<LayerRun, 'execution'>,
  options: ArchonOptions,
  notes: readonly string[] = [],
): LayerRun {
  const { phase, macs, cycles, mapped, copiedFrom } = run;
  const repeats = mapped?.repeats ?? 1;
  const all = [
    ...(repeats > 1 ? [`${repeats} groups, one after the other`] : []),
    ...(mapped === undefined
      ? []
      : idleNotes(mapped.evaluation.macs / mapped.evaluation.computeCycles, peCount(options))),
    ...(copiedFrom === undefined ? [] : [`figures of block ${copiedFrom}, as published`]),
    ...notes,
  ];
  const layer: { -readonly [K in keyof LayerRun]: LayerRun[K] } = {
    name,
    block,
    role,
    macs,
    cycles,
    phase: phase === 'layer' ? 'layerwise' : phase,
    utilization: utilization(run, options),
    actions: run.actions,
  };
  if (phase.startsWith('predict')) layer.notMultiplied = BY_ADDERS;
  if (mapped !== undefined) layer.mapping = mapped.mapping;
  if (run.execution !== undefined) layer.execution = run.execution;
  if (mapped?.tiles !== undefined) layer.tiles = mapped.tiles;
  if (all.length > 0) layer.notes = all;
  return layer;
}

/** Share of the MACs, or in predictions of the adder lanes, that are busy; the published rounding of cycles may hide a last one. */
function utilization({ phase, macs, cycles }: PhaseRun, options: ArchonOptions): number {
  if (cycles === 0) return 0;
  const lanes = phase.startsWith('predict') ? options.addersPerPe * options.adderLanes : 1;
  return Math.min(1, macs / (cycles * lanes * options.meshX * options.meshY));
}
