import { bitsOf, type NumberFormat, type Workload } from '@archon-dse/core';
import { tensorValues } from '@archon-dse/workload';

/**
 * Bits that a layer moves between DRAM and the buffer. One operand stays, in as many pieces as it takes, while the other passes by once for
 * each piece; whichever way round moves less. Rows that neighbouring pieces of the inputs share count once, partial sums not at all.
 *
 * @param wordBits - of values without a format of their own
 */
export function trafficBits(workload: Workload, wordBits: number, bufferBits: number): number {
  const { precision = {}, groups } = workload;
  const bitsIn = (format?: NumberFormat): number => (format === undefined ? wordBits : bitsOf(format));
  const values = tensorValues(workload);
  const weights = values.weights * bitsIn(precision.weights);
  const inputs = values.inputs * bitsIn(precision.inputs);
  const pieces = (bits: number): number => Math.ceil(bits / bufferBits);
  const weightsStay = weights + pieces(weights) * inputs;
  const inputsStay = inputs + pieces(inputs) * weights;
  return groups * (Math.min(weightsStay, inputsStay) + values.outputs * bitsIn(precision.outputs));
}
