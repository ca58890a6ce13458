import type { ValueBits } from '@archon-dse/architecture';
import { bitsOf, type LayerRun, type Support, type Workload } from '@archon-dse/core';

/** Data spaces and the formats of a layer that are theirs. */
const FORMATS = { Weights: 'weights', Inputs: 'inputs', Outputs: 'outputs' } as const;

/** The bits of the values of a layer: whole words where no stage has chosen a format. */
export function valueBits({ precision = {} }: Workload, wordBits: number): ValueBits {
  const bits = (space: keyof typeof FORMATS): number => {
    const format = precision[FORMATS[space]];
    return format === undefined ? wordBits : bitsOf(format);
  };
  return { Weights: bits('Weights'), Inputs: bits('Inputs'), Outputs: bits('Outputs') };
}

/** Refuses values wider than the words of the array. */
export function formatSupport(workload: Workload, wordBits: number): Support {
  const wide = Object.entries(valueBits(workload, wordBits)).find(([, bits]) => bits > wordBits);
  if (wide === undefined) return { ok: true };
  const [space, bits] = wide;
  return { ok: false, reason: `its ${space} have ${bits} bit, and the words of the array ${wordBits}; set wordBits` };
}

/** Says what was made of narrow values. */
export function noteFormats(run: LayerRun, bits: ValueBits, wordBits: number): LayerRun {
  const { Weights, Inputs, Outputs } = bits;
  if (Math.min(Weights, Inputs, Outputs) >= wordBits) return run;
  const widths = `weights of ${Weights}, inputs of ${Inputs}, outputs of ${Outputs} bit`;
  const note = `${widths} share rows of several words; MACs work at ${wordBits} bit`;
  return { ...run, notes: [...(run.notes ?? []), note] };
}
