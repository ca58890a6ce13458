import { bitsOf, type Support, type Workload } from '@archon-dse/core';
import { FUSED_GROUPS } from '@archon-dse/workload';
import type { ArchonOptions } from './options.js';
import { archonRules } from './rules.js';

/**
 * Whether ARCHON can run a layer: only in words of the hardware, and where its kernel window fits the buffers of a PE.
 *
 * A fused convolution multiplies products of the weights of two layers, which are wider than either; what narrow formats would save of
 * them, and of the masks that choose them, is not modelled.
 */
export function archonSupport(workload: Workload, options: ArchonOptions): Support {
  const { precision = {} } = workload;
  const [space, format] = Object.entries(precision).find(([, each]) => bitsOf(each) !== options.dataBits) ?? [];
  if (format === undefined) return windowSupport(workload, options);
  return {
    ok: false,
    reason:
      `its ${space ?? ''} are ${format}, and it works in words of ${options.dataBits} bit only: ` +
      'products of weights, which fused convolutions multiply with, are wider than the weights',
  };
}

/**
 * Whether a window fits; a layer of a block that is fused needs room for it in the main phase too. The model is of one image.
 */
function windowSupport({ problem, block, facts }: Workload, options: ArchonOptions): Support {
  const { R, S, N, dilationR = 1, dilationS = 1 } = problem;
  if (N > 1) return { ok: false, reason: `it computes one image at a time, not a batch of ${N}` };
  const window = ((R - 1) * dilationR + 1) * ((S - 1) * dilationS + 1);
  const isFused = facts?.[FUSED_GROUPS] !== undefined && !options.unfused.includes(block);
  const needsRoom = isFused && R * S > options.ifmapSpadWords && archonRules(options).mainWithoutMapping === 'refused';
  const buffers: readonly (readonly [name: keyof ArchonOptions, words: number, use: string])[] = [
    ['psumSpadWords', window, 'which keeps the inputs of predictions and of layers that are not fused'],
    ['predictionBufferWords', R * S, 'which keeps the weights of predictions and of layers that are not fused'],
    ...(needsRoom ? ([['ifmapSpadWords', R * S, 'which keeps the inputs of the fused convolution']] as const) : []),
  ];
  const short = buffers.find(([name, words]) => Number(options[name]) < words);
  if (short === undefined) return { ok: true };
  const [name, words, use] = short;
  const instead = name === 'ifmapSpadWords' ? `, or list ${block} under unfused` : '';
  return {
    ok: false,
    reason: `a ${R}x${S} window takes ${words} words and ${name}, ${use}, is ${String(options[name])}; set it to ${words} or more${instead}`,
  };
}
