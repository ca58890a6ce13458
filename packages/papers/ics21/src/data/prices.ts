import { LEVEL, MAC } from '@archon-dse/pe-array';
import { PART } from '@archon-dse/archon-model';

/** Register-file scratchpads by words, pJ an access. @source ICS'21 Accelergy outputs; see PROVENANCE.md */
export const SPAD_PJ = { 12: 0.237, 16: 0.251, 24: 0.302, 32: 0.338 } as const;
/** Two-port weights scratchpads by words, pJ an access. @source as above */
export const WEIGHTS_SPAD_PJ = { 128: 0.896, 224: 1.18 } as const;
/** Global buffers by KiB, pJ an access of 64 bit. @source as above */
export const GLB_PJ = { 100: 68.751, 108: 70.264, 128: 75.215 } as const;

/** pJ an action of everything else: the published Accelergy outputs, and the class table for the FIFO they never used. */
export const PART_PJ: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  [LEVEL.dram]: { access: 512 },
  [LEVEL.column]: { access: 0 },
  [MAC]: { compute: 2.2 },
  [PART.predictionGlb]: { writeOneBank: 21.456, readOneBank: 21.203 },
  [PART.predictionBuffer]: { write: 0.718, read: 0.545, access: 0.718 },
  [PART.adder]: { add: 0.054 },
  [PART.adderFifo]: { access: 0.146 },
  [PART.mask]: { op: 0.018 },
  [PART.zeroFlagMux]: { op: 0.018 },
  [PART.operandMux]: { op: 0.018 },
  [PART.binaryDecoder]: { op: 0.018 },
};

/** Areas of one instance, um2. @source ICS'21 Accelergy outputs; see PROVENANCE.md */
export const SPAD_UM2 = { 12: 379.68, 16: 414.68, 24: 537.18, 32: 624.68 } as const;
export const WEIGHTS_SPAD_UM2 = { 128: 2319.32, 224: 3474.22 } as const;
export const GLB_UM2 = { 100: 979_377, 108: 1_030_209, 128: 1_162_549 } as const;
export const PART_UM2: Readonly<Record<string, number>> = {
  [LEVEL.dram]: 1,
  [LEVEL.column]: 235.68,
  [MAC]: 1239.5,
  [PART.predictionGlb]: 164_714,
  [PART.predictionBuffer]: 1020.59,
  [PART.adder]: 111.875,
  [PART.adderFifo]: 100.759,
  [PART.mask]: 50.4,
  [PART.zeroFlagMux]: 50.4,
  [PART.operandMux]: 50.4,
  [PART.binaryDecoder]: 50.4,
};
