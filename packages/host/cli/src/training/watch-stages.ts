import type { Options, StageState, TrainingBudget } from '@archon-dse/core';
import type { Chain, StageResources } from '@archon-dse/engine';
import { countWeights, readCheckpoint, sumWeights } from '@archon-dse/training';
import { inCwd, type Context } from '../context.js';
import type { TrainingFlags } from '../options/flags.js';
import { formatNumber, formatShare, shortId } from '../terminal/format.js';
import { runInterruptibly } from '../interrupt.js';
import { createProgress } from '../terminal/progress.js';

/** What a stage came to; the documented entry of `stages` in `train --json` and `run --json`. */
export interface StageResult {
  readonly stage: string;
  readonly options: Options;
  readonly accuracy: number | null;
  readonly loss: number | null;
  readonly density: { readonly nonzero: number; readonly total: number };
  readonly budget: TrainingBudget | null;
  readonly checkpoint: string | null;
}

export interface StageWatch {
  readonly chain: Chain;
  readonly flags: Pick<TrainingFlags, 'out' | 'threads'>;
  /** In place of the network, while its stages run. */
  readonly label?: string;
  readonly onStage: (result: StageResult) => void;
}

/**
 * Shows how far the stages of a chain are while `apply` applies them, and tells the result of each as it ends.
 *
 * @param apply - is given what the stages may use
 */
export async function watchStages<T>(
  context: Context,
  { chain, flags, label, onStage }: StageWatch,
  apply: (resources: StageResources) => Promise<T>,
): Promise<T> {
  const results: StageResult[] = [];
  let view = createProgress(context.output);
  const resources: StageResources = {
    dir: inCwd(context, flags.out),
    threads: flags.threads,
    onStage: ({ network, stage, progress }) => {
      const name = `${label ?? shortId(network)}  ${shortId(stage)}`;
      view.update({ stages: [{ label: name, ...(progress === undefined ? {} : { progress }) }] });
    },
    onStageEnd: async (state) => {
      view.stop();
      view = createProgress(context.output);
      const result = await resultOf(state, chain, results);
      results.push(result);
      onStage(result);
    },
  };
  try {
    return await apply(resources);
  } finally {
    view.stop();
  }
}

/** @param earlier - results of the stages before */
async function resultOf(state: StageState, { stages }: Chain, earlier: readonly StageResult[]): Promise<StageResult> {
  const { network, metrics, artifacts, budgets = [] } = state;
  const { use = '', options = {} } = stages[earlier.length] ?? {};
  const path = typeof artifacts['checkpoint'] === 'string' ? artifacts['checkpoint'] : null;
  const weights = path === null ? [] : countWeights(network, (await readCheckpoint(path)).tensors);
  return {
    ...{ stage: use, options },
    accuracy: metrics['accuracy'] ?? null,
    loss: metrics['loss'] ?? null,
    density: sumWeights(weights),
    budget: budgets[earlier.filter(({ budget }) => budget !== null).length] ?? null,
    checkpoint: path,
  };
}

/** Runs training that Ctrl-C stops after a batch; nothing when it did. */
export function trainInterruptibly<T>(
  context: Context,
  train: (signal: AbortSignal) => Promise<T>,
): Promise<T | undefined> {
  const notice = 'Stopping; run the same command again to go on after the last whole epoch.';
  return runInterruptibly(context, notice, async (signal) => {
    try {
      return await train(signal);
    } catch (error) {
      if (signal.aborted) return undefined;
      throw error;
    }
  });
}

export const STAGE_COLUMNS: readonly string[] = ['stage', 'accuracy', 'loss', 'weights not zero', 'trained with'];

/** A row under {@link STAGE_COLUMNS}. */
export function stageRow({ stage, accuracy, loss, density, budget }: StageResult): readonly string[] {
  return [
    stage,
    accuracy === null ? '' : formatShare(accuracy),
    loss === null ? '' : loss.toFixed(4),
    `${formatNumber(density.nonzero)} of ${formatNumber(density.total)}`,
    budget === null ? '' : budgetText(budget),
  ];
}

function budgetText(budget: TrainingBudget): string {
  const { recipe, dataset, images, testImages, epochs, batch, microBatch, backend } = budget;
  const parts = microBatch === batch ? '' : ` in parts of ${formatNumber(microBatch)}`;
  return [
    `recipe ${recipe}`,
    `${formatNumber(epochs)} ${epochs === 1 ? 'epoch' : 'epochs'}`,
    `${formatNumber(images)} images of ${dataset} (tested on ${formatNumber(testImages)})`,
    `batch ${formatNumber(batch)}${parts}`,
    backend,
  ].join(', ');
}
