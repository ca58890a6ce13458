import type { ConvLayer, DepthwiseLayer, Layer, Network, PlainLayer, PoolLayer, TensorShape } from '@archon-dse/core';
import { checkLayerProperties, checkProperties } from './layer-properties.js';
import { outputShape } from './output-shape.js';
import { SQUEEZE_ROLE } from './roles.js';
import { inferShapes } from './shapes.js';

/** What a layer of the network under construction gives; pass it to the layers that read it. */
export interface Tensor {
  /** Name of the layer. */
  readonly name: string;
  readonly shape: TensorShape;
  /** What layers derived from this one are named after: `b1.expand` for `b1.expand` and `b1.expand.bn`. */
  readonly stem: string;
}

export interface ConvSpec {
  readonly filters: number;
  readonly role: string;
  /** 1 unless given. */
  readonly kernel?: number;
  readonly stride?: number;
  readonly groups?: number;
  readonly bias?: boolean;
}

export interface DepthwiseSpec {
  readonly kernel: number;
  /** 1 unless given. */
  readonly stride?: number;
  /** `depthwise` unless given. */
  readonly role?: string;
}

export type PoolSpec = Pick<PoolLayer, 'size' | 'stride'>;

const CONV_SPEC: readonly (keyof ConvSpec)[] = ['filters', 'role', 'kernel', 'stride', 'groups', 'bias'];
const DEPTHWISE_SPEC: readonly (keyof DepthwiseSpec)[] = ['kernel', 'stride', 'role'];
const POOL_SPEC: readonly (keyof PoolSpec)[] = ['size', 'stride'];

/**
 * Builds a {@link Network} layer by layer. Each method adds one layer (or one named group of layers), checks it at once and
 * returns its tensor. Layers with weights, pools and joins are named by the caller; the others take the name of what they read
 * with a suffix (`b1.expand.bn`).
 *
 * @throws ArchonError ARCHON_NETWORK_INVALID from any method whose layer does not fit its inputs or is given a property it has not
 */
export class NetworkBuilder {
  /** The image. */
  readonly input: Tensor;
  private readonly layers: Layer[] = [];
  private readonly head: Pick<Network, 'id' | 'input' | 'classes'>;
  private label = 'head';

  constructor(head: Pick<Network, 'id' | 'input' | 'classes'>) {
    this.head = head;
    this.layers.push({ name: 'input', op: 'input', inputs: [], block: this.label, role: 'input' });
    this.input = { name: 'input', shape: head.input, stem: 'input' };
  }

  /** Labels the layers added from now on: `head` (from the start), `b0`, `b1`, ... or `tail`. */
  block(label: string): void {
    this.label = label;
  }

  /** Convolution without bias unless `spec.bias`, SAME padding. */
  conv(name: string, from: Tensor, spec: ConvSpec): Tensor {
    checkProperties({ name, op: 'conv' }, spec, CONV_SPEC);
    const { filters, role, kernel = 1, stride = 1, groups = 1, bias = false } = spec;
    const layer: Omit<ConvLayer, 'inputs' | 'block'> = {
      name,
      op: 'conv',
      role,
      kernel,
      stride,
      groups,
      filters,
      bias,
    };
    return this.push(layer, [from]);
  }

  /** One filter a channel, no bias, SAME padding. */
  depthwise(name: string, from: Tensor, spec: DepthwiseSpec): Tensor {
    checkProperties({ name, op: 'depthwise' }, spec, DEPTHWISE_SPEC);
    const { kernel, stride = 1, role = 'depthwise' } = spec;
    const layer: Omit<DepthwiseLayer, 'inputs' | 'block'> = {
      name,
      op: 'depthwise',
      role,
      kernel,
      stride,
      bias: false,
    };
    return this.push(layer, [from]);
  }

  /** Fully connected layer with bias. */
  dense(name: string, from: Tensor, units: number): Tensor {
    return this.push({ name, op: 'dense', role: 'classifier', units, bias: true }, [from]);
  }

