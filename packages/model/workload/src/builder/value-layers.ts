import type { TensorShape } from '@archon-dse/core';
import type { Tensor } from './layer-stack.js';
import { WindowLayers } from './window-layers.js';

/** Normalisations, activations and joins. */
export abstract class ValueLayers extends WindowLayers {
  batchNorm(from: Tensor): Tensor {
    return this.derive('batchNorm', 'norm', 'bn', from);
  }

  /** Normalises the channels of each position. */
  layerNorm(from: Tensor): Tensor {
    return this.derive('layerNorm', 'norm', 'ln', from);
  }

  /** Normalises each of `groups` groups of channels of an image. */
  groupNorm(from: Tensor, groups: number): Tensor {
    return this.push({ name: `${from.stem}.gn`, op: 'groupNorm', role: 'norm', groups }, [from], from.stem);
  }

  /** A learned factor a channel. */
  channelScale(from: Tensor): Tensor {
    return this.derive('channelScale', 'norm', 'scale', from);
  }

  relu(from: Tensor): Tensor {
    return this.derive('relu', 'activation', 'relu', from);
  }

  relu6(from: Tensor): Tensor {
    return this.derive('relu6', 'activation', 'relu6', from);
  }

  gelu(from: Tensor): Tensor {
    return this.derive('gelu', 'activation', 'gelu', from);
  }

  /** `x * sigmoid(x)`, also called SiLU. */
  swish(from: Tensor): Tensor {
    return this.derive('swish', 'activation', 'swish', from);
  }

  hardSwish(from: Tensor): Tensor {
    return this.derive('hardSwish', 'activation', 'hardSwish', from);
  }

  sigmoid(from: Tensor): Tensor {
    return this.derive('sigmoid', 'activation', 'sigmoid', from);
  }

  /** Over the channels of each position. */
  softmax(from: Tensor, role = 'classifier'): Tensor {
    return this.derive('softmax', role, 'softmax', from);
  }

  /** Work without an operation of its own, under the name that records list it by; as many values as the first tensor has unless `shape` says. */
  vector(name: string, what: string, from: readonly Tensor[], shape = from[0]?.shape ?? this.input.shape): Tensor {
    return this.push({ name, op: 'vector', role: 'vector', function: what, shape }, from);
  }

  /** All or some values of the tensors put elsewhere. */
  move(name: string, from: readonly Tensor[], shape: TensorShape): Tensor {
    return this.push({ name, op: 'move', role: 'move', shape }, from);
  }

  /** Another input of the network. */
  source(name: string, shape: TensorShape): Tensor {
    return this.push({ name, op: 'source', role: 'input', shape }, []);
  }

  channelShuffle(from: Tensor, groups: number): Tensor {
    const name = `${from.stem}.shuffle`;
    return this.push({ name, op: 'channelShuffle', role: 'shuffle', groups }, [from], from.stem);
  }

  add(name: string, ...from: readonly Tensor[]): Tensor {
    return this.push({ name, op: 'add', role: 'join' }, from);
  }

  /** Joins channels, those of the first tensor first. */
  concat(name: string, ...from: readonly Tensor[]): Tensor {
    return this.push({ name, op: 'concat', role: 'join' }, from);
  }

  /** Value by value with a tensor of the same shape, or each channel of `from` by a 1 x 1 x C gate. */
  multiply(name: string, from: Tensor, other: Tensor): Tensor {
    return this.push({ name, op: 'multiply', role: 'join' }, [from, other]);
  }
}
