import { describeNetwork, lowerToWorkloads, vectorWorkOf } from '@archon-dse/workload';
import { describe, expect, it } from 'vitest';
import { ELEMENT } from '../onnx-format.js';
import { OnnxFile } from '../../test/onnx-file.js';
import { importOnnx } from './import-onnx.js';

type Build = (file: OnnxFile, image: string) => string;

/** What the nodes of a small file come to: shape of the last layer, parameters, MACs, and what is not costed. */
function cost(dims: readonly number[], build: Build, opset = 17) {
  const file = new OnnxFile(opset);
  file.output(build(file, file.input('image', dims)));
  const { network } = importOnnx(file.encode(), { id: 'me/file' });
  const { layers, parameters, macs } = describeNetwork(network);
  const others = vectorWorkOf(network).map(({ op, function: what = op }) => what);
  return [layers.at(-1)?.out.join('x'), parameters, macs, others.join(' ')];
}

const IMAGE = [1, 4, 9, 8];
const TOKENS = [1, 5, 6];

describe('operators with windows', () => {
  it.each<[string, Build, unknown[]]>([
    [
      'convolution with pads of its own on each side, dilation and strides',
      (file, x) =>
        file.op('Conv', [x, file.weight([6, 4, 3, 2]), file.weight([6])], {
          pads: [1, 0, 2, 1],
          dilations: [2, 1],
          strides: [1, 2],
        }),
      // Rows: 9 + 3 - 5 + 1 = 8; columns: (8 + 1 - 2) / 2 + 1 = 4. 6 x 4 x 6 weights.
      ['8x4x6', 150, 4_608, ''],
    ],
    [
      'upper padding',
      (file, x) => file.op('Conv', [x, file.weight([2, 4, 3, 3])], { auto_pad: 'SAME_UPPER', strides: [2, 2] }),
      ['5x4x2', 72, 1_440, ''],
    ],
    [
      'lower padding',
      (file, x) => file.op('Conv', [x, file.weight([2, 4, 3, 3])], { auto_pad: 'SAME_LOWER', strides: [2, 2] }),
      ['5x4x2', 72, 1_440, ''],
    ],
    [
      'no padding',
      (file, x) => file.op('Conv', [x, file.weight([2, 4, 3, 3])], { auto_pad: 'VALID' }),
      ['7x6x2', 72, 3_024, ''],
    ],
    ['groups', (file, x) => file.op('Conv', [x, file.weight([6, 2, 1, 1])], { group: 2 }), ['9x8x6', 12, 864, '']],
    [
      'depthwise with a multiplier',
      (file, x) => file.op('Conv', [x, file.weight([8, 1, 1, 1])], { group: 4 }),
      ['9x8x8', 8, 576, ''],
    ],
    [
      'a bias that is added behind',
      (file, x) => file.op('Add', [file.op('Conv', [x, file.weight([2, 4, 1, 1])]), file.weight([1, 2, 1, 1])]),
      ['9x8x2', 10, 576, ''],
    ],
    [
      'transposed convolution with output padding',
      (file, x) =>
        file.op('ConvTranspose', [x, file.weight([4, 2, 3, 3])], {
          strides: [2, 2],
          pads: [1, 1, 1, 1],
          output_padding: [1, 1],
        }),
      // (9 - 1) 2 + 3 - 2 + 1 = 18; 72 input cells meet 9 x 4 x 2 weights.
      ['18x16x2', 72, 5_184, ''],
    ],
    [
      'transposed convolution of a given size, in groups',
      (file, x) =>
        file.op('ConvTranspose', [x, file.weight([4, 1, 3, 3]), file.weight([2])], {
          strides: [2, 2],
          output_shape: [18, 16],
          output_padding: [1, 1],
          group: 2,
        }),
      ['18x16x2', 38, 2_592, ''],
    ],
    [
      'pool that rounds up',
      (file, x) => file.op('MaxPool', [x], { kernel_shape: [3, 3], strides: [2, 2], ceil_mode: 1 }),
      ['4x4x4', 0, 0, 'maxPool'],
    ],
    // The last window would start at row 10 of 9.
    [
      'pool that rounds up to no empty window',
      (file, x) => file.op('AveragePool', [x], { kernel_shape: [1, 1], strides: [10, 9], ceil_mode: 1 }),
      ['1x1x4', 0, 0, 'averagePool'],
    ],
    [
      'pool with dilation',
      (file, x) => file.op('MaxPool', [x], { kernel_shape: [3, 3], dilations: [2, 2] }),
      ['5x4x4', 0, 0, 'maxPool'],
    ],
    ['greatest value of all', (file, x) => file.op('GlobalMaxPool', [x]), ['1x1x4', 0, 0, 'maxPool']],
    [
      'mean over the plane',
      (file, x) => file.op('ReduceMean', [x], { axes: [2, 3] }),
      ['1x1x4', 0, 0, 'globalAveragePool'],
    ],
    [
      'mean over the plane, flat',
      (file, x) => file.op('ReduceMean', [x], { axes: [-1, -2], keepdims: 0 }),
      ['1x1x4', 0, 0, 'globalAveragePool'],
    ],
  ])('%s', (_, build, expected) => {
    expect(cost(IMAGE, build)).toEqual(expected);
  });

  it('sequences by channel are one column', () => {
    const conv: Build = (file, x) => file.op('Conv', [x, file.weight([6, 4, 3])], { pads: [1, 1] });
    expect(cost([1, 4, 10], conv)).toEqual(['10x1x6', 72, 720, '']);
  });
});

