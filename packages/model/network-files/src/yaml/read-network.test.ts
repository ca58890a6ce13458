import { Ajv } from 'ajv';
import { describeNetwork } from '@archon-dse/workload';
import { parse } from 'yaml';
import { describe, expect, it } from 'vitest';
import { diagnosticsOf } from '../../../../../test/diagnostics.js';
import { mobileNetV2 } from '../../test/mobile-net.js';
import { resNet50 } from '../../test/res-net.js';
import { BASE, vit } from '../../test/vit.js';
import { importOnnx } from '../onnx/import-onnx.js';
import { networkSchema } from './network-schema.js';
import { readNetwork } from './read-network.js';
import { networkYaml } from './write-network.js';

const read = (text: string, options = {}) => readNetwork(text, 'net.yaml', { id: 'me/net', ...options });
const layersOf = (...rows: readonly string[]) =>
  `input: [8, 8, 3]\nlayers:\n${rows.map((row) => `  - ${row}\n`).join('')}`;

describe('a list of layers', () => {
  it('has the defaults of each operation, and reads the layer before', () => {
    const network = read(
      layersOf(
        '{ op: conv, filters: 4, kernel: 3, padding: 1 }',
        '{ op: maxPool, size: 2 }',
        '{ op: dense, units: 5 }',
      ),
    );
    const padding = { top: 1, bottom: 1, left: 1, right: 1 };
    expect(network.layers.slice(1)).toEqual([
      {
        name: 'conv_1',
        op: 'conv',
        kernel: 3,
        stride: 1,
        bias: false,
        groups: 1,
        filters: 4,
        padding,
        inputs: ['input'],
        block: 'head',
        role: 'conv',
      },
      { name: 'maxPool_2', op: 'maxPool', size: 2, stride: 2, inputs: ['conv_1'], block: 'head', role: 'pool' },
      { name: 'dense_3', op: 'dense', units: 5, bias: true, inputs: ['maxPool_2'], block: 'head', role: 'dense' },
    ]);
    expect(network).toMatchObject({ input: [8, 8, 3], classes: 5 });
    expect(network.batch).toBeUndefined();
  });

  it('repeats parts, whose layers read those of their own round first', () => {
    const network = read(
      layersOf(
        '{ op: conv, name: a, filters: 4 }',
        '{ repeat: 2, layers: [{ op: conv, name: b, filters: 4, block: b1 }, { op: relu, name: c }, { op: add, name: d, inputs: [c, b, a, start] }, { op: relu }] }',
      ),
    );
    expect(network.layers.slice(2).map(({ name, inputs }) => `${name}: ${inputs.join(' ')}`)).toEqual([
      ...[
        'b.1: a',
        'c.1: b.1',
        'd.1: c.1 b.1 a a',
        'relu_5.1: d.1',
        'b.2: relu_5.1',
        'c.2: b.2',
        'd.2: c.2 b.2 a relu_5.1',
        'relu_5.2: d.2',
      ],
    ]);
    expect(network.layers.map(({ block }) => block)).toEqual(['head', 'head', ...Array<string>(8).fill('b1')]);
  });

  it('has a batch, which an option goes before', () => {
    const text = `batch: 4\n${layersOf('{ op: dense, units: 2 }')}`;
    expect([read(text).batch, read(text, { batch: 2 }).batch]).toEqual([4, 2]);
  });

  it.each<[string, string, string, string | undefined]>([
    [
      'a misspelt operation',
      layersOf('{ op: convv, filters: 3 }'),
      '3:11 there is no operation "convv"',
      'Did you mean "conv"?',
    ],
    ['no operation', layersOf('{ filters: 3 }'), '3:5 layers[0] has no op', undefined],
    [
      'a misspelt property',
      layersOf('{ op: conv, filter: 3 }'),
      '3:17 a conv layer has no "filter"',
      'Did you mean "filters"?',
    ],
    ['a missing one', layersOf('{ op: relu }', '{ op: conv }'), '4:5 layers[1] (conv) has no filters', undefined],
    ['a wrong value', layersOf('{ op: conv, filters: 0 }'), '3:26 filters is 0', undefined],
    [
      'a misspelt input',
      layersOf('{ op: relu, name: first }', '{ op: relu, inputs: frist }'),
      '4:25 no layer before is called "frist"',
      'Did you mean "first"?',
    ],
    [
      'a name twice',
      layersOf('{ op: relu, name: a }', '{ op: relu, name: a }'),
      '4:23 the name "a" is taken',
      undefined,
    ],
    [
      'shapes that do not fit',
      layersOf('{ op: conv, name: a, filters: 4 }', '{ op: add, name: b, inputs: [a, input] }'),
      '4:5 layer "b" (add): it adds [8,8,4] and [8,8,3]',
      undefined,
    ],
    [
      'a window that is too large',
      layersOf('{ op: conv, name: a, filters: 4, kernel: 9, padding: valid }'),
      '3:5 layer "a" (conv): its window and padding leave nothing of [8,8,3]',
      undefined,
    ],
    ['no layers', 'input: [8, 8, 3]\n', '1:1 the network has no layers', undefined],
    ['no input', 'layers: []\n', '1:1 the network has no input', undefined],
    ['a misspelt key', 'inputs: [8, 8, 3]\nlayers: []\n', '1:1 the network has no input', undefined],
    ['another key', `bach: 3\n${layersOf('{ op: relu }')}`, '1:1 a network has no "bach"', 'Did you mean "batch"?'],
    ['a list', '- 1\n', '1:1 the text is a list', undefined],
    ['nothing to repeat', layersOf('{ repeat: 2, layers: [] }'), '3:26 layers[0] repeats nothing', undefined],
    [
      'an endless repeat',
      layersOf('{ repeat: 20000, layers: [{ repeat: 20000, layers: [{ op: relu }] }] }'),
      '3:31 the network has too many layers',
      undefined,
    ],
  ])('locates %s', (_, text, expected, hint) => {
    const found = diagnosticsOf(() => read(text)).at(-1);
    expect(found?.code).toBe('ARCHON_NETWORK_INVALID');
    expect(`${found?.location?.line}:${found?.location?.column} ${found?.message}`).toBe(expected);
    expect(found?.hint).toBe(hint);
    expect(found?.frame).toContain('^');
  });
});

describe('networks that are written', () => {
  const validate = new Ajv({ strict: false }).compile(networkSchema());

  it.each([
    ['MobileNetV2', mobileNetV2()],
    ['ResNet-50', resNet50()],
    ['ViT', vit({ ...BASE, depth: 1 })],
  ])('%s is read as it was, and is as the schema for editors has it', (_, file) => {
    const { network } = importOnnx(file.encode(), { id: 'me/net', batch: 2 });
    const text = networkYaml(network, ['A comment.']);
    expect(read(text)).toEqual(network);
    expect(describeNetwork(read(text))).toEqual(describeNetwork(network));
    validate(parse(text));
    expect(validate.errors).toBe(null);
  });

  it('quotes names that YAML would read as something else', () => {
    const network = read(
      layersOf('{ op: relu, name: "1: x" }', '{ op: relu, name: "null" }', '{ op: relu, name: "a/b.c:0" }'),
    );
    expect(read(networkYaml(network))).toEqual(network);
  });
});
