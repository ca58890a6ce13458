import type {
  AcceleratorContribution,
  AcceleratorInput,
  AcceleratorRun,
  Options,
  PriceComponents,
} from '@archon-dse/core';

export interface RunRequest
  extends Pick<AcceleratorInput, 'workloads'>, Partial<Pick<AcceleratorInput, 'cache' | 'seed' | 'vectorWork'>> {
  /** As they differ from the defaults. */
  readonly options?: Options;
  readonly price: PriceComponents;
}

/** Runs an accelerator as a host would, without asking what it supports. */
export async function runAccelerator(
  contribution: AcceleratorContribution,
  { workloads, vectorWork = [], options = {}, price, cache = new Map(), seed = 0 }: RunRequest,
): Promise<AcceleratorRun> {
  const accelerator = contribution.create(options);
  return accelerator.run({ workloads, vectorWork, prices: price(accelerator.components()), cache, seed });
}
