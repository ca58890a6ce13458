import { defineStage } from '@archon-dse/core';
import { LOAD_OPTIONS, PREDICTION_METRICS } from '@archon-dse/training/options';

/** Takes a network that was trained before, in place of the stages that trained it. */
export const load = defineStage({
  name: 'load',
  title: 'Trained network',
  description:
    'Takes the network of an earlier training from its checkpoint, in place of the stages that made it, so that hardware is explored ' +
    'without training again. Gives what was measured then: densities, masks, accuracy, loss, and rates of wrong predictions.',
  options: LOAD_OPTIONS,
  metrics: PREDICTION_METRICS,
  source: 'checkpoints of archon train',
  apply: async (state, options) => (await import('@archon-dse/training')).applyLoad(state, options),
});
