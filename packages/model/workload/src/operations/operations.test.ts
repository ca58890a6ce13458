import { readFileSync } from 'node:fs';
import type { Network, TensorShape } from '@archon-dse/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diagnosticsOf } from '../../../../../test/diagnostics.js';
import { describeNetwork } from '../analysis.js';
import { NetworkBuilder, type Tensor } from '../builder/index.js';
import { lowerToWorkloads } from '../lower.js';
import { attentive } from '../../test/attentive.js';
import { vectorWorkOf } from '../vector-work.js';
import { hasWeights, OPERATIONS } from './table.js';

/** What one layer on an image of the given shape comes to. */
function layer(input: TensorShape, add: (net: NetworkBuilder) => Tensor) {
  const net = new NetworkBuilder({ id: 'me/net', input, classes: 2 });
  const { name } = add(net);
  const network = net.build();
  const { out, parameters, macs } = describeNetwork(network).layers.find((row) => row.name === name)!;
  const workloads = lowerToWorkloads(network).filter((workload) => workload.name.split('/')[0] === name);
  const loops = workloads.map(({ op, groups, problem: { C, M, R, S, P, Q } }) =>
    [op, C, M, R, S, P, Q, groups].join(' '),
  );
  return [out.join('x'), parameters, macs, ...loops];
}