describe('products', () => {
  it.each<[string, Build, unknown[]]>([
    ['by weights at every position', (file, x) => file.op('MatMul', [x, file.weight([6, 7])]), ['5x1x7', 42, 210, '']],
    [
      'with a bias',
      (file, x) => file.op('Add', [file.op('MatMul', [x, file.weight([6, 7])]), file.weight([7])]),
      ['5x1x7', 49, 210, ''],
    ],
    // [3, 5] by [5, 6]: the result, by channel, is that of a dense layer on six columns of five values.
    ['weights first', (file, x) => file.op('MatMul', [file.weight([3, 5]), x]), ['6x1x3', 15, 90, '']],
    [
      'of two activations',
      (file, x) => file.op('MatMul', [x, file.op('Transpose', [x], { perm: [0, 2, 1] })]),
      ['5x1x5', 0, 150, ''],
    ],
    [
      'of two activations as Gemm',
      (file, x) => {
        const rows = file.op('Reshape', [x, file.ints([5, 6])]);
        return file.op('Gemm', [rows, rows, file.weight([5])], { transB: 1 });
      },
      ['5x1x5', 5, 150, 'add'],
    ],
    [
      'by weights through quantisation',
      (file, x) =>
        file.op('MatMul', [x, file.op('DequantizeLinear', [file.weight([6, 7], ELEMENT.int8), file.float(1)])]),
      ['5x1x7', 42, 210, ''],
    ],
    [
      'by half-precision weights',
      (file, x) => file.op('MatMul', [x, file.op('Cast', [file.weight([6, 7], ELEMENT.float16)], { to: 1 })]),
      ['5x1x7', 42, 210, ''],
    ],
    [
      'by weights that differ from group to group',
      (file, x) => file.op('MatMul', [file.op('Reshape', [x, file.ints([5, 1, 6])]), file.weight([5, 6, 2])]),
      ['5x1x2', 60, 60, ''],
    ],
    [
      'of each head by one matrix',
      (file, x) => file.op('MatMul', [x, file.op('Reshape', [x, file.ints([5, 6, 1])])]),
      // [1, 5, 6] by [5, 6, 1]: the first is repeated five times.
      ['5x5x1', 0, 150, ''],
    ],
  ])('%s', (_, build, expected) => {
    expect(cost(TOKENS, build)).toEqual(expected);
  });

  it.each<[string, Build, unknown[]]>([
    [
      'with its dense layer',
      (file, x) =>
        file.node({
          opType: 'Attention',
          domain: 'com.microsoft',
          inputs: [x, file.weight([6, 18]), file.weight([18])],
          outputs: ['y'],
          attributes: [{ name: 'num_heads', i: 2, type: 2 }],
        }) ?? 'y',
      // 5 tokens by 6 x 18; twice 5 x 5 x 6.
      [126 - 0, 540 + 300],
    ],
    [
      'of queries, keys and values',
      (file, x) =>
        file.node({
          opType: 'MultiHeadAttention',
          domain: 'com.microsoft',
          inputs: [x, x, x],
          outputs: ['y'],
          attributes: [{ name: 'num_heads', i: 3, type: 2 }],
        }) ?? 'y',
      [0, 300],
    ],
    [
      'since version 23',
      (file, x) =>
        file.node({
          opType: 'Attention',
          inputs: [x, x, x],
          outputs: ['y'],
          attributes: [
            { name: 'q_num_heads', i: 3, type: 2 },
            { name: 'kv_num_heads', i: 3, type: 2 },
          ],
        }) ?? 'y',
      [0, 300],
    ],
  ])('fused attention %s', (_, build, [parameters, macs]) => {
    expect(cost(TOKENS, (file, x) => file.op('Relu', [build(file, x)]), 23)).toEqual([
      '5x1x6',
      parameters,
      macs,
      'softmax relu',
    ]);
  });
});

