import { chosenFrom, reshapedTo, transposedTo } from '../moved-value.js';
import type { NodeReader } from '../node-reader.js';
import { unsupported } from '../refusal.js';
import { countOf, shapeIn, type Activation, type Constant, type Value, type View } from '../value.js';

/** Operators that put values elsewhere. What they make of constants is in `shape-arithmetic.ts`, but for the dimensions. */

/** The same values with other dimensions; of constants those of the file. */
function withDims(value: Value, dims: readonly number[], movedBy: string): Value {
  if (countOf(dims) !== countOf(value.dims)) {
    unsupported(`it makes [${value.dims.join(',')}] to [${dims.join(',')}]`, 'a shape of as many values');
  }
  return value.kind === 'constant' ? { ...value, dims } : reshapedTo(value, dims, movedBy);
}

/** Some of the values of a tensor, or some more than once; a constant loses its numbers. */
export function chosen(value: Value, dims: readonly number[], movedBy: string): Value {
  if (value.kind === 'activation') return chosenFrom(value, dims, movedBy);
  return { kind: 'constant', dims, learned: Math.min(value.learned, countOf(dims)) };
}

interface MoveOptions {
  readonly suffix?: string;
  readonly learned?: number;
  readonly view?: View;
}

/** A layer that moves values of some tensors, and learned ones, into one of `dims`. */
export function movedTo(
  node: NodeReader,
  from: readonly Activation[],
  dims: readonly number[],
  { suffix = '', learned = 0, view = 'rows' }: MoveOptions = {},
): Activation {
  const shape = shapeIn(view, dims) ?? unsupported(`it gives a tensor of [${dims.join(',')}]`, 'one image');
  const part = { op: 'move', role: 'move', shape, ...(learned === 0 ? {} : { parameters: learned }) } as const;
  const inputs = from.map((value) => node.stack.use(value, value.hint));
  return node.add(part, inputs, dims, view, suffix);
}

/** `Reshape`: 0 keeps a dimension, -1 takes what is left. */
export function reshape(node: NodeReader, fileBatch: number): Value {
  const value = node.input(0);
  const asked = node.numbers(1, 'shape') ?? node.ints('shape') ?? unsupported('it has no shape', 'a shape');
  const keepsZero = node.int('allowzero', 0) === 1;
  const dims = asked.map((size, axis) => (size === 0 && !keepsZero ? (value.dims[axis] ?? 0) : size));
  return withDims(value, oneImage(filled(dims, countOf(value.dims)), value, fileBatch), node.node.name);
}

/** A file for a fixed batch is read for one image: its shapes may name the batch. */
function oneImage(dims: readonly number[], value: Value, fileBatch: number): readonly number[] {
  const [first = 1, ...others] = dims;
  if (fileBatch === 1 || first % fileBatch !== 0 || countOf(dims) === countOf(value.dims)) return dims;
  return filled([first / fileBatch, ...others], countOf(value.dims));
}

function filled(dims: readonly number[], count: number): readonly number[] {
  const rest = count / countOf(dims.filter((size) => size !== -1));
  return dims.map((size) => (size === -1 && Number.isInteger(rest) ? rest : size));
}

/** `Flatten`: two dimensions, cut at an axis. */
export function flatten(node: NodeReader): Value {
  const value = node.input(0);
  const at = node.int('axis', 1);
  const cut = at === value.dims.length ? at : node.axis(at, value.dims.length);
  return withDims(value, [countOf(value.dims.slice(0, cut)), countOf(value.dims.slice(cut))], node.node.name);
}

export function squeeze(node: NodeReader): Value {
  const value = node.input(0);
  const given = node.ints('axes') ?? node.numbers(1, 'axes');
  const axes = given?.map((axis) => node.axis(axis, value.dims.length));
  const dims = value.dims.filter((size, axis) => (axes === undefined ? size !== 1 : !axes.includes(axis)));
  return withDims(value, dims, node.node.name);
}

