import * as tf from '@tensorflow/tfjs-core';
import type { KernelConfig, NamedAttrMap, Tensor4D } from '@tensorflow/tfjs-core';
import type { WindowInfo } from './tap-layout.js';
import {
  depthwiseFilterGradient,
  depthwiseInputGradient,
  filterGradient,
  inputGradient,
  maximumGradient,
  type Kernel,
  type KernelInputs,
} from './window-gradients.js';

type InfoOf = (inputs: Partial<KernelInputs>, attributes: NamedAttrMap) => WindowInfo;

/**
 * Gradient kernels of the WebAssembly backend, made of its other operations. Filter gradients and the input gradient of a depthwise
 * convolution are missing there, its input gradient of a convolution is ten times slower than a convolution, and its gradient of a
 * maximum loses windows without a positive value.
 */
const KERNELS: readonly (readonly [name: string, kernel: Kernel, infoOf: InfoOf])[] = [
  ['Conv2DBackpropFilter', filterGradient, convInfo(false)],
  ['Conv2DBackpropInput', inputGradient, convInfo(false)],
  ['DepthwiseConv2dNativeBackpropFilter', depthwiseFilterGradient, convInfo(true)],
  ['DepthwiseConv2dNativeBackpropInput', depthwiseInputGradient, convInfo(true)],
  ['MaxPoolGrad', maximumGradient, poolInfo],
];

/** Puts the kernels in the place of those the backend has, if any. */
export function registerWasmKernels(): void {
  for (const [kernelName, kernel, infoOf] of KERNELS) {
    const had = tf.getKernel(kernelName, 'wasm') as KernelConfig | undefined;
    if (had !== undefined) tf.unregisterKernel(kernelName, 'wasm');
    tf.registerKernel({
      kernelName,
      backendName: 'wasm',
      kernelFunc: ({ inputs, attrs = {} }) => {
        const tensors = inputs as unknown as KernelInputs;
        return tf.tidy(() => kernel(tensors, checked(kernelName, infoOf(tensors, attrs))));
      },
    });
  }
}

/** Shapes come from a tensor where there is one, otherwise from the attribute that stands for it. */
function convInfo(isDepthwise: boolean): InfoOf {
  return ({ x, filter }, { strides, dilations, pad, dimRoundingMode, inputShape, filterShape }) =>
    tf.backend_util.computeConv2DInfo(
      x?.shape ?? (inputShape as Tensor4D['shape']),
      filter?.shape ?? (filterShape as Tensor4D['shape']),
      strides as number,
      (dilations ?? 1) as number,
      pad as 'same',
      dimRoundingMode as 'floor',
      isDepthwise,
    );
}

function poolInfo({ input }: Partial<KernelInputs>, attributes: NamedAttrMap): WindowInfo {
  const { filterSize, strides, pad, dimRoundingMode } = attributes;
  return tf.backend_util.computePool2DInfo(
    input?.shape ?? [0, 0, 0, 0],
    filterSize as number,
    strides as number,
    1,
    pad as 'same',
    dimRoundingMode as 'floor',
  );
}

function checked(name: string, info: WindowInfo): WindowInfo {
  const { strideHeight, strideWidth, dilationHeight, dilationWidth } = info;
  if (strideHeight === strideWidth && dilationHeight === 1 && dilationWidth === 1) return info;
  throw new RangeError(`${name} takes one stride for rows and columns and no dilation`);
}
