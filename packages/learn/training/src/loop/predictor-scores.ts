import { predictedBlocks } from '@archon-dse/compression';
import type { Network } from '@archon-dse/core';
import type { GateCounts } from '@archon-dse/tensor';

/** How good predictions of ReLUs are. All 0..1; 0 where there is nothing to count. */
export interface PredictorScore {
  /** Share of the activations above 0 that the predictor drops. */
  readonly falseNegative: number;
  /** Share of the activations not above 0 that it lets pass. */
  readonly falsePositive: number;
  /** Share of all activations that it lets pass. */
  readonly maskDensity: number;
}

/** Of one layer: the convolution whose ReLU is predicted. */
export interface LayerPredictorScore extends PredictorScore {
  readonly layer: string;
}

/** Scores of all predicted layers together, then of each in the order of the network. */
export interface PredictorScores extends PredictorScore {
  readonly layers: readonly LayerPredictorScore[];
}

/**
 * Scores from counts at the gates of a network.
 *
 * @param gates - counts by ReLU
 */
export function scorePredictor(network: Network, gates: Readonly<Record<string, GateCounts>>): PredictorScores {
  const counted = predictedBlocks(network).flatMap(({ kernels, relus }) =>
    relus.flatMap((relu, index) => {
      const [counts, layer] = [gates[relu], kernels[index]];
      return counts === undefined || layer === undefined ? [] : [{ layer, counts }];
    }),
  );
  return {
    ...scoreOf(addCounts(counted.map(({ counts }) => counts))),
    layers: counted.map(({ layer, counts }) => ({ layer, ...scoreOf(counts) })),
  };
}

/** Counts of all gates together. */
export function addCounts(gates: readonly GateCounts[]): GateCounts {
  const none = { values: 0, positive: 0, predicted: 0, both: 0 };
  return gates.reduce(
    (sum, { values, positive, predicted, both }) => ({
      values: sum.values + values,
      positive: sum.positive + positive,
      predicted: sum.predicted + predicted,
      both: sum.both + both,
    }),
    none,
  );
}

function scoreOf({ values, positive, predicted, both }: GateCounts): PredictorScore {
  const share = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole);
  return {
    falseNegative: share(positive - both, positive),
    falsePositive: share(predicted - both, values - positive),
    maskDensity: share(predicted, values),
  };
}
