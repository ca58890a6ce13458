import { classifier, convNorm } from './conv-norm.js';
import { OnnxFile } from './onnx-file.js';

/** @source Sandler et al., MobileNetV2, CVPR 2018, table 2: expansion, channels, repeats, stride */
const MOBILE_ROWS: readonly (readonly [number, number, number, number])[] = [
  [1, 16, 1, 1],
  [6, 24, 2, 2],
  [6, 32, 3, 2],
  [6, 64, 4, 2],
  [6, 96, 3, 1],
  [6, 160, 3, 2],
  [6, 320, 1, 1],
];

/** MobileNetV2 of width 1 at 224 x 224, with its BatchNorms. */
export function mobileNetV2(opset = 13, images: number | string = 'N'): OnnxFile {
  const file = new OnnxFile(opset);
  const bounds = opset < 11 ? [] : [file.float(0), file.float(6)];
  const attributes = opset < 11 ? { min: { float: 0 }, max: { float: 6 } } : {};
  const relu6 = (name: string, value: string): string =>
    file.op('Clip', [value, ...bounds], attributes, `${name}/Clip`);
  let x = relu6(
    'stem',
    convNorm(file, 'stem', file.input('image', [images, 3, 224, 224]), [3, 32], { kernel: 3, stride: 2 }),
  );
  let channels = 32;
  let index = 0;
  for (const [expansion, filters, repeats, first] of MOBILE_ROWS) {
    for (let repeat = 0; repeat < repeats; repeat += 1) {
      const name = `b${index}`;
      const stride = repeat === 0 ? first : 1;
      const wide = channels * expansion;
      const expanded = expansion === 1 ? x : relu6(`${name}/e`, convNorm(file, `${name}/expand`, x, [channels, wide]));
      const spatial = convNorm(file, `${name}/depthwise`, expanded, [wide, wide], { kernel: 3, stride, groups: wide });
      const out = convNorm(file, `${name}/project`, relu6(`${name}/d`, spatial), [wide, filters]);
      x = stride === 1 && filters === channels ? file.op('Add', [x, out], {}, `${name}/Add`) : out;
      channels = filters;
      index += 1;
    }
  }
  classifier(file, relu6('last', convNorm(file, 'last', x, [320, 1280])), 1280);
  return file;
}
