import type { ConvLayer, DepthwiseLayer, Extent, PoolLayer, TransposedConvLayer } from '@archon-dse/core';
import { checkProperties } from '../operations/properties.js';
import { LayerStack, type Tensor } from './layer-stack.js';
import {
  CONV_SPEC,
  DEPTHWISE_SPEC,
  normalExtent,
  POOL_SPEC,
  TRANSPOSED_CONV_SPEC,
  unusual,
  type ConvSpec,
  type DepthwiseSpec,
  type PoolSpec,
  type TransposedConvSpec,
} from './specs.js';

type New<L> = Omit<L, 'inputs' | 'block'>;

/** Convolutions, pools and what else changes the plane. */
export abstract class WindowLayers extends LayerStack {
  /** Convolution without bias unless `spec.bias`, SAME padding unless `spec.padding`. */
  conv(name: string, from: Tensor, spec: ConvSpec): Tensor {
    checkProperties({ name, op: 'conv' }, spec, CONV_SPEC);
    const { filters, role, kernel = 1, stride = 1, groups = 1, bias = false } = spec;
    const window = { kernel: normalExtent(kernel), stride: normalExtent(stride) };
    const layer: New<ConvLayer> = { name, op: 'conv', role, ...window, groups, filters, bias, ...unusual(spec) };
    return this.push(layer, [from]);
  }

  /** One filter a channel unless `spec.multiplier`, no bias unless `spec.bias`, SAME padding unless `spec.padding`. */
  depthwise(name: string, from: Tensor, spec: DepthwiseSpec): Tensor {
    checkProperties({ name, op: 'depthwise' }, spec, DEPTHWISE_SPEC);
    const { kernel, stride = 1, role = 'depthwise', bias = false, multiplier = 1 } = spec;
    const window = { kernel: normalExtent(kernel), stride: normalExtent(stride) };
    const layer: New<DepthwiseLayer> = { name, op: 'depthwise', role, ...window, bias, ...unusual(spec) };
    return this.push(multiplier === 1 ? layer : { ...layer, multiplier }, [from]);
  }

  /** Transposed convolution without bias unless `spec.bias`; `in * stride` cells unless `spec.padding`. */
  transposedConv(name: string, from: Tensor, spec: TransposedConvSpec): Tensor {
    checkProperties({ name, op: 'transposedConv' }, spec, TRANSPOSED_CONV_SPEC);
    const { filters, role, kernel, stride = 1, groups = 1, bias = false } = spec;
    const window = { kernel: normalExtent(kernel), stride: normalExtent(stride), ...unusual(spec) };
    const layer: New<TransposedConvLayer> = { name, op: 'transposedConv', role, ...window, groups, filters, bias };
    return this.push(layer, [from]);
  }

  averagePool(name: string, from: Tensor, window: PoolSpec): Tensor {
    return this.pool('averagePool', name, from, window);
  }

  maxPool(name: string, from: Tensor, window: PoolSpec): Tensor {
    return this.pool('maxPool', name, from, window);
  }

  /** Mean over all positions. */
  globalAveragePool(name: string, from: Tensor): Tensor {
    return this.push({ name, op: 'globalAveragePool', role: 'pool' }, [from]);
  }

  /** Every cell `factor` times along rows and columns. */
  upsample(name: string, from: Tensor, factor: Extent): Tensor {
    return this.push({ name, op: 'upsample', role: 'upsample', factor: normalExtent(factor) }, [from]);
  }

  private pool(op: PoolLayer['op'], name: string, from: Tensor, spec: PoolSpec): Tensor {
    checkProperties({ name, op }, spec, POOL_SPEC);
    const { size, stride } = spec;
    const window = { size: normalExtent(size), stride: normalExtent(stride), ...unusual(spec) };
    return this.push({ name, op, role: 'pool', ...window }, [from]);
  }
}
