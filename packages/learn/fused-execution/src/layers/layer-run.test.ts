import { planModel, initialState } from '@archon-dse/tensor';
import { referenceBackend, sampleBatch, SAMPLE_SPECS } from '@archon-dse/tensor/testing';
import { describe, expect, it } from 'vitest';
import { LayerRun } from './layer-run.js';

describe('LayerRun', () => {
  it.each(Object.entries(SAMPLE_SPECS))('scores as the reference backend does: %s', async (_name, spec) => {
    const plan = planModel(spec);
    const tensors = initialState(plan, 7);
    const kept = Object.fromEntries(
      Object.entries(tensors).map(([name, { shape, data }]) => [
        name,
        { shape, data: name.endsWith('/mean') ? data.map((_, at) => 0.1 * at - 0.2) : data },
      ]),
    );
    const batch = sampleBatch(spec, 3);
    const model = await referenceBackend.compile(plan, kept);
    const { lossSum, correct } = await model.evaluate(batch);
    const run = new LayerRun(plan, kept);
    const size = batch.images.length / plan.batch;
    let loss = 0;
    let right = 0;
    batch.labels.forEach((label, image) => {
      const scores = run.run(batch.images.subarray(image * size, (image + 1) * size));
      loss += Math.log(scores.reduce((sum, score) => sum + Math.exp(score), 0)) - (scores[label] ?? 0);
      right += run.best === label ? 1 : 0;
    });
    expect(loss).toBeCloseTo(lossSum, 5);
    expect(right).toBe(correct);
  });

  it('refuses an image of another size, and names a node that is not there', () => {
    const [spec] = Object.values(SAMPLE_SPECS);
    const plan = planModel(spec!);
    const run = new LayerRun(plan, initialState(plan, 1));
    expect(() => run.run(new Float32Array(5))).toThrow('an image of 5 values; the network takes 48');
    expect(() => run.plane('b7')).toThrow('no node "b7"');
  });

  it('names a tensor that is missing', () => {
    const [spec] = Object.values(SAMPLE_SPECS);
    const plan = planModel(spec!);
    expect(() => new LayerRun(plan, {})).toThrow('tensor "fc/kernel" is missing');
  });
});
