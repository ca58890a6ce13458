import { COUPLINGS } from '@archon-dse/archon-cycles';
import { defineOptions } from '@archon-dse/core';
import { executionOptions, ONLY_EXECUTED } from '@archon-dse/pe-array';

/** Options of what is executed on real masks, and of hardware that the analytical model never waits for. */
export const EXECUTION_OPTIONS = defineOptions({
  ...executionOptions({
    analytical: 'cycles and traffic of loop nests, in which every fused weight takes one cycle',
    executed:
      'fused blocks of the trained network run on test images, each compared with its layers, and every addition is counted',
  }),
  masks: {
    type: 'string',
    default: 'predictors',
    enum: ['predictors', 'trueSigns'],
    description: `Where masks come from: the predictors of the checkpoint, or the true signs, as of a perfect predictor. ${ONLY_EXECUTED}`,
  },
  coupling: {
    type: 'string',
    default: 'lock-step',
    enum: COUPLINGS,
    description:
      'How PEs wait for one another in the main phase. lock-step: all finish a fused weight before the next one begins. fifo: the broadcast goes ' +
      `on while the FIFOs in front of the adders of all PEs have room. ${ONLY_EXECUTED}`,
  },
  productsPerCycle: {
    type: 'integer',
    default: 0,
    minimum: 0,
    unit: 'products',
    description: `Products that are broadcast, and whose masks are looked at, in a cycle; 0 for addersPerPe x adderLanes, the masks of a PE. ${ONLY_EXECUTED}`,
  },
  maskWordsPerCycle: {
    type: 'integer',
    default: 0,
    minimum: 0,
    unit: 'words',
    description: `Words of masks that a PE reads from its prediction buffer in a cycle; 0 where they are never waited for, as published. ${ONLY_EXECUTED}`,
  },
  dramBitsPerCycle: {
    type: 'integer',
    default: 0,
    minimum: 0,
    unit: 'bit',
    description: `Bits that DRAM delivers in a cycle; 0 where they are never waited for, as published. ${ONLY_EXECUTED}`,
  },
  prefetchWords: {
    type: 'integer',
    default: 64,
    minimum: 0,
    unit: 'words',
    description: `Room for products that are fetched ahead, where DRAM is waited for. ${ONLY_EXECUTED}`,
  },
});
