import { defineOptions, type MeasuredMetrics } from '@archon-dse/core';

/** What the description of an option ends with that analytical runs do not look at. */
export const ONLY_EXECUTED = 'Counts where the fidelity is "executed".';

/** Options of every accelerator that executes trained networks. @param fidelities - what each means on this one */
export const executionOptions = (fidelities: { readonly analytical: string; readonly executed: string }) =>
  defineOptions({
    fidelity: {
      type: 'string',
      default: 'analytical',
      enum: ['analytical', 'executed'],
      description:
        `analytical: ${fidelities.analytical}. executed: ${fidelities.executed}; ` +
        'needs a checkpoint of the stages.',
    },
    data: {
      type: 'string',
      default: 'procedural',
      path: { kind: 'folder', keywords: ['procedural'], endings: ['.bin'] },
      description: `Images to execute: "procedural" draws them, anything else is a folder of CIFAR files in the binary format. ${ONLY_EXECUTED}`,
    },
    images: {
      type: 'integer',
      default: 1,
      minimum: 1,
      description: `Test images to execute, from the first; figures are their mean, cycles rounded up. ${ONLY_EXECUTED}`,
    },
  });

/** Measured beside the cycles where a network is executed. */
export const EXECUTION_METRICS = {
  cyclesAnalytical: {
    description: 'Cycles by the analytical model, where the others are of an execution.',
    unit: 'cycles',
    direction: 'minimize',
    exclusiveMinimum: 0,
    needs: { option: 'fidelity', is: 'executed' },
  },
} as const satisfies MeasuredMetrics;
