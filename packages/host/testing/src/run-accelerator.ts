import type {
  AcceleratorContribution,
  AcceleratorInput,
  AcceleratorRun,
  Options,
  PriceComponents,
} from '@archon-dse/core';

export interface RunRequest
  extends
    Pick<AcceleratorInput, 'workloads' | 'network' | 'artifacts'>,
    Partial<Pick<AcceleratorInput, 'cache' | 'seed' | 'vectorWork'>> {
  /** As they differ from the defaults. */
  readonly options?: Options;
  readonly price: PriceComponents;
}

/** Runs an accelerator as a host would, without asking what it supports. */
export async function runAccelerator(
  contribution: AcceleratorContribution,
  { options = {}, price, vectorWork = [], cache = new Map(), seed = 0, ...given }: RunRequest,
): Promise<AcceleratorRun> {
  const accelerator = contribution.create(options);
  return accelerator.run({ ...given, vectorWork, prices: price(accelerator.components()), cache, seed });
}
