import type { CompiledModel } from '@archon-dse/tensor';

/**
 * What happens to the weights of a model while it trains, beside gradient descent. A rule reads and writes weights by `model.readState` and
 * `model.writeState`, and masks by `maskName(kernel)`; what it does may depend on the model and the position only, so that a training
 * that was stopped goes on as if it had not been.
 */
export interface BatchRule {
  /** Names of the kernels that have masks. */
  readonly masked: readonly string[];
  /** To be called after each step. */
  afterBatch(model: CompiledModel, at: Position): Promise<void>;
}

/** How far training is; all but the count from 0. */
export interface Position {
  readonly epoch: number;
  readonly batch: number;
  readonly batchesPerEpoch: number;
}

/** Nothing happens but that masks hold. */
export function stillRule(masked: readonly string[]): BatchRule {
  return { masked, afterBatch: () => Promise.resolve() };
}

/** One rule after the other. */
export function bothRules(first: BatchRule, second: BatchRule): BatchRule {
  return {
    masked: [...new Set([...first.masked, ...second.masked])],
    async afterBatch(model, at) {
      await first.afterBatch(model, at);
      await second.afterBatch(model, at);
    },
  };
}
