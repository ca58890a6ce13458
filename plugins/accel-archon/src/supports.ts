import type { Support, Workload } from '@archon-dse/core';
import { FUSED_GROUPS } from '@archon-dse/workload';
import type { ArchonOptions } from './options.js';
import { archonRules } from './rules.js';

/** Whether the kernel window of a layer fits the buffers of a PE; a layer of a block that is fused needs room for it in the main phase too. */
export function archonSupport({ problem: { R, S }, block, facts }: Workload, options: ArchonOptions): Support {
  const isFused = facts?.[FUSED_GROUPS] !== undefined && !options.unfused.includes(block);
  const needsRoom = isFused && R * S > options.ifmapSpadWords && archonRules(options).mainWithoutMapping === 'refused';
  const buffers: readonly (readonly [name: keyof ArchonOptions, use: string])[] = [
    ['psumSpadWords', 'which keeps the inputs of predictions and of layers that are not fused'],
    ['predictionBufferWords', 'which keeps the weights of predictions and of layers that are not fused'],
    ...(needsRoom ? ([['ifmapSpadWords', 'which keeps the inputs of the fused convolution']] as const) : []),
  ];
  const short = buffers.find(([name]) => Number(options[name]) < R * S);
  if (short === undefined) return { ok: true };
  const [name, use] = short;
  const instead = name === 'ifmapSpadWords' ? `, or list ${block} under unfused` : '';
  return {
    ok: false,
    reason: `a ${R}x${S} window takes ${R * S} words and ${name}, ${use}, is ${String(options[name])}; set it to ${R * S} or more${instead}`,
  };
}
