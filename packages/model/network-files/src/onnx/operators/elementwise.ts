import type { PlainLayer } from '@archon-dse/core';
import { broadcast } from '../broadcast.js';
import type { NodeReader } from '../node-reader.js';
import { unsupported } from '../refusal.js';
import { countOf, shapeIn, type Activation, type Constant, type Value, type View } from '../value.js';

/** Operators on values one by one. */

/** Operators that are one of our operations. */
export function activation(op: PlainLayer['op']) {
  return (node: NodeReader): Value => {
    const value = node.input(0);
    if (value.kind === 'constant') return unknownNumbers(value);
    return node.add({ op, role: 'activation' }, [node.stack.use(value, value.hint)], value.dims, value.hint);
  };
}

/** Operators that records list by what they compute; learned values of further inputs are parameters. */
export function vector(what: string) {
  return (node: NodeReader): Value => {
    const value = node.input(0);
    if (value.kind === 'constant') return unknownNumbers(value);
    return node.addVector(what, [value], value.dims, value.hint, learnedIn(node.given));
  };
}

/** `Clip`: from 0 to 6 it is a ReLU6. */
export function clip(node: NodeReader): Value {
  const [least] = node.opset < 11 ? [node.float('min', -Infinity)] : (node.numbers(1, 'least value') ?? [-Infinity]);
  const [most] = node.opset < 11 ? [node.float('max', Infinity)] : (node.numbers(2, 'greatest value') ?? [Infinity]);
  if (least === 0 && most === 6) return activation('relu6')(node);
  return least === 0 && most === Infinity ? activation('relu')(node) : vector('clip')(node);
}

/** `Softmax`: over the channels of each position, before version 13 over all that follows its axis. */
export function softmax(node: NodeReader): Value {
  const value = node.activation(0);
  const rank = value.dims.length;
  const axis = node.axis(node.int('axis', node.opset < 13 ? 1 : -1), rank);
  if (axis === rank - 1) return over(node, value, 'rows');
  if (axis === 1 && node.opset >= 13 && shapeIn('planes', value.dims) !== undefined) return over(node, value, 'planes');
  return node.addVector('softmax', [value], value.dims, value.hint);
}

function over(node: NodeReader, value: Activation, view: View): Activation {
  return node.add({ op: 'softmax', role: 'softmax' }, [node.stack.use(value, view)], value.dims, view);
}

/** `Add`, where a learned value for each value is a position embedding; see `combine`. */
export function add(node: NodeReader): Value {
  const [first, second] = [node.input(0), node.input(1)];
  if (first.kind === 'activation' && second.kind === 'activation') {
    return isSame(first, second) ? join(node, 'add', first, second) : combine('add')(node);
  }
  const [value, constant] = apart(first, second);
  if (value === undefined || constant.learned !== countOf(value.dims) || constant.learned === 1)
    return combine('add')(node);
  const view = value.hint;
  return node.add({ op: 'positionEmbedding', role: 'sequence' }, [node.stack.use(value, view)], value.dims, view);
}

/** `Mul`: of two activations a product or a gate, by a learned factor a channel a scale. */
export function multiply(node: NodeReader): Value {
  const [first, second] = [node.input(0), node.input(1)];
  if (first.kind === 'activation' && second.kind === 'activation') {
    if (isSame(first, second)) return join(node, 'multiply', first, second);
    if (isGate(first, second)) return join(node, 'multiply', first, second);
    return isGate(second, first) ? join(node, 'multiply', second, first) : combine('multiply')(node);
  }
  const [value, constant] = apart(first, second);
  if (value === undefined) return combine('multiply')(node);
  const view = channelView(value, constant);
  if (view === undefined || constant.learned < 2) return combine('multiply')(node);
  return node.add({ op: 'channelScale', role: 'norm' }, [node.stack.use(value, view)], value.dims, view);
}

/** Any operator on two or more tensors, value by value. */
export function combine(what: string) {
  return (node: NodeReader): Value => {
    const values = node.given;
    const dims = values.reduce<readonly number[]>((sizes, value) => broadcast(sizes, value.dims), []);
    const computed = values.filter((value) => value.kind === 'activation');
    const [first] = computed;
    if (first === undefined) return { kind: 'constant', dims, learned: learnedIn(values) };
    if (values.length === 1) return first;
    const largest = computed.find((value) => countOf(value.dims) === countOf(dims)) ?? first;
    const view = shapeIn(largest.hint, dims) === undefined ? 'rows' : largest.hint;
    return node.addVector(what, computed, dims, view, learnedIn(values));
  };
}

function join(node: NodeReader, op: 'add' | 'multiply', first: Activation, second: Activation): Activation {
  const isImage = [first, second].some(({ hint }) => hint === 'planes') && shapeIn('planes', first.dims) !== undefined;
  const view = isImage ? 'planes' : 'rows';
  const inputs = [first, second].map((value) => node.stack.use(value, view));
  return node.add({ op, role: 'join' }, inputs, first.dims, view);
}

function isSame(a: Activation, b: Activation): boolean {
  return a.dims.join() === b.dims.join();
}

/** Whether the second gives one factor for each channel of an image. */
function isGate({ dims }: Activation, second: Activation): boolean {
  const gate = dims.map((size, axis) => (axis === 1 ? size : 1));
  return shapeIn('planes', dims) !== undefined && dims.length > 2 && second.dims.join() === gate.join();
}

/** The view in which a constant has one value for each channel; nothing where it has others. */
function channelView(value: Activation, { dims }: Constant): View | undefined {
  const long = dims.flatMap((size, axis) => (size === 1 ? [] : [axis - dims.length]));
  if (long.length !== 1) return undefined;
  const [axis = 0] = long;
  const channels = value.dims.at(axis);
  if (channels !== dims.at(axis)) return undefined;
  if (axis === -1) return 'rows';
  return axis === 1 - value.dims.length && shapeIn('planes', value.dims) !== undefined ? 'planes' : undefined;
}

function apart(first: Value, second: Value): readonly [Activation | undefined, Constant] {
  if (first.kind === 'constant') return [second.kind === 'activation' ? second : undefined, first];
  return second.kind === 'constant' ? [first, second] : unsupported('it has no constant', 'a constant');
}

/** A single number is a constant of the formula; more of them are learned. */
export function learnedIn(values: readonly Value[]): number {
  return values.reduce((sum, value) => sum + (value.kind === 'constant' && value.learned > 1 ? value.learned : 0), 0);
}

function unknownNumbers({ kind, dims, learned }: Constant): Constant {
  return { kind, dims, learned };
}
