import { ArchonError, seededRandom } from '@archon-dse/core';
import { describeNetwork } from '@archon-dse/workload';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { OnnxFile, type Attribute } from '../../test/onnx-file.js';
import { importOnnx } from './import-onnx.js';
import { OPERATORS } from './operators/table.js';

const OPS = Object.keys(OPERATORS);
const NAMES = [
  'axis',
  'axes',
  'kernel_shape',
  'pads',
  'strides',
  'dilations',
  'group',
  'perm',
  'keepdims',
  'shape',
  'split',
];
const MORE_NAMES = [
  'auto_pad',
  'ceil_mode',
  'num_heads',
  'blocksize',
  'transB',
  'to',
  'value_ints',
  'num_groups',
  'mode',
];

/** A graph of any operators on any values, with any attributes. */
function randomGraph(seed: number): Uint8Array {
  const random = seededRandom(seed, 'graph');
  const below = (count: number): number => Math.floor(random() * count);
  const one = <T>(items: readonly T[]): T => items[below(items.length)] as T;
  const number = (): number => one([0, 1, 1, 2, 2, 3, 4, -1, -2, 7, 1e6, 2 ** 40]);
  const file = new OnnxFile(one([7, 9, 11, 13, 17, 18, 21]));
  const dims = (): number[] => Array.from({ length: below(5) }, () => one([1, 2, 2, 3, 4, 4, 8]));
  const values = [file.input('x', [1, 4, 8, 8]), file.input('t', [1, 3, 4]), file.input('i', ['N', 2])];
  for (let index = 0; index < 8; index += 1) values.push(file.weight(dims()));
  for (let index = 0; index < 5; index += 1) values.push(file.ints(Array.from({ length: 1 + below(5) }, number)));
  values.push(file.weight([4, 4, 3, 3]), file.weight([4]), file.float(2), '');
  const attribute = (): readonly [string, Attribute] => {
    const list = Array.from({ length: below(5) }, number);
    return [one([...NAMES, ...MORE_NAMES]), one<Attribute>([number(), list, list, 'SAME_UPPER', { float: 0.5 }])];
  };
  for (let index = 0; index < 6; index += 1) {
    const attributes = Object.fromEntries(Array.from({ length: below(4) }, attribute));
    const inputs = Array.from({ length: 1 + below(3) }, () => one(values));
    values.push(...file.ops(one(OPS), inputs, 1 + below(2), attributes));
  }
  for (const value of values.slice(-4)) file.output(value);
  return file.encode();
}

describe('any graph', () => {
  it('is read as layers that can be counted, or refused with reasons', () => {
    fc.assert(
      fc.property(fc.nat(2 ** 32 - 1), (seed) => {
        try {
          const { network } = importOnnx(randomGraph(seed), { id: 'me/file' });
          const { parameters, macs } = describeNetwork(network);
          expect([parameters, macs].every((count) => count >= 0)).toBe(true);
        } catch (error) {
          if (!(error instanceof ArchonError)) throw error;
          for (const { message, code } of error.diagnostics) {
            expect(message).not.toMatch(/undefined|\bNaN\b|\[object/);
            expect(code, message).toMatch(/^ARCHON_ONNX_/);
          }
        }
      }),
      { numRuns: 600 },
    );
  });
});
