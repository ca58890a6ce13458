import { initialState, planModel } from '@archon-dse/tensor';
import { NetworkBuilder } from '@archon-dse/workload';
import { describe, expect, it } from 'vitest';
import type { OpenModel } from './open-model.js';
import { runLayers } from './run-layers.js';

/** 2 x 2 pixels of 2 channels; the first layer tells their sum, cut at 0, and their difference, cut at 0. */
function sample(): OpenModel {
  const net = new NetworkBuilder({ id: 'me/sample', input: [2, 2, 2], classes: 2 });
  net.block('b1');
  const first = net.relu(net.conv('conv', net.input, { filters: 2, role: 'pointwise' }));
  const second = net.depthwise('depthwise', first, { kernel: 3 });
  net.softmax(net.dense('fc', net.globalAveragePool('pool', second), 2));
  const network = net.build();
  const plan = planModel({ network, batch: 1 });
  const tensors = {
    ...initialState(plan, 1),
    // inputs x filters
    'conv/kernel': { shape: [1, 1, 2, 2], data: Float32Array.of(1, 1, 1, -1) },
    // taps x channels
    'depthwise/kernel': { shape: [3, 3, 2, 1], data: new Float32Array(18).fill(1).fill(0, 0, 3) },
    'fc/kernel': { shape: [2, 2], data: Float32Array.of(1, 0, 2, 0) },
  };
  const images = [Float32Array.of(1, 0, 0, 1, 0, 0, 2, 1), Float32Array.of(0, 0, 0, 0, 0, 0, 0, 3)];
  const image = (index: number): Float32Array => images[index] ?? Float32Array.of();
  return { file: 'f', network, plan, tensors, masks: 'predictors', dataset: 'd', images: 2, image };
}

describe('layers that are executed', () => {
  const heard: number[] = [];
  const layers = runLayers(sample(), (done) => heard.push(done));

  it('are all with weights, in order, one image after the other', () => {
    expect(layers.map(({ name, shape, before }) => [name, shape, before])).toEqual([
      ['conv', [2, 2, 2], [0, 0]],
      ['depthwise', [2, 2, 2], [1, 1]],
      ['fc', [1, 1, 2], [0, 0]],
    ]);
    expect(heard).toEqual([0, 1]);
  });

  it('tell which inputs are not zero', () => {
    expect(layers.map(({ images }) => images.map((values) => values.join('')))).toEqual([
      ['10010011', '00000001'],
      ['11100011', '00000010'], // sums 1, 1, 0, 3 and 0, 0, 0, 3; differences 1, -1, 0, 1 and 0, 0, 0, -3
      ['11', '10'],
    ]);
  });

  it('tell which weights are not zero, outputs first', () => {
    // Of the depthwise kernel both channels lack the first tap, channel 0 the second one, too.
    expect(layers.map(({ weights }) => weights.join(''))).toEqual(['1111', '001111111' + '011111111', '1100']);
  });
});
