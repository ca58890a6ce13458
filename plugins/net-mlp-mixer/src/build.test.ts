import { buildNetwork, describeNetworkContract } from '@archon-dse/testing';
import { describeNetwork, vectorWorkOf } from '@archon-dse/workload';
import { describe, expect, it } from 'vitest';
import plugin, { mlpMixer } from './index.js';

describeNetworkContract(plugin, { describe, expect, it }, [
  { depth: 1 },
  { patch: 8, resolution: 32, classes: 10, batch: 4 },
]);

/** What fvcore counts for each value that a LayerNorm gives, beside the MACs. */
const FVCORE_LAYER_NORM = 5;

describe('MLP-Mixer', () => {
  /** @source parameters: Tolstikhin et al., table 1 (19 M, 18.5 M, 60 M, 60 M, 208 M), in full timm; G: timm, benchmark tables, by fvcore */
  it.each([
    ['small', 32, 19_104_624, 1_002_426_368, 1.0],
    ['small', 16, 18_528_264, 3_776_958_464, 3.79],
    ['base', 32, 60_293_428, 3_237_722_112, 3.24],
    ['base', 16, 59_880_472, 12_601_767_936, 12.62],
    ['large', 16, 208_196_168, 44_547_678_208, 44.6],
  ])('%s/%i has the published parameters and MACs', (variant, patch, parameters, macs, published) => {
    const network = buildNetwork(mlpMixer, { variant, patch });
    expect(describeNetwork(network)).toMatchObject({ parameters, trainableParameters: parameters, macs });
    const norms = vectorWorkOf(network).filter(({ op }) => op === 'layerNorm');
    const normalised = norms.reduce((sum, { outputs }) => sum + outputs, 0);
    expect((macs + FVCORE_LAYER_NORM * normalised) / 1e9).toBeCloseTo(published, 2);
  });

  it('mixes tokens and then channels, counted by hand', () => {
    const { layers } = describeNetwork(buildNetwork(mlpMixer, { depth: 1 }));
    const row = (name: string) => layers.find((layer) => layer.name === name);
    expect(row('stem')).toMatchObject({ out: [14, 14, 512], parameters: 393_728, macs: 77_070_336 });
    // 512 channels, each 196 x 256 + 256 and 256 x 196 + 196.
    expect(row('b0.tokens.wide')).toMatchObject({
      in: [512, 1, 196],
      out: [512, 1, 256],
      parameters: 50_432,
      macs: 25_690_112,
    });
    expect(row('b0.tokens.narrow')).toMatchObject({ out: [512, 1, 196], parameters: 50_372, macs: 25_690_112 });
    // 196 tokens, each 512 x 2048 + 2048 and back.
    expect(row('b0.channels.wide')).toMatchObject({ in: [196, 1, 512], parameters: 1_050_624, macs: 205_520_896 });
    expect(row('b0.channels.narrow')).toMatchObject({ out: [196, 1, 512], parameters: 1_049_088, macs: 205_520_896 });
    expect(row('pool')).toMatchObject({ in: [196, 1, 512], out: [1, 1, 512] });
  });
});
