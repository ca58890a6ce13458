import { describe, expect, it } from 'vitest';
import { diagnosticsOf } from '../../../../../test/diagnostics.js';
import { OnnxFile } from '../../test/onnx-file.js';
import { importOnnx, type OnnxOptions } from './import-onnx.js';

type Build = (file: OnnxFile, image: string) => string;

function refusals(build: Build, options: Partial<OnnxOptions> = {}, dims: readonly (number | string)[] = [1, 4, 9, 8]) {
  const file = new OnnxFile();
  file.output(build(file, file.input('image', dims)));
  return diagnosticsOf(() => importOnnx(file.encode(), { id: 'me/file', ...options }));
}

describe('a node that cannot be represented', () => {
  it.each<[string, Build]>([
    ['node "n" (NonZero): how much it gives depends on its values', (file, x) => file.op('NonZero', [x], {}, 'n')],
    ['node "n" (LSTM): recurrent layers are not modelled', (file, x) => file.op('LSTM', [x], {}, 'n')],
    ['node "n" (Conw): there is no operator "Conw" here', (file, x) => file.op('Conw', [x], {}, 'n')],
    ['node "n" (Conv): it computes its weights', (file, x) => file.op('Conv', [x, x], {}, 'n')],
    ['node "n" (Conv): input 1 is missing', (file, x) => file.op('Conv', [x], {}, 'n')],
    [
      'node "n" (Conv): its weights are for 3 channels, and its input has 4',
      (file, x) => file.op('Conv', [x, file.weight([2, 3, 1, 1])], {}, 'n'),
    ],
    [
      'node "n" (Conv): strides is [0,1]',
      (file, x) => file.op('Conv', [x, file.weight([2, 4, 1, 1])], { strides: [0, 1] }, 'n'),
    ],
    [
      'node "n" (Conv): strides is not whole numbers',
      (file, x) => file.op('Conv', [x, file.weight([2, 4, 1, 1])], { strides: 'two' }, 'n'),
    ],
    [
      'node "n" (Conv): auto_pad is "SAME"',
      (file, x) => file.op('Conv', [x, file.weight([2, 4, 1, 1])], { auto_pad: 'SAME' }, 'n'),
    ],
    [
      'node "n" (Conv): its window leaves nothing of 9 cells',
      (file, x) => file.op('Conv', [x, file.weight([2, 4, 10, 1])], {}, 'n'),
    ],
    [
      'node "n" (Conv): 4 groups do not divide 4 channels and 2 filters',
      (file, x) => file.op('Conv', [x, file.weight([2, 1, 1, 1])], { group: 4 }, 'n'),
    ],
    [
      'node "n" (Reshape): it makes [1,4,9,8] to [1,5,-1]',
      (file, x) => file.op('Reshape', [x, file.ints([1, 5, -1])], {}, 'n'),
    ],
    ['node "n" (Reshape): it computes its shape', (file, x) => file.op('Reshape', [x, x], {}, 'n')],
    ['node "n" (Transpose): perm is [0,0,1,2]', (file, x) => file.op('Transpose', [x], { perm: [0, 0, 1, 2] }, 'n')],
    ['node "n" (Concat): axis 7 is none of 4', (file, x) => file.op('Concat', [x, x], { axis: 7 }, 'n')],
    [
      'node "n" (Split): it splits 4 into [1,2]',
      (file, x) => file.ops('Split', [x, file.ints([1, 2])], 2, { axis: 1 }, 'n')[0] ?? '',
    ],
    ['node "n" (Add): it combines [1,4,9,8] and [3]', (file, x) => file.op('Add', [x, file.weight([3])], {}, 'n')],
    ['node "n" (MatMul): it multiplies [1,4,9,8] and [1,4,9,8]', (file, x) => file.op('MatMul', [x, x], {}, 'n')],
  ])('%s', (message, build) => {
    const [first] = refusals(build);
    expect(first).toMatchObject({ code: 'ARCHON_ONNX_UNSUPPORTED', layer: 'n' });
    expect(first?.message.startsWith(message), first?.message).toBe(true);
  });

  it('is told with all others that do not hang on it', () => {
    const messages = refusals((file, x) => {
      const first = file.op('NonZero', [x], {}, 'first');
      return file.op('Add', [file.op('Relu', [first]), file.op('Loop', [x], {}, 'second')]);
    }).map(({ layer }) => layer);
    expect(messages).toEqual(['first', 'second']);
  });
});

describe('an input that is left open', () => {
  const relu: Build = (file, x) => file.op('Relu', [x]);

  it('is told with the name of its size', () => {
    const [first] = refusals(relu, {}, ['N', 3, 'height', 224]);
    expect(first).toMatchObject({
      code: 'ARCHON_ONNX_INVALID',
      expected: 'the size of "height", e.g. dims: { "height": 224 }',
    });
    expect(refusals(relu, { dims: { hight: 2 } }, ['N', 3, 4, 224])[0]?.message).toBe(
      'no input leaves a dimension "hight" open',
    );
  });

  it('takes sizes by name, and by place where there is none', () => {
    const file = new OnnxFile();
    file.output(file.op('Relu', [file.input('image', ['N', 3, 'height', 0])]));
    const { network } = importOnnx(file.encode(), { id: 'me/file', dims: { height: 5, 'image.3': 7 } });
    expect(network.input).toEqual([5, 7, 3]);
  });
});
