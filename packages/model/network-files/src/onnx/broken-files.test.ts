import { ArchonError, seededRandom } from '@archon-dse/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diagnosticsOf } from '../../../../../test/diagnostics.js';
import { OnnxFile } from '../../test/onnx-file.js';
import { vit } from '../../test/vit.js';
import { importOnnx } from './import-onnx.js';

const read = (bytes: Uint8Array) => importOnnx(bytes, { id: 'me/file' });
const refusal = (bytes: Uint8Array) => diagnosticsOf(() => read(bytes))[0];

/** A small file with most kinds of node. */
function small(): Uint8Array {
  const file = vit({ channels: 8, heads: 2, depth: 1, patch: 4, image: 8 });
  const image = file.input('more', ['batch', 4, 9, 9]);
  const conv = file.op('Conv', [image, file.weight([4, 1, 3, 3])], {
    group: 4,
    pads: [1, 1, 1, 1],
    auto_pad: 'NOTSET',
  });
  const up = file.op('ConvTranspose', [conv, file.weight([4, 2, 2, 2])], { strides: [2, 2] });
  file.output(file.op('Concat', [...file.ops('Split', [up], 2, { axis: 1 })], { axis: 2 }));
  return file.encode();
}

describe('bytes that are no ONNX file', () => {
  const whole = small();

  it.each<[string, Uint8Array]>([
    ['nothing', new Uint8Array()],
    ['text', new TextEncoder().encode('version https://git-lfs.github.com/spec/v1\n')],
    ['zeros', new Uint8Array(100)],
    ['a half of one', whole.slice(0, whole.length / 2)],
  ])('%s', (_, bytes) => {
    expect(refusal(bytes)).toMatchObject({ code: 'ARCHON_ONNX_INVALID' });
  });

  it('names a value that nothing gives, a node that reads itself, a version before 7 and a tensor of another size', () => {
    const withNode = (node: object, opset = 17): string | undefined => {
      const file = new OnnxFile(opset);
      file.input('x', [1, 2]);
      file.node(node);
      file.output('y');
      return refusal(file.encode())?.message;
    };
    const node = { name: 'n', opType: 'Add', outputs: ['y'] };
    expect(withNode({ ...node, inputs: ['x', 'z'] })).toBe(
      'the ONNX file cannot be read: node "n" (Add) reads "z", which nothing gives',
    );
    expect(withNode({ ...node, inputs: ['x', 'y'] })).toBe('node "n" (Add) depends on what it computes itself');
    expect(withNode({ ...node, inputs: ['x', 'x'] }, 6)).toBe(
      'the ONNX file cannot be read: its operators are of version 6',
    );
    expect(withNode({ ...node, outputs: ['a'], inputs: ['x', 'x'] })).toBe(
      'the ONNX file cannot be read: the graph reads "y", which nothing gives',
    );
    const file = new OnnxFile();
    file.output(
      file.op('Add', [file.input('x', [1, 2]), file.tensor({ dims: [3], dataType: 1, rawData: new Uint8Array(8) })]),
    );
    expect(refusal(file.encode())?.message).toBe('the ONNX file cannot be read: tensor "w1" has 2 values of 3');
  });

  it('long chains and wide graphs are read, cycles of any length are not', () => {
    const chain = (count: number, closed: boolean): Uint8Array => {
      const file = new OnnxFile();
      file.input('x', [1, 2]);
      for (let index = 0; index < count; index += 1) {
        const before = index > 0 ? `v${index - 1}` : closed ? `v${count - 1}` : 'x';
        file.node({ opType: 'Relu', inputs: [before], outputs: [`v${index}`] });
      }
      file.output(`v${count - 1}`);
      return file.encode();
    };
    expect(read(chain(5_000, false)).network.layers).toHaveLength(5_001);
    expect(refusal(chain(5_000, true))?.message).toMatch(/depends on what it computes itself/);
  });

  const told = (bytes: Uint8Array): void => {
    try {
      read(bytes);
    } catch (error) {
      if (!(error instanceof ArchonError)) throw error;
      for (const { code, message } of error.diagnostics) {
        expect(['ARCHON_ONNX_INVALID', 'ARCHON_ONNX_UNSUPPORTED', 'ARCHON_NETWORK_INVALID']).toContain(code);
        expect(message).not.toBe('');
      }
    }
  };

  it('cut off anywhere is refused or read, and nothing else', () => {
    fc.assert(
      fc.property(fc.nat(whole.length), (length) => told(whole.slice(0, length))),
      { numRuns: 300 },
    );
  });

  it('with bytes changed is refused or read, and nothing else', () => {
    fc.assert(
      fc.property(fc.nat(2 ** 32 - 1), fc.integer({ min: 1, max: 8 }), (seed, changes) => {
        const random = seededRandom(seed, 'bytes');
        const bytes = whole.slice();
        for (let change = 0; change < changes; change += 1) {
          bytes[Math.floor(random() * bytes.length)] = Math.floor(random() * 256);
        }
        told(bytes);
      }),
      { numRuns: 400 },
    );
  });
});