describe('an operation', () => {
  const role = 'conv';
  it.each<[string, TensorShape, (net: NetworkBuilder) => Tensor, unknown[]]>([
    [
      'convolution of asymmetric kernel and stride, SAME',
      [8, 9, 4],
      (net) => net.conv('x', net.input, { filters: 6, kernel: [1, 7], stride: [1, 2], role }),
      // 7 x 4 x 6 weights on 8 x 5 cells.
      ['8x5x6', 168, 6_720, 'conv 4 6 1 7 8 5 1'],
    ],
    [
      'convolution with dilation 2 on a valid plane',
      [8, 8, 4],
      (net) => net.conv('x', net.input, { filters: 6, kernel: 3, dilation: 2, padding: 'valid', role, bias: true }),
      // The kernel spans 5 cells: 4 positions each way. 9 x 4 x 6 weights and 6 biases.
      ['4x4x6', 222, 3_456, 'conv 4 6 3 3 4 4 1'],
    ],
    [
      'convolution with cells of padding on one side',
      [8, 8, 2],
      (net) =>
        net.conv('x', net.input, { filters: 2, kernel: 3, padding: { top: 2, bottom: 0, left: 0, right: 0 }, role }),
      ['8x6x2', 36, 1_728, 'conv 2 2 3 3 8 6 1'],
    ],
    [
      'convolution with padding of 3 all around',
      [224, 224, 3],
      (net) => net.conv('x', net.input, { filters: 64, kernel: 7, stride: 2, padding: 3, role }),
      // The stem of ResNet: 118,013,952 MACs.
      ['112x112x64', 9_408, 118_013_952, 'conv 3 64 7 7 112 112 1'],
    ],
    [
      'depthwise convolution with a multiplier and a bias',
      [8, 8, 4],
      (net) => net.depthwise('x', net.input, { kernel: 3, multiplier: 2, bias: true }),
      ['8x8x8', 80, 4_608, 'depthwise 1 2 3 3 8 8 4'],
    ],
    [
      'transposed convolution whose kernel divides by the stride',
      [8, 8, 4],
      (net) => net.transposedConv('x', net.input, { filters: 6, kernel: 4, stride: 2, role, bias: true }),
      // 64 input cells meet 16 cells of the kernel: as four 2x2 convolutions.
      ['16x16x6', 390, 24_576, 'conv 4 24 2 2 8 8 1'],
    ],
    [
      'transposed convolution whose kernel does not',
      [8, 8, 4],
      (net) => net.transposedConv('x', net.input, { filters: 6, kernel: 3, stride: 2, padding: 'valid', role }),
      [
        ...['17x17x6', 216, 13_824],
        ...['conv 4 6 2 2 8 8 1', 'conv 4 6 2 1 8 8 1', 'conv 4 6 1 2 8 8 1', 'conv 4 6 1 1 8 8 1'],
      ],
    ],
    [
      'transposed convolution in groups, without its border',
      [8, 8, 4],
      (net) => net.transposedConv('x', net.input, { filters: 6, kernel: 4, stride: 2, groups: 2, padding: 1, role }),
      ['16x16x6', 192, 12_288, 'conv 2 12 2 2 8 8 2'],
    ],
    [
      'transposed convolution of every second place, as its dilation and stride have a divisor in common',
      [8, 8, 4],
      (net) =>
        net.transposedConv('x', net.input, { filters: 6, kernel: 3, stride: 2, dilation: 2, padding: 'valid', role }),
      // Rows 0, 2 and 4 of a span of 5: all reach even rows of the output, (8 - 1) 2 + 5 of them.
      ['19x19x6', 216, 13_824, 'conv 4 6 3 3 8 8 1'],
    ],
    [
      'dense layer at every position',
      [7, 5, 4],
      (net) => net.dense('x', net.input, 6),
      ['7x5x6', 30, 840, 'dense 4 6 1 1 7 5 1'],
    ],
    [
      'product of queries and keys',
      [4, 3, 6],
      (net) => net.matmul('x', net.input, net.flatten(net.input), { heads: 2, transpose: true }),
      // 12 x 12 scores of 3 channels in 2 heads.
      ['12x2x12', 0, 864, 'matmul 3 12 1 1 12 1 2'],
    ],
    [
      'product of weights and values',
      [12, 1, 6],
      (net) =>
        net.matmul('x', net.matmul('s', net.input, net.input, { heads: 2, transpose: true }), net.input, { heads: 2 }),
      ['12x1x6', 0, 864, 'matmul 12 3 1 1 12 1 2'],
    ],
    [
      'products of two activations in groups',
      [3, 4, 5],
      (net) => net.batchMatmul('x', net.input, net.move('m', [net.input], [4 * 5, 1, 7]), 4),
      // 12 rows, 3 a group, times 5 x 7.
      ['3x4x7', 0, 420, 'matmul 5 7 1 1 3 1 4'],
    ],
    [
      'pool with dilation',
      [9, 8, 4],
      (net) => net.maxPool('x', net.input, { size: 3, stride: 1, dilation: 2, padding: 'valid' }),
      ['5x4x4', 0, 0],
    ],
    ['move', [4, 5, 6], (net) => net.move('x', [net.input], [2, 2, 7]), ['2x2x7', 0, 0]],
    ['other work', [4, 5, 6], (net) => net.vector('x', 'exp', [net.input]), ['4x5x6', 0, 0]],
    ['another input', [4, 5, 6], (net) => net.source('x', [7, 1, 2]), ['7x1x2', 0, 0]],
    ['pool', [9, 8, 4], (net) => net.maxPool('x', net.input, { size: 3, stride: 2, padding: 1 }), ['5x4x4', 0, 0]],
    ['upsampling', [4, 5, 3], (net) => net.upsample('x', net.input, [2, 3]), ['8x15x3', 0, 0]],
    ['LayerNorm', [4, 5, 6], (net) => net.layerNorm(net.input), ['4x5x6', 12, 0]],
    ['GroupNorm', [4, 5, 6], (net) => net.groupNorm(net.input, 3), ['4x5x6', 12, 0]],
    ['BatchNorm', [4, 5, 6], (net) => net.batchNorm(net.input), ['4x5x6', 24, 0]],
    ['factor a channel', [4, 5, 6], (net) => net.channelScale(net.input), ['4x5x6', 6, 0]],
    ['ReLU6', [4, 5, 6], (net) => net.relu6(net.input), ['4x5x6', 0, 0]],
    ['GELU', [4, 5, 6], (net) => net.gelu(net.input), ['4x5x6', 0, 0]],
    ['swish', [4, 5, 6], (net) => net.swish(net.input), ['4x5x6', 0, 0]],
    ['hard-swish', [4, 5, 6], (net) => net.hardSwish(net.input), ['4x5x6', 0, 0]],
    ['sigmoid', [4, 5, 6], (net) => net.sigmoid(net.input), ['4x5x6', 0, 0]],
    ['product of two planes', [4, 5, 6], (net) => net.multiply('x', net.input, net.relu(net.input)), ['4x5x6', 0, 0]],
    ['reshape', [4, 5, 6], (net) => net.reshape(net.input, [2, 2, 30]), ['2x2x30', 0, 0]],
    ['transposition', [4, 5, 6], (net) => net.transpose(net.input), ['6x1x20', 0, 0]],
    ['class token', [20, 1, 6], (net) => net.classToken('x', net.input), ['21x1x6', 6, 0]],
    ['position embedding', [20, 1, 6], (net) => net.positionEmbedding('x', net.input), ['20x1x6', 120, 0]],
    ['position', [4, 5, 6], (net) => net.takePosition('x', net.input, 19), ['1x1x6', 0, 0]],
  ])('%s has its shape, parameters, MACs and loops', (_, input, add, expected) => {
    expect(layer(input, add)).toEqual(expected);
  });

  it.each<[RegExp, (net: NetworkBuilder) => Tensor]>([
    [
      /leave nothing of \[4,4,6\]/,
      (net) => net.conv('x', net.input, { filters: 2, kernel: 5, padding: 'valid', role }),
    ],
    [/kernel is \[1,2,3\]/, (net) => net.conv('x', net.input, { filters: 2, kernel: [1, 2, 3] as never, role })],
    [/padding is \{"top":1\}/, (net) => net.conv('x', net.input, { filters: 2, padding: { top: 1 } as never, role })],
    [/dilation is 0/, (net) => net.conv('x', net.input, { filters: 2, dilation: 0, role })],
    [/multiplier is 1.5/, (net) => net.depthwise('x', net.input, { kernel: 3, multiplier: 1.5 })],
    [
      /6 channels do not divide into 4 groups/,
      (net) => net.matmul('x', net.input, net.input, { heads: 4, transpose: true }),
    ],
    [/\[4,4,6\] has 4 heads/, (net) => net.matmul('x', net.input, net.input, { heads: 2 })],
    [
      /multiplies \[4,4,6\] and \[4,4,3\]/,
      (net) => net.matmul('x', net.input, net.conv('c', net.input, { filters: 3, role }), { transpose: true }),
    ],
    [/makes \[4,4,6\] to \[4,4,5\]/, (net) => net.reshape(net.input, [4, 4, 5])],
    [/index is 16/, (net) => net.takePosition('x', net.input, 16)],
    [/its input is \[4,4,6\]/, (net) => net.classToken('x', net.input)],
    [/multiplies \[4,4,6\] and \[4,4,6\]/, (net) => net.batchMatmul('x', net.input, net.input, 2)],
    [/16 positions do not divide into 3 groups/, (net) => net.batchMatmul('x', net.input, net.input, 3)],
    [/function is ""/, (net) => net.vector('x', '', [net.input])],
    [/6 input channels do not divide into 4 groups/, (net) => net.groupNorm(net.input, 4)],
  ])('is refused at once: %s', (message, add) => {
    const net = new NetworkBuilder({ id: 'me/net', input: [4, 4, 6], classes: 2 });
    const [refusal] = diagnosticsOf(() => add(net)) as [{ message: string; code: string }];
    expect(refusal.code).toBe('ARCHON_NETWORK_INVALID');
    expect(refusal.message).toMatch(message);
  });
});

