/** Where passes, PEs and the iterations of a PE begin, as offsets into the weights and the inputs; they add up. */
export interface PassOffsets {
  readonly weights: Int32Array;
  readonly inputs: Int32Array;
}

export interface PassNest {
  readonly passes: PassOffsets;
  readonly pes: PassOffsets;
  /** Within one pass of one PE. */
  readonly iterations: PassOffsets;
}

/** Sums over all passes that were walked. */
export class PassCounts {
  /** Of the slowest PE of each pass. */
  cycles = 0;
  multiplications = 0;
  /** Passes of a PE by their multiplications; the last entry for all above. */
  readonly histogram: Float64Array;

  constructor(entries: number) {
    this.histogram = new Float64Array(entries);
  }
}

/**
 * Walks every pass of a group: each PE multiplies once for each of its iterations in which neither factor is 0, and all wait for the
 * slowest.
 *
 * @param weights - how many weights an entry stands for that are not 0
 * @param inputs - 0 or 1 a value
 * @param first - of the inputs
 */
export function walkPasses(
  nest: PassNest,
  weights: Uint16Array,
  inputs: Uint8Array,
  first: number,
  counts: PassCounts,
): void {
  const { passes, pes, iterations } = nest;
  const { histogram } = counts;
  const above = histogram.length - 1;
  for (let pass = 0; pass < passes.weights.length; pass++) {
    const passWeight = passes.weights[pass]!;
    const passInput = passes.inputs[pass]! + first;
    let slowest = 0;
    for (let pe = 0; pe < pes.weights.length; pe++) {
      const weight = passWeight + pes.weights[pe]!;
      const input = passInput + pes.inputs[pe]!;
      let count = 0;
      for (let at = 0; at < iterations.weights.length; at++) {
        count += weights[weight + iterations.weights[at]!]! * inputs[input + iterations.inputs[at]!]!;
      }
      counts.multiplications += count;
      histogram[count < above ? count : above]!++;
      if (count > slowest) slowest = count;
    }
    counts.cycles += slowest;
  }
}
