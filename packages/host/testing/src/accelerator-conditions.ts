import type { AcceleratorInput, Options, PriceComponents, VectorWork, Workload } from '@archon-dse/core';

/** What the suite expects of every accelerator that does not say why it is otherwise. */
export const ACCELERATOR_EXPECTATIONS = {
  everyMac: 'executes every MAC once',
  inTurn: 'takes as many cycles as its layers together',
  traffic: 'moves weights, inputs and outputs from and to the memory outside the chip',
  growth: 'is no slower with more instances of its components',
  names: 'gives layers of other names the same figures',
} as const;

export type AcceleratorExpectation = keyof typeof ACCELERATOR_EXPECTATIONS;

/**
 * What the suite needs to run accelerators, and what it may expect of them. `network` and `artifacts` are for those that execute a network,
 * and given to every run as they are; the suite has none of its own.
 */
export interface AcceleratorConditions extends Pick<AcceleratorInput, 'network' | 'artifacts'> {
  /** Prices the components: `priceComponents` of `@archon-dse/pricing`, or a table of your own. */
  readonly price: PriceComponents;
  /** Further options to try, as they differ from the defaults. */
  readonly cases?: readonly Options[];
  /** Layers to run, `SAMPLE_WORKLOADS` by default; those the accelerator refuses are left out. */
  readonly workloads?: readonly Workload[];
  /** Work beside them that is no multiply-accumulate, `SAMPLE_VECTOR_WORK` by default; the accelerator may run it. */
  readonly vectorWork?: readonly VectorWork[];
  /** Bits of values without a format of their own, or the option that says how many, for the traffic that is compulsory; 8 by default. */
  readonly wordBits?: number | string;
  /** {@link ACCELERATOR_EXPECTATIONS} that do not hold, each with the reason, e.g. `{ inTurn: 'layers overlap' }`. */
  readonly exceptions?: Readonly<Partial<Record<AcceleratorExpectation, string>>>;
}
