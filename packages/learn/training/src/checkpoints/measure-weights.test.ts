import { unpackMask, type StageState } from '@archon-dse/core';
import { initialState, planModel } from '@archon-dse/tensor';
import { lowerToWorkloads } from '@archon-dse/workload';
import { describe, expect, it } from 'vitest';
import { withWeights } from './measure-weights.js';
import { tinyNetwork, withZeros } from '../test-fixtures.js';

const network = tinyNetwork();
const dense = initialState(planModel({ network, batch: 1 }), 1);
const fresh: StageState = { network, densities: {}, metrics: {}, artifacts: {} };

describe('withWeights', () => {
  it('measures convolutions and classifiers alike, in masks that fit the workloads', () => {
    const sparse = withZeros(
      withZeros(dense, 'fc', (index) => index !== 3),
      'b1.depthwise',
      (index) => index < 8,
    );
    const measured = withWeights(fresh, sparse);
    expect(measured.densities).toEqual({ fc: { weights: 7 / 8 }, 'b1.depthwise': { weights: 8 / 72 } });
    const workloads = lowerToWorkloads(network, measured);
    // inputs x units in the kernel, units x inputs in the mask: the second unit of the second input is the sixth
    const mask = workloads.find(({ name }) => name === 'fc')?.weightMask;
    expect([...unpackMask(mask!)]).toEqual([1, 1, 1, 1, 1, 0, 1, 1]);
    expect(workloads.filter(({ weightMask }) => weightMask !== undefined).map(({ name }) => name)).toEqual([
      'b1.depthwise',
      'fc',
    ]);
  });

  it('forgets what was measured on the weights before', () => {
    const pruned = withWeights(
      fresh,
      withZeros(dense, 'stem', () => false),
    );
    const predicted: StageState = {
      ...pruned,
      densities: { ...pruned.densities, 'b1.expand': { outputs: 0.4 }, 'me.extra': { weights: 0.5 } },
      metrics: { accuracy: 0.9, loss: 0.1, falseNegative: 0.2, latency: 3 },
    };
    expect(pruned.densities).toEqual({ stem: { weights: 0 } });
    const { densities, masks, metrics } = withWeights(predicted, dense);
    expect([densities, masks, metrics]).toEqual([{ 'me.extra': { weights: 0.5 } }, {}, { latency: 3 }]);
  });
});