describe('loops, counted one by one', () => {
  const extent = fc.tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 5 }));
  const sides = fc.record({ top: fc.nat(2), bottom: fc.nat(2), left: fc.nat(2), right: fc.nat(2) });

  it('of a window are its places on the padded plane', () => {
    fc.assert(
      fc.property(
        extent,
        extent,
        extent,
        sides,
        fc.integer({ min: 12, max: 20 }),
        (kernel, stride, dilation, padding, size) => {
          fc.pre(kernel.every((cells, axis) => (cells - 1) * dilation[axis as 0 | 1] < size));
          const net = new NetworkBuilder({ id: 'me/net', input: [size, size, 1], classes: 2 });
          net.conv('x', net.input, { filters: 1, kernel, stride, dilation, padding, role: 'conv' });
          const [workload] = lowerToWorkloads(net.build());
          const places = (axis: 0 | 1, before: number, after: number): number => {
            let count = 0;
            for (let at = -before; at + (kernel[axis] - 1) * dilation[axis] < size + after; at += stride[axis])
              count += 1;
            return count;
          };
          const [P, Q] = [places(0, padding.top, padding.bottom), places(1, padding.left, padding.right)];
          expect(workload?.problem).toMatchObject({ P, Q });
          expect(workload?.macs).toBe(P * Q * kernel[0] * kernel[1]);
        },
      ),
    );
  });

  it('of a transposed convolution are its taps at each place between two input cells', () => {
    fc.assert(
      fc.property(extent, extent, extent, fc.integer({ min: 1, max: 6 }), (kernel, stride, dilation, size) => {
        const net = new NetworkBuilder({ id: 'me/net', input: [size, size, 1], classes: 2 });
        net.transposedConv('x', net.input, { filters: 1, kernel, stride, dilation, role: 'conv' });
        /** Taps (r, s) by the place, modulo the stride, of the output they add to. */
        const places = new Map<string, number>();
        for (let r = 0; r < kernel[0]; r += 1)
          for (let s = 0; s < kernel[1]; s += 1) {
            const place = `${(r * dilation[0]) % stride[0]} ${(s * dilation[1]) % stride[1]}`;
            places.set(place, (places.get(place) ?? 0) + 1);
          }
        const taps = lowerToWorkloads(net.build()).flatMap(({ problem: { R, S, M, P, Q } }) => {
          expect([P, Q]).toEqual([size, size]);
          return Array<number>(M).fill(R * S);
        });
        expect(taps.sort((a, b) => a - b)).toEqual([...places.values()].sort((a, b) => a - b));
      }),
    );
  });
});

