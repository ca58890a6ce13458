import { defineStage } from '@archon-dse/core';
import { PREDICTION_METRICS, PREDICTION_OPTIONS, requireBackend } from '@archon-dse/training/options';

/** Predicts ReLUs and adapts what the prediction changes. */
export const predict = defineStage({
  name: 'predict',
  title: 'ReLU prediction',
  description:
    'Predicts which activations the first two ReLUs of b1 and later blocks let pass, by ternary weights and 4-bit inputs, and adapts ' +
    'the network to it. Follows the stages "train" or "prune"; pruned weights stay pruned. Gives measured accuracy, loss and rates of ' +
    'wrong predictions, and the share of activations predicted to pass as densities of outputs.',
  options: PREDICTION_OPTIONS,
  metrics: PREDICTION_METRICS,
  source:
    'Accelerating DNN Inference with Predictive Layer Fusion, ICS 2021; recipes "published": the predictor scripts published with it. ' +
    'Ternary weights: Li, Zhang and Liu, Ternary weight networks, 2016',
  check: ({ backend }) => requireBackend(backend),
  apply: async (...args) => (await import('@archon-dse/training')).applyPrediction(...args),
});