  batchNorm(from: Tensor): Tensor {
    return this.derive('batchNorm', 'norm', 'bn', from);
  }

  relu(from: Tensor): Tensor {
    return this.derive('relu', 'activation', 'relu', from);
  }

  softmax(from: Tensor): Tensor {
    return this.derive('softmax', 'classifier', 'softmax', from);
  }

  globalAveragePool(name: string, from: Tensor): Tensor {
    return this.push({ name, op: 'globalAveragePool', role: 'pool' }, [from]);
  }

  channelShuffle(from: Tensor, groups: number): Tensor {
    const name = `${from.stem}.shuffle`;
    return this.push({ name, op: 'channelShuffle', role: 'shuffle', groups }, [from], from.stem);
  }

  averagePool(name: string, from: Tensor, window: PoolSpec): Tensor {
    return this.pool('averagePool', name, from, window);
  }

  maxPool(name: string, from: Tensor, window: PoolSpec): Tensor {
    return this.pool('maxPool', name, from, window);
  }

  add(name: string, ...from: readonly Tensor[]): Tensor {
    return this.push({ name, op: 'add', role: 'join' }, from);
  }

  /** Joins channels, those of the first tensor first. */
  concat(name: string, ...from: readonly Tensor[]): Tensor {
    return this.push({ name, op: 'concat', role: 'join' }, from);
  }

  /** Scales each channel of `from` by a 1 x 1 x C gate. */
  multiply(name: string, from: Tensor, gate: Tensor): Tensor {
    return this.push({ name, op: 'multiply', role: 'join' }, [from, gate]);
  }

  /**
   * Squeeze-and-excite: global pool, 1x1 convolution to `hidden` channels, ReLU, 1x1 back, sigmoid, and the gate named
   * `name`. Both convolutions have biases; all six layers have the role `squeeze`.
   *
   * @source Hu et al., Squeeze-and-Excitation Networks, CVPR 2018
   */
  squeezeExcite(name: string, from: Tensor, hidden: number): Tensor {
    const role = SQUEEZE_ROLE;
    const pooled = this.push({ name: `${name}.pool`, op: 'globalAveragePool', role }, [from]);
    const reduced = this.conv(`${name}.reduce`, pooled, { filters: hidden, role, bias: true });
    const active = this.derive('relu', role, 'relu', reduced);
    const expanded = this.conv(`${name}.expand`, active, { filters: from.shape[2], role, bias: true });
    const gate = this.derive('sigmoid', role, 'sigmoid', expanded);
    return this.push({ name, op: 'multiply', role }, [from, gate]);
  }

  /** The finished network, checked as a whole. */
  build(): Network {
    const network: Network = { ...this.head, layers: [...this.layers] };
    inferShapes(network);
    return network;
  }

  private pool(op: PoolLayer['op'], name: string, from: Tensor, window: PoolSpec): Tensor {
    checkProperties({ name, op }, window, POOL_SPEC);
    return this.push({ name, op, role: 'pool', size: window.size, stride: window.stride }, [from]);
  }

  private derive(op: PlainLayer['op'], role: string, suffix: string, from: Tensor): Tensor {
    return this.push({ name: `${from.stem}.${suffix}`, op, role }, [from], from.stem);
  }

  private push(part: NewLayer, from: readonly Tensor[], stem = part.name): Tensor {
    const layer: Layer = { ...part, inputs: from.map((tensor) => tensor.name), block: this.label };
    checkLayerProperties(layer);
    const shape = outputShape(
      layer,
      from.map((tensor) => tensor.shape),
    );
    this.layers.push(layer);
    return { name: layer.name, shape, stem };
  }
}

/** A layer before the builder has added its inputs and block. */
type NewLayer = Layer extends infer L ? (L extends Layer ? Omit<L, 'inputs' | 'block'> : never) : never;
