import { defineStage } from '@archon-dse/core';
import { ACCURACY_METRICS, PRUNING_OPTIONS, requireBackend } from '@archon-dse/training/options';

/** Clears the small weights of a trained network while it trains on. */
export const prune = defineStage({
  name: 'prune',
  title: 'Magnitude pruning',
  description:
    'Clears the smallest weights of the convolutions of b1 and later blocks, more of them each epoch of a cubic ramp, then trains on ' +
    'without them. Weights that are zero stay zero. Follows the stages "train" or "import". Gives measured densities and masks, ' +
    'accuracy and loss.',
  options: PRUNING_OPTIONS,
  metrics: ACCURACY_METRICS,
  source:
    'Zhu and Gupta, To prune, or not to prune, 2017; recipes "published": the pruning scripts published with ARCHON, ICS 2021',
  check: ({ backend }) => requireBackend(backend),
  apply: async (...args) => (await import('@archon-dse/training')).applyPruning(...args),
});
