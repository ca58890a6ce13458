/** Components ARCHON adds to a PE array. */
export const PART = {
  predictionGlb: 'prediction_glb',
  predictionBuffer: 'prediction_buffer',
  adder: 'adder',
  adderFifo: 'adder_fifo',
  mask: 'mask',
  zeroFlagMux: 'zero_flag_mux',
  operandMux: 'operand_mux',
  binaryDecoder: 'binary_decoder',
} as const;

/** Data space of mask traffic in breakdowns. */
export const MASKS = 'Masks';