describe('values', () => {
  it.each<[string, Build, string, string, number]>([
    ['swish in two nodes', (file, x) => file.op('Mul', [x, file.op('Sigmoid', [x])]), '9x8x4', 'swish', 0],
    ['hard-swish in two nodes', (file, x) => file.op('Mul', [file.op('HardSigmoid', [x]), x]), '9x8x4', 'hardSwish', 0],
    [
      'hard-swish in four nodes',
      (file, x) =>
        file.op('Div', [
          file.op('Mul', [x, file.op('Clip', [file.op('Add', [x, file.float(3)]), file.float(0), file.float(6)])]),
          file.float(6),
        ]),
      ...(['9x8x4', 'hardSwish', 0] as const),
    ],
    ['a bound from below', (file, x) => file.op('Clip', [x, file.float(0)]), '9x8x4', 'relu', 0],
    ['other bounds', (file, x) => file.op('Clip', [x, file.float(-1), file.float(1)]), '9x8x4', 'clip', 0],
    ['GELU as operator', (file, x) => file.op('Gelu', [x]), '9x8x4', 'gelu', 0],
    [
      'what is listed by its name',
      (file, x) => file.op('Tanh', [file.op('LeakyRelu', [x])]),
      '9x8x4',
      'leakyRelu tanh',
      0,
    ],
    ['slopes that are learned', (file, x) => file.op('PRelu', [x, file.weight([4, 1, 1])]), '9x8x4', 'PRelu', 4],
    ['softmax over channels', (file, x) => file.op('Softmax', [x], { axis: 1 }), '9x8x4', 'softmax', 0],
    [
      'a gate',
      (file, x) => file.op('Mul', [file.op('Sigmoid', [file.op('GlobalAveragePool', [x])]), x]),
      '9x8x4',
      'globalAveragePool sigmoid multiply',
      0,
    ],
    ['a factor a channel', (file, x) => file.op('Mul', [x, file.weight([1, 4, 1, 1])]), '9x8x4', 'channelScale', 4],
    [
      'a learned value each',
      (file, x) => file.op('Add', [x, file.weight([1, 4, 9, 8])]),
      '9x8x4',
      'positionEmbedding',
      288,
    ],
    ['a number', (file, x) => file.op('Sub', [x, file.float(0.5)]), '9x8x4', 'sub', 0],
    [
      'instance normalisation',
      (file, x) => file.op('InstanceNormalization', [x, file.weight([4]), file.weight([4])]),
      '9x8x4',
      'groupNorm',
      8,
    ],
    [
      'group normalisation',
      (file, x) => file.op('GroupNormalization', [x, file.weight([4]), file.weight([4])], { num_groups: 2 }),
      '9x8x4',
      'groupNorm',
      8,
    ],
    [
      'nearest neighbours',
      (file, x) =>
        file.op('Resize', [x, '', file.tensor({ dims: [4], dataType: 1, floatData: [1, 1, 2, 3] })], {
          mode: 'nearest',
        }),
      '18x24x4',
      'upsample',
      0,
    ],
    [
      'interpolation',
      (file, x) => file.op('Resize', [x, '', '', file.ints([1, 4, 18, 16])], { mode: 'linear' }),
      '18x16x4',
      'resize',
      0,
    ],
    ['places of the greatest values', (file, x) => file.op('ArgMax', [x], { axis: 1 }), '9x8x1', 'argMax', 0],
    [
      'a tensor of fewer rows',
      (file, x) => file.op('Max', [x, file.op('ReduceMax', [x], { axes: [2] })]),
      '9x8x4',
      'reduceMax max',
      0,
    ],
  ])('%s', (_, build, shape, work, parameters) => {
    expect(cost(IMAGE, build)).toEqual([shape, parameters, 0, work]);
  });

  it.each(['computed', 'held'])('group normalisation in many nodes, with a shape that is %s', (kind) => {
    const whole: Build = (file, x) => {
      const cut = file.op('Reshape', [x, file.ints([0, 2, -1])]);
      const each = file.op('InstanceNormalization', [cut, file.weight([2]), file.weight([2])]);
      const shape = kind === 'computed' ? file.op('Shape', [x]) : file.ints(IMAGE);
      const normal = file.op('Reshape', [each, shape]);
      return file.op('Add', [file.op('Mul', [normal, file.weight([4, 1, 1])]), file.weight([4, 1, 1])]);
    };
    expect(cost(IMAGE, whole)).toEqual(['9x8x4', 8, 0, 'groupNorm']);
  });

  it('GELU and LayerNorm in many nodes are one layer only where nobody reads what is inside', () => {
    const gelu = (file: OnnxFile, x: string) => file.op('Erf', [file.op('Div', [x, file.float(Math.SQRT2)])]);
    const open: Build = (file, x) => {
      const erf = gelu(file, x);
      const whole = file.op('Mul', [file.op('Mul', [x, file.op('Add', [erf, file.float(1)])]), file.float(0.5)]);
      return file.op('Add', [whole, erf]);
    };
    expect(cost(TOKENS, open)[3]).toBe('div erf add multiply multiply add');
  });
});

