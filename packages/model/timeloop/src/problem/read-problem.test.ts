import { readYaml } from '@archon-dse/config';
import type { DataSpace, Dim, Problem } from '@archon-dse/loop-nest';
import { describe, expect, it } from 'vitest';
import { diagnosticsOf } from '../../../../../test/diagnostics.js';
import { Field } from '../input/field.js';
import { Notes } from '../input/notes.js';
import { readProblem } from './read-problem.js';

function read(text: string) {
  const { root, problems } = readYaml(text, 'prob.yaml');
  const notes = new Notes();
  const named = readProblem(new Field(root, problems), notes);
  problems.throwIfAny();
  return { ...named, notes: notes.list.map(({ message }) => message) };
}

const ONES = { C: 1, M: 1, R: 1, S: 1, P: 1, Q: 1, N: 1, strideP: 1, strideQ: 1 };

/** A shape: dimensions as letters, then data spaces as `name: rank rank`, the last of which is written. */
function shape(dims: string, spaces: readonly string[], bounds: string, coefficients = ''): string {
  const rankOf = (rank: string): string =>
    `[${rank
      .split('+')
      .map((term) => `[${term.replace('*', ', ')}]`)
      .join(', ')}]`;
  const lines = spaces.map((space, index) => {
    const [name = '', ranks = ''] = space.split(': ');
    return `  - { name: ${name}, projection: [${ranks.split(' ').map(rankOf).join(', ')}]${index === spaces.length - 1 ? ', read_write: True' : ''} }`;
  });
  return [
    'shape:',
    `  dimensions: [${dims.split('').join(', ')}]`,
    `  coefficients: [${coefficients
      .split(' ')
      .filter(Boolean)
      .map((name) => `{ name: ${name}, default: 1 }`)
      .join(', ')}]`,
    '  data_spaces:',
    ...lines,
    `instance: { ${bounds} }`,
  ].join('\n');
}

type Recognised = readonly [
  what: string,
  text: string,
  problem: Partial<Problem>,
  spaces: readonly DataSpace[],
  dims: readonly Dim[],
];

const RECOGNISED: readonly Recognised[] = [
  [
    'a dot product, whose row is a single step',
    shape('MK', ['A: K', 'B: K', 'Z: M'], 'M: 1, K: 6'),
    { C: 6 },
    ['Inputs', 'Weights', 'Outputs'],
    ['M', 'C'],
  ],
  [
    'the built-in layer, bounds beside it',
    'shape: cnn-layer\nR: 3\nS: 2\nP: 8\nQ: 9\nC: 4\nK: 5\nN: 6\nWstride: 2\nHdilation: 3',
    { R: 3, S: 2, P: 8, Q: 9, C: 4, M: 5, N: 6, strideP: 2, dilationS: 3 },
    ['Weights', 'Inputs', 'Outputs'],
    ['R', 'S', 'P', 'Q', 'C', 'M', 'N'],
  ],
  [
    'the built-in matrix product',
    'shape: gemm_ABZ\ninstance: { M: 2, N: 3, K: 5 }',
    { N: 2, M: 3, C: 5 },
    ['Inputs', 'Weights', 'Outputs'],
    ['N', 'M', 'C'],
  ],
  [
    'a convolution of one dimension',
    shape('RP', ['Weights: R', 'Inputs: R+P', 'Outputs: P'], 'R: 3, P: 16'),
    { R: 3, P: 16 },
    ['Weights', 'Inputs', 'Outputs'],
    ['R', 'P'],
  ],
  [
    'a convolution in other letters',
    shape('abxu', ['image: a x*s+u', 'kernel: a b u', 'sums: b x'], 'a: 4, b: 5, x: 6, u: 3, s: 2', 's'),
    { C: 4, M: 5, P: 6, R: 3, strideP: 2 },
    ['Inputs', 'Weights', 'Outputs'],
    ['C', 'M', 'P', 'R'],
  ],
  [
    'a matrix product in other letters, weights first',
    shape('ijk', ['filters: i k', 'B: k j', 'Z: i j'], 'i: 2, j: 3, k: 5'),
    { M: 2, N: 3, C: 5 },
    ['Weights', 'Inputs', 'Outputs'],
    ['M', 'N', 'C'],
  ],
  [
    'groups',
    shape('CMPRG', ['Weights: C M R G', 'Inputs: C R+P G', 'Outputs: M P G'], 'C: 2, M: 3, P: 4, R: 5, G: 6'),
    { C: 2, M: 3, P: 4, R: 5, G: 6 },
    ['Weights', 'Inputs', 'Outputs'],
    ['C', 'M', 'P', 'R', 'G'],
  ],
  [
    'a depthwise convolution',
    shape('CPR', ['Weights: C R', 'Inputs: C R+P', 'Outputs: C P'], 'C: 7, P: 4, R: 3'),
    { G: 7, P: 4, R: 3 },
    ['Weights', 'Inputs', 'Outputs'],
    ['G', 'P', 'R'],
  ],
  [
    'several rows and several reductions',
    shape('abcde', ['A: a b c d', 'B: c d e', 'Z: a b e'], 'a: 2, b: 3, c: 5, d: 7, e: 4'),
    { N: 2, P: 3, C: 5, S: 7, M: 4 },
    ['Inputs', 'Weights', 'Outputs'],
    ['N', 'P', 'C', 'S', 'M'],
  ],
  [
    'an index that is strided and has no kernel',
    shape('CMP', ['Weights: C M', 'Inputs: C P*s', 'Outputs: M P'], 'C: 2, M: 3, P: 4, s: 2', 's'),
    { C: 2, M: 3, P: 4, strideP: 2 },
    ['Weights', 'Inputs', 'Outputs'],
    ['C', 'M', 'P'],
  ],
];

