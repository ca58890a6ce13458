import { ACCURACY, type MeasuredMetrics } from '@archon-dse/core';

/** Measured by every stage that trains, and by a stage that imports weights where it has data. */
export const ACCURACY_METRICS = {
  accuracy: ACCURACY,
  loss: { description: 'Loss on the test images.', direction: 'minimize', minimum: 0 },
} as const satisfies MeasuredMetrics;

/** Measured by a stage that predicts ReLUs. */
export const PREDICTION_METRICS = {
  ...ACCURACY_METRICS,
  falseNegative: share('Share of the activations above 0 that the predictor drops.'),
  falsePositive: share('Share of the activations not above 0 that the predictor lets pass.'),
  maskDensity: share('Share of all activations that the predictor lets pass.'),
} as const satisfies MeasuredMetrics;

/** Those of a stage that measures only where it has data. */
export const IMPORT_METRICS = {
  accuracy: { ...ACCURACY_METRICS.accuracy, needs: 'data' },
  loss: { ...ACCURACY_METRICS.loss, needs: 'data' },
} as const satisfies MeasuredMetrics;

/** Those of a stage that quantises, of the quantised network, and of the network before. */
export const QUANTISATION_METRICS = {
  ...IMPORT_METRICS,
  fullWidthAccuracy: {
    ...ACCURACY_METRICS.accuracy,
    description: 'Share of the same test images recognised before the network was quantised, top-1.',
    needs: 'data',
  },
} as const satisfies MeasuredMetrics;

/** Figures of a model with weights, which are those of no other model: all that stages measure. */
export const MODEL_METRICS: readonly string[] = Object.keys({ ...PREDICTION_METRICS, ...QUANTISATION_METRICS });

function share(description: string) {
  return { description, direction: 'minimize', minimum: 0, maximum: 1 } as const;
}
