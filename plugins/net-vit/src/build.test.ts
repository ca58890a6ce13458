import { buildNetwork, describeNetworkContract } from '@archon-dse/testing';
import { describeNetwork, lowerToWorkloads, vectorWorkOf } from '@archon-dse/workload';
import { describe, expect, it } from 'vitest';
import plugin, { vit } from './index.js';

describeNetworkContract(plugin, { describe, expect, it }, [
  { depth: 1 },
  { patch: 8, resolution: 32, classes: 10, batch: 4 },
]);

/** What fvcore counts for each value that a LayerNorm gives, beside the MACs. */
const FVCORE_LAYER_NORM = 5;

describe('Vision Transformer', () => {
  /**
   * MACs hold the products of attention. fvcore, with which the published figures were counted, adds the LayerNorms.
   *
   * @source parameters: timm, results-imagenet.csv (vit_tiny_, vit_small_, vit_base_patch16_224); G: fvcore counts of DeiT, the same networks
   */
  it.each([
    ['tiny', 5_717_416, 1_253_683_200, 1.258],
    ['small', 22_050_664, 4_598_882_304, 4.608],
    ['base', 86_567_656, 17_563_828_224, 17.583],
  ])('%s has the published parameters and MACs', (variant, parameters, macs, published) => {
    const network = buildNetwork(vit, { variant });
    expect(describeNetwork(network)).toMatchObject({ parameters, trainableParameters: parameters, macs });
    const norms = vectorWorkOf(network).filter(({ op }) => op === 'layerNorm');
    const normalised = norms.reduce((sum, { outputs }) => sum + outputs, 0);
    expect((macs + FVCORE_LAYER_NORM * normalised) / 1e9).toBeCloseTo(published, 3);
  });

  it('has the layers of the paper, counted by hand', () => {
    const { layers } = describeNetwork(buildNetwork(vit, { depth: 1 }));
    const row = (name: string) => layers.find((layer) => layer.name === name);
    // 16 x 16 x 3 x 192 + 192; a token of 192; 197 tokens of 192.
    expect(row('stem')).toMatchObject({ out: [14, 14, 192], parameters: 147_648, macs: 28_901_376 });
    expect(row('class')).toMatchObject({ in: [196, 1, 192], out: [197, 1, 192], parameters: 192, macs: 0 });
    expect(row('position')).toMatchObject({ parameters: 37_824, macs: 0 });
    // 192 x 192 + 192 for 197 tokens; 197 x 197 scores of 64 channels in 3 heads.
    expect(row('b0.attention.query')).toMatchObject({ parameters: 37_056, macs: 7_262_208 });
    expect(row('b0.attention.scores')).toMatchObject({ out: [197, 3, 197], parameters: 0, macs: 7_451_328 });
    expect(row('b0.attention.mix')).toMatchObject({ out: [197, 1, 192], parameters: 0, macs: 7_451_328 });
    expect(row('b0.wide')).toMatchObject({ out: [197, 1, 768], parameters: 148_224, macs: 29_048_832 });
    expect(row('pick')).toMatchObject({ in: [197, 1, 192], out: [1, 1, 192] });
    expect(row('fc')).toMatchObject({ parameters: 193_000, macs: 192_000 });
  });

  it('multiplies activations head by head and image by image', () => {
    const workloads = lowerToWorkloads(buildNetwork(vit, { depth: 1, batch: 2 }));
    const products = workloads.filter(({ op }) => op === 'matmul');
    expect(products.map(({ problem: { C, M, P, Q, N }, groups }) => [C, M, P, Q, N, groups])).toEqual([
      [64, 197, 197, 1, 1, 6],
      [197, 64, 197, 1, 1, 6],
    ]);
  });

  it('refuses images that patches do not tile', () => {
    expect(() => vit.build({ patch: 15 })).toThrow(/patches of 15 pixels do not tile an image of 224/);
  });
});
