import { classifier, convNorm } from './conv-norm.js';
import { OnnxFile } from './onnx-file.js';

/** ResNet-50 at 224 x 224, the stride of a block in its 3 x 3 convolution. @source He et al., CVPR 2016; torchvision, version 1.5 of the block */
export function resNet50(): OnnxFile {
  const file = new OnnxFile();
  const relu = (value: string): string => file.op('Relu', [value], {}, `${value}/relu`);
  const stem = relu(convNorm(file, 'stem', file.input('image', ['N', 3, 224, 224]), [3, 64], { kernel: 7, stride: 2 }));
  let x = file.op('MaxPool', [stem], { kernel_shape: [3, 3], strides: [2, 2], pads: [1, 1, 1, 1] }, 'maxpool');
  let channels = 64;
  for (const [stage, blocks] of [3, 4, 6, 3].entries()) {
    const narrow = 64 * 2 ** stage;
    for (let block = 0; block < blocks; block += 1) {
      const name = `layer${stage + 1}.${block}`;
      const stride = block === 0 && stage > 0 ? 2 : 1;
      const first = relu(convNorm(file, `${name}.1`, x, [channels, narrow]));
      const second = relu(convNorm(file, `${name}.2`, first, [narrow, narrow], { kernel: 3, stride }));
      const third = convNorm(file, `${name}.3`, second, [narrow, 4 * narrow]);
      const shortcut = block === 0 ? convNorm(file, `${name}.down`, x, [channels, 4 * narrow], { stride }) : x;
      x = relu(file.op('Add', [third, shortcut], {}, `${name}.add`));
      channels = 4 * narrow;
    }
  }
  classifier(file, x, 2048);
  return file;
}