export function unsqueeze(node: NodeReader): Value {
  const value = node.input(0);
  const given = node.ints('axes') ?? node.numbers(1, 'axes') ?? unsupported('it has no axes', 'axes');
  const rank = value.dims.length + given.length;
  const axes = new Set(given.map((axis) => node.axis(axis, rank)));
  const sizes = [...value.dims];
  const dims = Array.from({ length: rank }, (_, axis) => (axes.has(axis) ? 1 : (sizes.shift() ?? 1)));
  return withDims(value, dims, node.node.name);
}

export function transpose(node: NodeReader): Value {
  const value = node.input(0);
  const rank = value.dims.length;
  const order = node.ints('perm') ?? value.dims.map((_, axis) => rank - 1 - axis);
  if ([...order].sort((a, b) => a - b).some((axis, index) => axis !== index) || order.length !== rank)
    unsupported(`perm is [${order.join(',')}]`, `each axis of ${rank} once`);
  if (value.kind === 'activation') return transposedTo(value, order, node.node.name);
  return { kind: 'constant', dims: order.map((axis) => value.dims[axis] ?? 1), learned: value.learned };
}

/** `DepthToSpace` and `SpaceToDepth`. */
export function blocks(toDepth: boolean) {
  return (node: NodeReader): Value => {
    const value = node.activation(0);
    const size = node.int('blocksize', 0);
    const [images = 1, channels = 1, rows = 1, columns = 1] = value.dims;
    const factor = toDepth ? 1 / size : size;
    const dims = [images, channels / factor ** 2, rows * factor, columns * factor];
    if (value.dims.length !== 4 || size < 1 || dims.some((one) => !Number.isInteger(one)))
      unsupported(`blocks of ${size} do not divide [${value.dims.join(',')}]`, 'blocks that do');
    return chosenFrom(value, dims, node.node.name);
  };
}

/** `Expand` and `Tile`: values more than once. */
export function expand(node: NodeReader, fileBatch: number): Value {
  const value = node.input(0);
  const asked = node.numbers(1, 'shape') ?? unsupported('it has no shape', 'a shape');
  const rank = Math.max(asked.length, value.dims.length);
  const dims = Array.from({ length: rank }, (_, index) => {
    const [has, wants] = [value.dims, asked].map((sizes) => sizes[sizes.length - rank + index] ?? 1) as [
      number,
      number,
    ];
    const one = index === 0 && wants === fileBatch ? 1 : wants;
    return one === -1 || one === 1 ? has : one;
  });
  if (dims.join() === value.dims.join()) return value;
  return countOf(dims) === countOf(value.dims)
    ? withDims(value, dims, node.node.name)
    : chosen(value, dims, node.node.name);
}

export function tile(node: NodeReader): Value {
  const value = node.input(0);
  const repeats = node.numbers(1, 'repeats') ?? unsupported('it has no repeats', 'repeats');
  const dims = value.dims.map((size, axis) => size * (repeats[axis] ?? 1));
  return chosen(value, dims, node.node.name);
}

/** `Pad`: zeros around; a negative number takes cells away. */
export function pad(node: NodeReader): Value {
  const value = node.input(0);
  const rank = value.dims.length;
  const pads = node.ints('pads') ?? node.numbers(1, 'pads') ?? unsupported('it has no pads', 'pads');
  const axes = (node.numbers(3, 'axes') ?? value.dims.map((_, axis) => axis)).map((axis) => node.axis(axis, rank));
  const dims = [...value.dims];
  for (const [index, axis] of axes.entries())
    dims[axis] = (dims[axis] ?? 1) + (pads[index] ?? 0) + (pads[index + axes.length] ?? 0);
  if (dims.some((size) => size < 1)) unsupported('its pads leave nothing', 'pads that leave some values');
  return dims.join() === value.dims.join() ? value : chosen(value, dims, node.node.name);
}

/** Takes learned values by computed positions, as embeddings do. */
export function lookUp(node: NodeReader, table: Constant, positions: Activation, dims: readonly number[]): Activation {
  return movedTo(node, [positions], dims, { learned: table.learned });
}
