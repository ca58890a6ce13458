import type { NodeReader } from '../node-reader.js';
import { unsupported } from '../refusal.js';
import type { Activation } from '../value.js';
import { learnedIn } from './elementwise.js';

/** `BatchNormalization` of trained statistics. */
export function batchNorm(node: NodeReader): Activation {
  const value = node.activation(0);
  checkScale(node, value.dims[1] ?? 1);
  if (node.int('training_mode', 0) === 1) unsupported('training_mode is 1', 'a network for inference');
  return node.add({ op: 'batchNorm', role: 'norm' }, [node.stack.use(value, 'planes')], value.dims, 'planes');
}

function checkScale(node: NodeReader, channels: number): void {
  const { dims } = node.constant(1, 'factors');
  if (dims.join() !== String(channels))
    unsupported(`its factors are [${dims.join(',')}]`, `one for each of ${channels} channels`);
}

/** `InstanceNormalization`: each channel of an image by itself. */
export function instanceNorm(node: NodeReader): Activation {
  const value = node.activation(0);
  return groupNormOf(node, value, value.dims[1] ?? 1);
}

/** `GroupNormalization`. */
export function groupNorm(node: NodeReader): Activation {
  return groupNormOf(node, node.activation(0), node.int('num_groups', 1));
}

function groupNormOf(node: NodeReader, value: Activation, groups: number): Activation {
  if (groups < 1 || (value.dims[1] ?? 1) % groups !== 0)
    unsupported(`${groups} groups do not divide ${value.dims[1] ?? 1} channels`, 'groups that do');
  return node.add({ op: 'groupNorm', role: 'norm', groups }, [node.stack.use(value, 'planes')], value.dims, 'planes');
}

/** `LayerNormalization` over the last dimension; over more it is listed by its name. */
export function layerNorm(node: NodeReader): readonly Activation[] {
  const value = node.activation(0);
  return [layerNormOf(node, value)];
}

function layerNormOf(node: NodeReader, value: Activation, suffix = ''): Activation {
  const rank = value.dims.length;
  const isOverChannels = node.axis(node.int('axis', -1), rank) === rank - 1;
  if (!isOverChannels || node.optional(2) === undefined)
    return node.addVector('layerNormalization', [value], value.dims, value.hint, learnedIn(node.given));
  return node.add({ op: 'layerNorm', role: 'norm' }, [node.stack.use(value, 'rows')], value.dims, 'rows', suffix);
}

/** `SkipLayerNormalization`: the sum of two tensors, normalised; with a bias too, listed by its name. */
export function skipLayerNorm(node: NodeReader): readonly Activation[] {
  const [value, other] = [node.activation(0), node.activation(1)];
  if (node.optional(4) !== undefined || node.optional(3) === undefined)
    return [node.addVector('skipLayerNormalization', [value, other], value.dims, 'rows', learnedIn(node.given))];
  const inputs = [value, other].map((one) => node.stack.use(one, 'rows'));
  const sum = node.add({ op: 'add', role: 'join' }, inputs, value.dims, 'rows', '.sum');
  const normal = node.add({ op: 'layerNorm', role: 'norm' }, [node.stack.use(sum, 'rows')], value.dims, 'rows');
  return [normal, ...node.node.outputs.slice(1, 3).map(() => normal), sum].slice(0, node.node.outputs.length);
}
