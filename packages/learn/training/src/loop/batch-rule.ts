import type { CompiledModel } from '@archon-dse/tensor';

/** What happens to the weights of a model while it trains, beside gradient descent. */
export interface BatchRule {
  /** Names of the kernels that have masks. */
  readonly masked: readonly string[];
  /** To be called after each step. */
  afterBatch(model: CompiledModel, at: Position): Promise<void>;
}

/** How far training is; all but the count from 0. */
interface Position {
  readonly epoch: number;
  readonly batch: number;
  readonly batchesPerEpoch: number;
}

/** Nothing happens but that masks hold. */
export function stillRule(masked: readonly string[]): BatchRule {
  return { masked, afterBatch: () => Promise.resolve() };
}
