import type { TensorShape } from '@archon-dse/core';
import { predictorName, QUANTISER, type ConvNode, type ModelPlan, type NamedTensors } from '@archon-dse/tensor';
import { composeNorms, type BlockLayer } from '../block/fused-block.js';
import { affineOf } from '../channels.js';
import { tensorOf } from '../tensor-of.js';
import { ternaryKernel } from '../ternary-kernel.js';
import { encodeSums, maskSums, sumCodes } from './predict.kernel.js';
import { ternaryLayer, type TernaryLayer } from './ternary-layer.js';
import { foldThresholds, type Thresholds } from './thresholds.js';

/** Predicts the signs in front of one ReLU in whole numbers, for all cells of a plane. */
export class Predictor {
  /** Sums of codes, by cell and channel of the convolution. */
  readonly sums: Int32Array;
  /** 1 where the value is predicted to be above 0. */
  readonly masks: Uint8Array;
  /** Codes of the rectified values, which the next predictor reads. */
  readonly codes: Int8Array;
  private readonly layer: TernaryLayer;
  private readonly thresholds: Thresholds;
  private readonly factor: Float64Array;
  private readonly offset: Float64Array;

  /**
   * @param layer - the convolution in front of the ReLU
   * @param input - shape of what it reads
   * @param order - by channel of that: the channel of the codes it is
   * @throws RangeError when a tensor is missing, or a kernel that is kept ternary is not
   */
  constructor(plan: ModelPlan, tensors: NamedTensors, layer: BlockLayer, input: TensorShape, order: Int32Array) {
    const conv = copyOf(plan, layer.conv);
    const isDepthwise = conv.op === 'depthwise';
    const channels = conv.shape[2];
    const kernel = ternaryKernel(conv.kernel, isDepthwise ? 1 : conv.groups, isDepthwise ? 1 : channels, tensors);
    const bias = conv.bias === null ? undefined : tensorOf(tensors, conv.bias);
    const affine = composeNorms(layer, (node) => affineOf({ ...node, owner: predictorName(node.name) }, tensors), bias);
    const alphaOf = (channel: number): number =>
      kernel.alphas[Math.floor((channel * kernel.alphas.length) / channels)] ?? 0;
    this.factor = affine.scale.map((scale, channel) => scale * alphaOf(channel) * QUANTISER.step);
    this.offset = affine.offset;
    this.thresholds = foldThresholds(this.factor, this.offset);
    this.layer = ternaryLayer(conv, input, kernel, order);
    const size = conv.shape[0] * conv.shape[1] * channels;
    this.sums = new Int32Array(size);
    this.masks = new Uint8Array(size);
    this.codes = new Int8Array(size);
  }

  run(codes: Int8Array): void {
    sumCodes(this.layer, codes, this.sums);
    maskSums(this.sums, this.thresholds, this.masks);
    encodeSums(this.sums, this.thresholds, this.codes);
  }

  /** The value whose sign is predicted, at a place of `masks`. */
  valueAt(place: number): number {
    const channel = place % this.factor.length;
    return (this.sums[place] ?? 0) * (this.factor[channel] ?? 0) + (this.offset[channel] ?? 0);
  }
}

function copyOf({ nodes }: ModelPlan, { name }: ConvNode): ConvNode {
  const copy = nodes.find((node) => node.name === predictorName(name));
  if (copy?.op === 'conv' || copy?.op === 'depthwise') return copy;
  throw new RangeError(`nothing predicts the sign of "${name}"`);
}
