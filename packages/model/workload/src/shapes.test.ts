import { ArchonError, type Layer, type Network } from '@archon-dse/core';
import { describe, expect, it } from 'vitest';
import { diagnosticsOf } from '../../../../test/diagnostics.js';
import { inferShapes } from './shapes.js';

const at = { block: 'head', role: 'pointwise' } as const;
const input: Layer = { name: 'input', op: 'input', inputs: [], block: 'head', role: 'input' };
const conv = (name: string, from: string, filters: number, more: object = {}): Layer => {
  return { name, op: 'conv', inputs: [from], kernel: 1, stride: 1, groups: 1, filters, bias: false, ...at, ...more };
};
const plain = (
  name: string,
  op: 'add' | 'concat' | 'multiply' | 'relu' | 'globalAveragePool',
  inputs: string[],
): Layer => {
  return { name, op, inputs, ...at };
};

function network(...layers: Layer[]): Network {
  return { id: 'test/net', input: [32, 32, 4], classes: 10, layers };
}

function shapesOf(...layers: Layer[]): unknown {
  return Object.fromEntries(inferShapes(network(...layers)).map(({ layer, output }) => [layer.name, output]));
}

describe('inferShapes', () => {
  it('follows every operation', () => {
    expect(
      shapesOf(
        input,
        conv('a', 'input', 8, { kernel: 3, stride: 2 }),
        { name: 'd', op: 'depthwise', inputs: ['a'], kernel: 5, stride: 3, bias: false, ...at },
        { name: 'p', op: 'averagePool', inputs: ['a'], size: 3, stride: 3, ...at },
        plain('c', 'concat', ['d', 'p']),
        { name: 's', op: 'channelShuffle', inputs: ['c'], groups: 4, ...at },
        plain('sum', 'add', ['c', 's']),
        plain('g', 'globalAveragePool', ['sum']),
        plain('m', 'multiply', ['sum', 'g']),
        { name: 'fc', op: 'dense', inputs: ['g'], units: 10, bias: true, ...at },
      ),
    ).toEqual({
      input: [32, 32, 4],
      a: [16, 16, 8],
      d: [6, 6, 8],
      p: [6, 6, 8],
      c: [6, 6, 16],
      s: [6, 6, 16],
      sum: [6, 6, 16],
      g: [1, 1, 16],
      m: [6, 6, 16],
      fc: [1, 1, 10],
    });
  });

  it.each<[string, Layer[], RegExp]>([
    ['no layers', [], /starts with nothing/],
    ['no input first', [conv('a', 'a', 8)], /starts with layer "a" \(conv\)/],
    ['two inputs', [input, { ...input, name: 'again' }], /layer "again".*"input" is the input layer already/],
    ['input that reads', [{ ...input, inputs: ['x'] }], /layer "input".*reads "x"/],
    ['duplicate name', [input, conv('a', 'input', 8), conv('a', 'input', 8)], /layer "a".*used twice/],
    ['unknown input', [input, conv('a', 'stem', 8)], /layer "a".*"stem", which no layer is called/],
    ['wrong order', [input, conv('a', 'b', 8), conv('b', 'input', 8)], /layer "a".*"b", which is not listed before it/],
    ['reads itself', [input, conv('a', 'a', 8)], /layer "a".*not listed before it/],
    ['groups of inputs', [input, conv('a', 'input', 9, { groups: 3 })], /layer "a".*4 input channels.*3 groups/],
    ['groups of filters', [input, conv('a', 'input', 9, { groups: 4 })], /layer "a".*9 filters.*4 groups/],
    ['stride', [input, conv('a', 'input', 8, { stride: 0 })], /layer "a".*stride is 0/],
    ['filters', [input, conv('a', 'input', 2.5)], /layer "a".*filters is 2.5/],
    [
      'shuffle groups',
      [input, { name: 's', op: 'channelShuffle', inputs: ['input'], groups: 3, ...at }],
      /layer "s".*4 input channels do not divide into 3 groups/,
    ],
    [
      'unequal add',
      [input, conv('a', 'input', 8), plain('sum', 'add', ['input', 'a'])],
      /layer "sum".*\[32,32,4\] and \[32,32,8\]/,
    ],
    [
      'unequal planes',
      [input, conv('a', 'input', 4, { stride: 2 }), plain('join', 'concat', ['input', 'a'])],
      /layer "join".*\[32,32,4\] and \[16,16,4\]/,
    ],
    ['one addend', [input, plain('sum', 'add', ['input'])], /layer "sum".*1 inputs/],
    [
      'gate of another plane',
      [input, conv('a', 'input', 4, { stride: 2 }), plain('m', 'multiply', ['input', 'a'])],
      /layer "m".*\[32,32,4\] by \[16,16,4\]/,
    ],
  ])('refuses a graph with %s', (_, layers, message) => {
    expect(() => inferShapes(network(...layers))).toThrow(message);
    expect(() => inferShapes(network(...layers))).toThrow(ArchonError);
  });

  it('refuses an input of no size', () => {
    expect(() => inferShapes({ ...network(input), input: [0, 32, 3] })).toThrow(/input of \[0,32,3\]/);
  });

  it('names the layer in the diagnostic', () => {
    const refusal = diagnosticsOf(() => inferShapes(network(input, conv('a', 'stem', 8))));
    expect(refusal).toMatchObject([{ code: 'ARCHON_NETWORK_INVALID', layer: 'a' }]);
  });
});
