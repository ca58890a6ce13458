import { defineStage } from '@archon-dse/core';
import { QUANTISATION_METRICS, QUANTISATION_OPTIONS, requireBackend } from '@archon-dse/training/options';

/** Rounds weights and activations of a trained network to whole numbers. */
export const quantise = defineStage({
  name: 'quantise',
  title: 'Quantisation',
  description:
    'Rounds the weights of a trained network and the values between its layers to whole numbers of a few bits, without training, and ' +
    'measures its accuracy executed so. Follows the stages "train", "import" or "prune"; zeros stay zero. Gives the formats of all layers, ' +
    'which accelerators price, and accuracy and loss; formats alone where "data" is empty.',
  options: QUANTISATION_OPTIONS,
  metrics: QUANTISATION_METRICS,
  source:
    'Jacob et al., Quantization and training of neural networks for efficient integer-arithmetic-only inference, CVPR 2018; ' +
    'Krishnamoorthi, Quantizing deep convolutional networks for efficient inference, 2018: post-training, weights per channel',
  check: ({ data, backend }) => (data === '' ? undefined : requireBackend(backend)),
  apply: async (...args) => (await import('@archon-dse/training')).applyQuantisation(...args),
});