describe('moved values', () => {
  it.each<[string, Build, string]>([
    [
      'transposed, cut and put together',
      (file, x) => file.op('Reshape', [file.op('Transpose', [x], { perm: [0, 2, 3, 1] }), file.ints([0, -1, 4])]),
      '72x1x4',
    ],
    ['blocks of depth', (file, x) => file.op('DepthToSpace', [x], { blocksize: 2 }), '18x16x1'],
    ['joined channels', (file, x) => file.op('Concat', [x, x], { axis: 1 }), '9x8x8'],
    ['joined rows', (file, x) => file.op('Concat', [x, x], { axis: 2 }), '18x8x4'],
    ['cut channels', (file, x) => file.ops('Split', [x, file.ints([1, 3])], 2, { axis: 1 })[1] ?? '', '9x8x3'],
    [
      'every second row from the end',
      (file, x) => file.op('Slice', [x, file.ints([-1]), file.ints([-100]), file.ints([2]), file.ints([-2])]),
      '5x8x4',
    ],
    ['padding', (file, x) => file.op('Pad', [x, file.ints([0, 0, 1, 2, 0, 0, 3, 4])]), '13x14x4'],
    [
      'one row',
      (file, x) => file.op('Gather', [x, file.tensor({ dims: [1], dataType: 7, int64Data: [0] })], { axis: 2 }),
      '1x8x4',
    ],
  ])('%s', (_, build, shape) => {
    expect(cost(IMAGE, (file, x) => file.op('Relu', [build(file, x)]))).toEqual([shape, 0, 0, 'relu']);
  });

  it('need no layer where values stay in place', () => {
    const file = new OnnxFile();
    const pooled = file.op('GlobalAveragePool', [file.input('image', IMAGE)]);
    const flat = file.op('Squeeze', [pooled, file.ints([2, 3])]);
    file.output(file.op('Gemm', [file.op('Identity', [file.op('Dropout', [flat])]), file.weight([4, 2])]));
    const { network, folded, moved } = importOnnx(file.encode(), { id: 'me/file' });
    expect(network.layers.map(({ op }) => op)).toEqual(['input', 'globalAveragePool', 'dense']);
    expect(folded).toEqual({ Dropout: 1, Identity: 1 });
    expect(moved).toEqual({ Squeeze: 1 });
  });

  it('channels that are cut into groups and dealt out are a shuffle', () => {
    const file = new OnnxFile();
    const cut = file.op('Reshape', [file.input('image', IMAGE), file.ints([1, 2, 2, 9, 8])]);
    const dealt = file.op('Reshape', [
      file.op('Transpose', [cut], { perm: [0, 2, 1, 3, 4] }),
      file.ints([1, -1, 9, 8]),
    ]);
    file.output(file.op('Conv', [dealt, file.weight([4, 2, 1, 1])], { group: 2 }));
    const { network } = importOnnx(file.encode(), { id: 'me/file' });
    expect(network.layers[1]).toMatchObject({ op: 'channelShuffle', groups: 2, inputs: ['input'] });
  });

  it('NHWC images of other frameworks are the same planes', () => {
    const file = new OnnxFile();
    const image = file.op('Transpose', [file.input('image', [1, 9, 8, 4])], { perm: [0, 3, 1, 2] });
    file.output(file.op('Transpose', [file.op('Conv', [image, file.weight([2, 4, 1, 1])])], { perm: [0, 2, 3, 1] }));
    const { network } = importOnnx(file.encode(), { id: 'me/file' });
    expect(network.input).toEqual([9, 8, 4]);
    expect(network.layers.map(({ op }) => op)).toEqual(['input', 'conv']);
  });
});

