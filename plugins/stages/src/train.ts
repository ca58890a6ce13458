import { defineStage } from '@archon-dse/core';
import { ACCURACY_METRICS, TRAINING_OPTIONS, requireBackend } from '@archon-dse/training/options';

/** Trains the network from scratch, or on from where an earlier stage left it. */
export const train = defineStage({
  name: 'train',
  title: 'Training',
  description:
    'Trains the network from scratch, or trains on what an earlier stage left, and measures its accuracy on test images. Weights that ' +
    'an earlier stage cleared stay zero. Metrics: accuracy (top-1, 0..1) and loss. The checkpoint is kept, so the same training is done once.',
  options: TRAINING_OPTIONS,
  metrics: ACCURACY_METRICS,
  source: 'recipes "published": the training scripts published with ARCHON, ICS 2021; "short": ours',
  check: ({ backend }) => requireBackend(backend),
  apply: async (...args) => (await import('@archon-dse/training')).applyTraining(...args),
});
