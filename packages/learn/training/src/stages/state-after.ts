import type { StageState } from '@archon-dse/core';
import type { Checkpoint } from '../checkpoints/checkpoint.js';
import { withWeights } from '../checkpoints/measure-weights.js';
import { scorePredictor, type LayerPredictorScore, type PredictorScore } from '../loop/predictor-scores.js';

/**
 * A state with the weights of a checkpoint and what it measured: densities and masks of the weights, accuracy, loss, and where ReLUs are
 * predicted how well.
 *
 * @param path - of the checkpoint
 */
export function stateAfter(state: StageState, { info, tensors }: Checkpoint, path: string): StageState {
  const measured = withWeights(state, tensors);
  const { history, epoch, prediction } = info;
  const { testAccuracy, testLoss } = history[epoch] ?? { testAccuracy: 0, testLoss: 0 };
  const predicted = prediction === undefined ? undefined : scorePredictor(state.network, prediction.gates);
  return {
    ...measured,
    densities: withOutputs(measured.densities, predicted?.layers ?? []),
    metrics: { ...measured.metrics, accuracy: testAccuracy, loss: testLoss, ...predictionMetrics(predicted) },
    artifacts: { ...state.artifacts, checkpoint: path },
  };
}

/** Adds the share of activations that predictors let pass. */
function withOutputs(
  densities: StageState['densities'],
  layers: readonly LayerPredictorScore[],
): StageState['densities'] {
  const outputs = layers.map(
    ({ layer, maskDensity }) => [layer, { ...densities[layer], outputs: maskDensity }] as const,
  );
  return { ...densities, ...Object.fromEntries(outputs) };
}

function predictionMetrics(predicted: PredictorScore | undefined): StageState['metrics'] {
  if (predicted === undefined) return {};
  const { falseNegative, falsePositive, maskDensity } = predicted;
  return { falseNegative, falsePositive, maskDensity };
}
