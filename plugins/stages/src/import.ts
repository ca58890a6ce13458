import { defineStage } from '@archon-dse/core';
import { IMPORT_METRICS, IMPORT_OPTIONS, requireBackend } from '@archon-dse/training/options';

/** Takes the weights of a network from a file, in place of training. */
export const importStage = defineStage({
  name: 'import',
  title: 'Import of weights',
  description:
    'Takes the weights of a network that was trained elsewhere from a Keras HDF5 or safetensors file. Layers with weights of zero ' +
    'count as pruned. Stands in place of the stage "train". Gives measured densities and masks; accuracy and loss where it has data.',
  options: IMPORT_OPTIONS,
  metrics: IMPORT_METRICS,
  source: 'file layout of TensorFlow 2 Keras; format description of the safetensors project',
  check: ({ data, backend }) => {
    if (data !== '') requireBackend(backend);
  },
  apply: async (...args) => (await import('@archon-dse/training')).applyImport(...args),
});
