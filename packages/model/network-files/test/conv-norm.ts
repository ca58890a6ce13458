import type { OnnxFile } from './onnx-file.js';

interface ConvSpec {
  readonly kernel?: number;
  readonly stride?: number;
  readonly groups?: number;
  readonly pad?: number;
}

/** Convolution, BatchNorm and what the network has behind it. */
export function convNorm(
  file: OnnxFile,
  name: string,
  input: string,
  [read, filters]: readonly [number, number],
  spec: ConvSpec = {},
): string {
  const { kernel = 1, stride = 1, groups = 1, pad = (kernel - 1) / 2 } = spec;
  const attributes = {
    ...{
      kernel_shape: [kernel, kernel],
      strides: [stride, stride],
      pads: [pad, pad, pad, pad],
      dilations: [1, 1],
      group: groups,
    },
  };
  const weights = file.weight([filters, read / groups, kernel, kernel]);
  const conv = file.op('Conv', [input, weights], attributes, `${name}/Conv`);
  const norm = [1, 2, 3, 4].map(() => file.weight([filters]));
  return file.op('BatchNormalization', [conv, ...norm], { epsilon: { float: 1e-5 } }, `${name}/BatchNormalization`);
}

export function classifier(file: OnnxFile, input: string, channels: number): void {
  const pooled = file.op('GlobalAveragePool', [input], {}, 'pool');
  const flat = file.op('Flatten', [pooled], { axis: 1 }, 'flatten');
  file.op('Gemm', [flat, file.weight([1000, channels]), file.weight([1000])], { transB: 1 }, 'fc');
  file.output('fc', ['N', 1000]);
}