describe('a batch', () => {
  const network = (batch: number): Network => {
    const net = new NetworkBuilder({ id: 'me/net', input: [4, 1, 6], classes: 2, batch });
    net.attention('x', net.input, { heads: 2 });
    return net.build();
  };

  it('is N, or as many groups where the second operand is an activation', () => {
    const [one, five] = [1, 5].map((batch) => lowerToWorkloads(network(batch)));
    expect(five?.map(({ macs }) => macs)).toEqual(one?.map(({ macs }) => 5 * macs));
    expect(five?.map(({ op, problem, groups }) => [op, problem.N, groups].join(' '))).toEqual([
      ...Array<string>(3).fill('dense 5 1'),
      ...['matmul 1 10', 'matmul 1 10', 'dense 5 1'],
    ]);
    expect(describeNetwork(network(5))).toMatchObject({ batch: 5, macs: 5 * describeNetwork(network(1)).macs });
  });

  it('is a whole number', () => {
    expect(() => network(0)).toThrow(/has a batch of 0/);
  });
});

describe('docs/networks.md', () => {
  const text = readFileSync(new URL('../../../../../docs/networks.md', import.meta.url), 'utf8');
  const rows = text.split('\n').flatMap((line) => {
    const cells = line.split('|').map((cell) => cell.trim());
    return /^`\w+`$/.test(cells[1] ?? '') && cells.length > 6 ? [cells] : [];
  });

  it('has a row for every operation, as it is', () => {
    const documented = rows.map(([, op, inputs, properties, , , costing]) => [op, inputs, properties, costing]);
    const table = Object.entries(OPERATIONS).map(
      ([
        op,
        {
          inputs: [least, most],
          properties,
          costing,
        },
      ]) => {
        const kinds = Object.entries(properties as Readonly<Record<string, string>>);
        const names = kinds.map(([name, kind]) => (kind.endsWith('?') ? `${name}?` : name));
        return [`\`${op}\``, least === most ? String(least) : `${least} ...`, names.join(', '), costing];
      },
    );
    expect(documented).toEqual(table);
  });

  it('says which parameters there are beside weights and bias', () => {
    const documented = new Map(rows.map(([, op, , , , parameters]) => [op?.replaceAll('`', ''), parameters !== '']));
    for (const [op, { learned }] of Object.entries(OPERATIONS))
      expect([op, documented.get(op)]).toEqual([op, learned !== undefined]);
  });

  it('has the network it says', () => {
    // Stem 48 x 48 weights at 64 positions; four dense layers of 48 x 48; scores and mix of 64 x 64 x 48; classifier.
    expect(describeNetwork(attentive).macs).toBe(147_456 + 4 * 147_456 + 2 * 196_608 + 480);
    expect(text).toContain('It has 1,130,976 multiply-accumulates in eight workloads');
    const workloads = lowerToWorkloads(attentive);
    expect(workloads.map(({ op, groups }) => `${op} ${groups}`)).toEqual([
      ...['conv 1', 'dense 1', 'dense 1', 'dense 1', 'matmul 3', 'matmul 3', 'dense 1', 'dense 1'],
    ]);
    expect(vectorWorkOf(attentive).map(({ op }) => op)).toEqual([
      ...['positionEmbedding', 'layerNorm', 'softmax', 'add', 'globalAveragePool', 'softmax'],
    ]);
  });
});

describe('vectorWorkOf', () => {
  it('folds what follows weights, and counts values and parameters for the batch', () => {
    const net = new NetworkBuilder({ id: 'me/net', input: [4, 4, 2], classes: 2, batch: 3 });
    const folded = net.channelScale(net.batchNorm(net.conv('a', net.input, { filters: 4, role: 'conv' })));
    const shared = net.conv('b', folded, { filters: 4, role: 'conv' });
    const pooled = net.batchNorm(net.maxPool('p', net.add('c', net.batchNorm(shared), shared), { size: 2, stride: 2 }));
    net.layerNorm(pooled);
    const work = vectorWorkOf(net.build()).map(({ name, inputs, parameters, outputs }) => [
      name,
      inputs,
      parameters,
      outputs,
    ]);
    // The BatchNorm of b is not folded, as the sum reads b as it was; nor that of a pool.
    expect(work).toEqual([
      ['b.bn', 192, 16, 192],
      ['c', 384, 0, 192],
      ['p', 192, 0, 48],
      ['p.bn', 48, 16, 48],
      ['p.ln', 48, 8, 48],
    ]);
  });
});

describe('hasWeights', () => {
  it('holds for what multiplies by weights, and not for products of two values', () => {
    const ops = (Object.keys(OPERATIONS) as (keyof typeof OPERATIONS)[]).filter((op) => hasWeights({ op }));
    expect(ops).toEqual(['conv', 'depthwise', 'transposedConv', 'dense']);
  });
});
