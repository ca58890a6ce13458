import { describe, expect, it } from 'vitest';
import { diagnosticsOf } from '../../../../test/diagnostics.js';
import { matchWeights } from './match-weights.js';
import { NETWORK, randomWeights } from './test-fixtures.js';
import { kerasLayers } from './testing/index.js';
import { gatherLayers, type WeightFile } from './weight-file.js';

const weights = randomWeights(NETWORK);
const file: WeightFile = {
  path: 'w.h5',
  layers: kerasLayers(NETWORK, weights).flatMap(({ name, tensors }) =>
    gatherLayers(Object.entries(tensors).map(([tensor, value]) => [name, { name: tensor, ...value }])),
  ),
};

const MAP = `stem: conv2d
b1.expand: [conv2d_1, conv2d_2]
b1.expand.bn: batch_normalization
b1.depthwise: [depthwise_conv2d]
fc: dense
`;

const match = (text: string) => matchWeights(NETWORK, file, { text, file: 'map.yaml' });

function problems(text: string): readonly string[] {
  return diagnosticsOf(() => match(text)).map(({ code, message, hint = '', location }) => {
    return [code, `${String(location?.line)}:${String(location?.column)}`, message, hint].join(' ').trim();
  });
}

describe('a map of layers', () => {
  it('takes a layer for each group, in the order of the list', () => {
    expect(match(MAP)).toEqual(weights);
    const swapped = match(MAP.replace('conv2d_1, conv2d_2', 'conv2d_2, conv2d_1'));
    const bias = [...weights['b1.expand/bias']!.data];
    expect([...swapped['b1.expand/bias']!.data]).toEqual([...bias.slice(3), ...bias.slice(0, 3)]);
  });

  it('leaves layers it does not list to their own names', () => {
    const named = {
      ...file,
      layers: file.layers.map((layer) => (layer.name === 'dense' ? { ...layer, name: 'fc' } : layer)),
    };
    const text = MAP.replace('fc: dense\n', '');
    expect(matchWeights(NETWORK, named, { text, file: 'map.yaml' })).toEqual(weights);
  });

  it('reports every wrong line with its place', () => {
    const text = `steam: conv2d
b1.expand: [conv2d_1]
b1.expand.bn: batch_normalisation
b1.depthwise: [conv2d, conv2d_2]
fc: 3
stem: conv2d_1
`;
    expect(problems(text)).toEqual([
      'ARCHON_LAYER_MAP 1:1 the network has no layer "steam" with weights Did you mean "stem"?',
      'ARCHON_LAYER_MAP 3:15 the file has no layer "batch_normalisation" Did you mean "batch_normalization"?',
      'ARCHON_LAYER_MAP 4:15 b1.depthwise lists 2 layers',
      'ARCHON_LAYER_MAP 5:5 fc is the number 3',
      'ARCHON_LAYER_MAP 6:7 "conv2d_1" is taken twice',
    ]);
    expect(problems('- stem')).toEqual(['ARCHON_LAYER_MAP 1:1 the text is a list']);
    expect(problems('stem: [')).toEqual([expect.stringContaining('ARCHON_YAML_SYNTAX')]);
  });
});