describe('a shape that is recognised', () => {
  it.each(RECOGNISED)('%s', (_, text, problem, spaces, dims) => {
    const named = read(text);
    expect(named.problem).toEqual({ ...ONES, ...problem });
    expect([...named.spaces.values()]).toEqual(spaces);
    expect([...named.dims.values()]).toEqual(dims);
  });
});

describe('a shape that is not', () => {
  it.each([
    [
      'two outputs of a product',
      shape('MNKL', ['A: M K', 'B: N L K', 'Z: M N L'], 'M: 1, N: 1, K: 1, L: 1'),
      'dimension L indexes B and Z, as N does already',
    ],
    [
      'a sum over one operand',
      shape('MNKX', ['A: M K X', 'B: N K', 'Z: M N'], 'M: 1, N: 1, K: 1, X: 2'),
      'dimension X indexes A alone',
    ],
    [
      'a product of one operand',
      shape('MK', ['A: M K', 'Z: M'], 'M: 1, K: 1'),
      'it has 1 data spaces that are read and 1 that are written',
    ],
    [
      'windows on both operands',
      shape('MNK', ['A: M+K', 'B: N+K', 'Z: M N'], 'M: 1, N: 1, K: 1'),
      'A and B both have windows',
    ],
    [
      'an output with a window',
      shape('MNK', ['A: M K', 'B: N K', 'Z: M+N'], 'M: 1, N: 1, K: 1'),
      'the index of Z is a sum',
    ],
    [
      'a window of two positions',
      shape('CMPQ', ['W: C M', 'I: C P+Q', 'O: M P Q'], 'C: 1, M: 1, P: 1, Q: 1'),
      'P and Q make an index of I',
    ],
    [
      'a window of three terms',
      shape('CMPRS', ['W: C M R S', 'I: C P+R+S', 'O: M P'], 'C: 1, M: 1, P: 1, R: 1, S: 1'),
      'an index of I has 3 terms',
    ],
    [
      'three windows',
      shape('abcdef', ['W: a c e', 'I: a+b c+d e+f', 'O: b d f'], 'a: 1, b: 1, c: 1, d: 1, e: 1, f: 1'),
      'I has more than two windows',
    ],
  ])('%s', (_, text, reason) => {
    const [first] = diagnosticsOf(() => read(text));
    expect(first?.code).toBe('ARCHON_TIMELOOP_UNSUPPORTED');
    expect(first?.message).toContain(reason);
  });
});

it('notes descriptions that change nothing, and refuses bounds of dimensions the shape does not have', () => {
  const text = shape('CMP', ['Weights: C M', 'Inputs: C P', 'Outputs: M P'], 'C: 1, M: 1, P: 1, Hpad: 1, H: 8');
  expect(read(text).notes).toEqual(['H, Hpad of the problem: the shape does not use them, as in Timeloop']);
  expect(diagnosticsOf(() => read(text.replace('H: 8', 'G: 8')))[0]).toMatchObject({
    code: 'ARCHON_TIMELOOP_UNKNOWN_KEY',
    message: 'instance has no key "G"',
  });
});
