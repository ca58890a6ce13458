import { defineStage } from '@archon-dse/core';
import { ACCURACY_METRICS, TRAINING_OPTIONS } from '@archon-dse/training/options';

/** Trains the network from scratch. */
export const train = defineStage({
  name: 'train',
  title: 'Training',
  description:
    'Trains the network from scratch and measures its accuracy on test images. Metrics: accuracy (top-1, 0..1) and loss. ' +
    'The checkpoint is kept, so the same training is done once.',
  options: TRAINING_OPTIONS,
  metrics: ACCURACY_METRICS,
  source: 'recipes "published": the training scripts published with ARCHON, ICS 2021; "short": ours',
  apply: async (...args) => (await import('@archon-dse/training')).applyTraining(...args),
});
