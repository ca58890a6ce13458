import { OnnxFile } from './onnx-file.js';

/** A Vision Transformer as PyTorch exports one before version 17: attention, LayerNorm and GELU are many operators each. */

interface Sizes {
  readonly channels: number;
  readonly heads: number;
  readonly depth: number;
  readonly patch: number;
  readonly image: number;
}

export const BASE: Sizes = { channels: 768, heads: 12, depth: 12, patch: 16, image: 224 };

export function vit({ channels, heads, depth, patch, image }: Sizes): OnnxFile {
  const file = new OnnxFile(14);
  const side = image / patch;
  const window = { kernel_shape: [patch, patch], strides: [patch, patch], pads: [0, 0, 0, 0] };
  const pixels = file.input('pixels', ['batch', 3, image, image]);
  const patches = file.op(
    'Conv',
    [pixels, file.weight([channels, 3, patch, patch]), file.weight([channels])],
    window,
    'patches',
  );
  const images = file.op('Gather', [file.op('Shape', [patches]), file.ints([0])], { axis: 0 });
  const flat = file.op('Concat', [images, file.ints([channels]), file.ints([-1])], { axis: 0 });
  const sequence = file.op('Transpose', [file.op('Reshape', [patches, flat])], { perm: [0, 2, 1] });
  const one = file.op('Concat', [images, file.ints([-1, -1])], { axis: 0 });
  const ones = file.op('ConstantOfShape', [file.ints([3])], {});
  const isOpen = file.op('Equal', [one, file.op('Mul', [file.op('Add', [ones, file.ints([1])]), file.ints([-1])])]);
  const shape = file.op('Where', [isOpen, file.op('Add', [ones, file.ints([1])]), one]);
  const token = file.op('Expand', [file.weight([1, 1, channels]), shape]);
  const tokens = file.op('Concat', [token, sequence], { axis: 1 }, 'class');
  let x = file.op('Add', [tokens, file.weight([1, side * side + 1, channels])], {}, 'position');
  for (let index = 0; index < depth; index += 1) x = block(file, `b${index}`, x, { channels, heads });
  const first = file.op(
    'Gather',
    [layerNorm(file, 'norm', x, channels), file.tensor({ dims: [], dataType: 7, int64Data: [0] })],
    { axis: 1 },
    'pick',
  );
  file.op('Gemm', [first, file.weight([1000, channels]), file.weight([1000])], { transB: 1 }, 'fc');
  file.output('fc', ['batch', 1000]);
  return file;
}

type Block = Pick<Sizes, 'channels' | 'heads'>;

function block(file: OnnxFile, name: string, x: string, { channels, heads }: Block): string {
  const attended = attention(file, `${name}.attention`, layerNorm(file, `${name}.norm1`, x, channels), {
    channels,
    heads,
  });
  const sum = file.op('Add', [x, attended], {}, `${name}.attended`);
  const wide = linear(file, `${name}.wide`, layerNorm(file, `${name}.norm2`, sum, channels), channels, 4 * channels);
  const erf = file.op('Erf', [file.op('Div', [wide, file.float(Math.SQRT2)])]);
  const gate = file.op('Add', [erf, file.float(1)]);
  const gelu = file.op('Mul', [file.op('Mul', [wide, gate]), file.float(0.5)], {}, `${name}.gelu`);
  return file.op('Add', [sum, linear(file, `${name}.narrow`, gelu, 4 * channels, channels)], {}, `${name}.add`);
}

function linear(file: OnnxFile, name: string, x: string, read: number, units: number): string {
  const product = file.op('MatMul', [x, file.weight([read, units])]);
  return file.op('Add', [file.weight([units]), product], {}, name);
}

function layerNorm(file: OnnxFile, name: string, x: string, channels: number): string {
  const centred = file.op('Sub', [x, file.op('ReduceMean', [x], { axes: [-1] })]);
  const variance = file.op('ReduceMean', [file.op('Pow', [centred, file.float(2)])], { axes: [-1] });
  const deviation = file.op('Sqrt', [file.op('Add', [variance, file.float(1e-6)])]);
  const scaled = file.op('Mul', [file.op('Div', [centred, deviation]), file.weight([channels])]);
  return file.op('Add', [scaled, file.weight([channels])], {}, name);
}

/** Shapes are computed from those of the tensors, as exporters do. */
function attention(file: OnnxFile, name: string, x: string, { channels, heads }: Block): string {
  const size = (axis: number): string => {
    const one = file.op('Gather', [file.op('Shape', [x]), file.tensor({ dims: [], dataType: 7, int64Data: [axis] })], {
      axis: 0,
    });
    return file.op('Unsqueeze', [one, file.ints([0])]);
  };
  const [images, tokens] = [size(0), size(1)];
  const cut = file.op('Concat', [images, tokens, file.ints([3]), file.ints([heads]), file.ints([channels / heads])], {
    axis: 0,
  });
  const packed = file.op('Reshape', [linear(file, `${name}.qkv`, x, channels, 3 * channels), cut]);
  const parts = file.op('Transpose', [packed], { perm: [2, 0, 3, 1, 4] });
  const [query, key, value] = [0, 1, 2].map((index) =>
    file.op('Gather', [parts, file.tensor({ dims: [], dataType: 7, int64Data: [index] })], { axis: 0 }),
  ) as [string, string, string];
  const keys = file.op('Transpose', [key], { perm: [0, 1, 3, 2] });
  const scores = file.op('Mul', [
    file.op('MatMul', [query, keys], {}, `${name}.scores`),
    file.float((channels / heads) ** -0.5),
  ]);
  const mixed = file.op('MatMul', [file.op('Softmax', [scores], { axis: -1 }), value], {}, `${name}.mix`);
  const joined = file.op('Transpose', [mixed], { perm: [0, 2, 1, 3] });
  const whole = file.op('Concat', [images, tokens, file.ints([channels])], { axis: 0 });
  return linear(file, name, file.op('Reshape', [joined, whole]), channels, channels);
}