describe('whole graphs', () => {
  it('have several inputs and outputs, embeddings and nodes that nothing needs', () => {
    const file = new OnnxFile();
    const ids = file.input('ids', ['N', 7], ELEMENT.int64);
    const image = file.input('image', ['N', 4, 9, 8]);
    const tokens = file.op('Gather', [file.weight([100, 4]), ids], { axis: 0 });
    file.op('Exp', [image]);
    file.output(file.op('Softmax', [tokens]));
    file.output(file.op('Relu', [image]));
    const { network } = importOnnx(file.encode(), { id: 'me/file' });
    expect(network.layers.map(({ op }) => op)).toEqual(['input', 'source', 'move', 'softmax', 'relu']);
    expect(describeNetwork(network).parameters).toBe(400);
  });

  it('count quantised operators as what they stand for, and say so', () => {
    const file = new OnnxFile(13);
    const [one, zero] = [file.float(1), file.tensor({ dims: [], dataType: ELEMENT.uint8, int32Data: [0] })];
    const image = file.op('QuantizeLinear', [file.input('image', IMAGE), one, zero]);
    const weights = file.weight([2, 4, 3, 3], ELEMENT.int8);
    const conv = file.op(
      'QLinearConv',
      [image, one, zero, weights, one, zero, one, zero, file.weight([2], ELEMENT.int32)],
      { pads: [1, 1, 1, 1] },
    );
    file.output(file.op('DequantizeLinear', [conv, one, zero]));
    const { network, asFloat } = importOnnx(file.encode(), { id: 'me/file' });
    expect(describeNetwork(network)).toMatchObject({ parameters: 74, macs: 72 * 72 });
    expect(asFloat).toEqual({ QuantizeLinear: 1, QLinearConv: 1, DequantizeLinear: 1 });
  });

  it('take weights that the file only names as inputs', () => {
    const file = new OnnxFile();
    const weights = file.input('weights', [2, 4, 3, 3]);
    file.output(file.op('Conv', [file.input('image', IMAGE), weights]));
    const { network } = importOnnx(file.encode(), { id: 'me/file' });
    expect(network.layers.map(({ op }) => op)).toEqual(['input', 'conv']);
  });

  it('keep nothing of the weights', () => {
    const file = new OnnxFile();
    const weights = file.tensor({ dims: [64, 4, 3, 3], dataType: 1, rawData: new Uint8Array(64 * 36 * 4) });
    file.output(file.op('Conv', [file.input('image', IMAGE), weights]));
    const found = importOnnx(file.encode(), { id: 'me/file' });
    expect(JSON.stringify(found).length).toBeLessThan(1000);
    expect(lowerToWorkloads(found.network)[0]?.problem).toMatchObject({ C: 4, M: 64 });
  });
});
