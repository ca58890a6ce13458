import type { NodeReader } from '../node-reader.js';
import { unsupported } from '../refusal.js';
import { countOf, type Activation, type Value } from '../value.js';
import { chosen, lookUp, movedTo } from './moves.js';

/** Operators that take a part of a tensor, and the one that joins parts. */

/** `Slice`, with attributes before version 10 and inputs since. */
export function slice(node: NodeReader): Value {
  const value = node.input(0);
  const rank = value.dims.length;
  const starts = node.ints('starts') ?? node.numbers(1, 'starts') ?? unsupported('it has no starts', 'starts');
  const ends = node.ints('ends') ?? node.numbers(2, 'ends') ?? unsupported('it has no ends', 'ends');
  const axes = node.ints('axes') ?? node.numbers(3, 'axes') ?? starts.map((_, axis) => axis);
  const steps = node.numbers(4, 'steps') ?? starts.map(() => 1);
  const dims = [...value.dims];
  for (const [index, given] of axes.entries()) {
    const axis = node.axis(given, rank);
    dims[axis] = sliceSize(dims[axis] ?? 1, starts[index] ?? 0, ends[index] ?? 0, steps[index] ?? 1);
  }
  if (dims.some((size) => size < 1)) unsupported('it takes nothing', 'a slice with some values');
  return dims.join() === value.dims.join() ? value : chosen(value, dims, node.node.name);
}

/** How many places a slice has; negative positions count from the end. */
function sliceSize(size: number, start: number, end: number, step: number): number {
  const [first, last] = sliceBounds(size, start, end, step);
  return Math.max(0, Math.ceil((last - first) / step));
}

/** Where a slice begins, and the place before which it ends. */
export function sliceBounds(size: number, start: number, end: number, step: number): readonly [number, number] {
  if (step === 0) unsupported('a step is 0', 'a step that is not 0');
  const fromEnd = (at: number): number => (at < 0 ? at + size : at);
  const within = (at: number, least: number, most: number): number => Math.min(most, Math.max(least, at));
  if (step > 0) return [within(fromEnd(start), 0, size), within(fromEnd(end), 0, size)];
  return [within(fromEnd(start), 0, size - 1), within(fromEnd(end), -1, size - 1)];
}

/** `Split`: into the sizes given, or into equal parts. */
export function split(node: NodeReader): readonly Value[] {
  const value = node.input(0);
  const axis = node.axis(node.int('axis', 0), value.dims.length);
  const size = value.dims[axis] ?? 1;
  const count = node.node.outputs.length;
  const part = Math.ceil(size / count);
  const equal = Array.from({ length: count }, (_, index) => Math.min(part, size - index * part));
  const sizes = node.ints('split') ?? node.numbers(1, 'sizes') ?? equal;
  if (sizes.length !== count || sizes.some((one) => one < 1) || sizes.reduce((a, b) => a + b, 0) !== size)
    unsupported(`it splits ${size} into [${sizes.join(',')}]`, `${count} parts that add up to ${size}`);
  return sizes.map((one, index) => {
    const dims = value.dims.map((extent, at) => (at === axis ? one : extent));
    return chosen(value, dims, `${node.node.name}.${index}`);
  });
}

/** `Gather`: along an axis, or learned values by computed positions. */
export function gather(node: NodeReader): Value {
  const [value, positions] = [node.input(0), node.input(1)];
  const axis = node.axis(node.int('axis', 0), value.dims.length);
  const dims = [...value.dims.slice(0, axis), ...positions.dims, ...value.dims.slice(axis + 1)];
  if (positions.kind === 'constant')
    return position(node, value, positions.values, { axis, dims }) ?? chosen(value, dims, node.node.name);
  if (value.kind === 'constant') return lookUp(node, value, positions, dims);
  return movedTo(node, [value, positions], dims);
}

/** One token of a sequence, which is then of no use to know as moved values. */
function position(
  node: NodeReader,
  value: Value,
  at: readonly number[] | undefined,
  { axis, dims }: { readonly axis: number; readonly dims: readonly number[] },
): Activation | undefined {
  const [index] = at ?? [];
  if (value.kind === 'constant' || index === undefined || at?.length !== 1) return undefined;
  const isSequence = value.dims.length === 3 && value.dims[0] === 1 && value.axes?.endsWith('C') === true;
  if (axis !== 1 || !isSequence) return undefined;
  const token = node.axis(index, value.dims[1] ?? 1);
  return node.add(
    { op: 'takePosition', role: 'sequence', index: token },
    [node.stack.use(value, 'rows')],
    dims,
    'rows',
  );
}

/** `Concat`: of channels as such, of positions as moved values; a learned token before others as what it is. */
export function concat(node: NodeReader): Value {
  const values = node.given;
  const [first] = values;
  if (first === undefined) return unsupported('it has no inputs', 'some inputs');
  const axis = node.axis(node.int('axis', 1), first.dims.length);
  const dims = joined(values, axis);
  const computed = values.filter((value) => value.kind === 'activation');
  if (computed.length === 0) return { kind: 'constant', dims, learned: learnedIn(values) };
  if (values.length === 1) return first;
  if (computed.length === values.length) return joinActivations(node, computed, axis, dims);
  return tokenBefore(node, values, axis, dims) ?? movedTo(node, computed, dims, { learned: learnedIn(values) });
}

function joinActivations(
  node: NodeReader,
  values: readonly Activation[],
  axis: number,
  dims: readonly number[],
): Activation {
  const view =
    values.some(({ hint }) => hint === 'planes') && (dims.length === 4 || dims.length === 3) ? 'planes' : 'rows';
  const channels = view === 'planes' ? 1 : dims.length - 1;
  const inputs = values.map((value) => node.stack.use(value, view));
  if (axis === channels) return node.add({ op: 'concat', role: 'join' }, inputs, dims, view);
  return movedTo(node, values, dims, { view });
}

function tokenBefore(
  node: NodeReader,
  values: readonly Value[],
  axis: number,
  dims: readonly number[],
): Activation | undefined {
  const [token, others] = values;
  if (values.length !== 2 || axis !== 1 || dims.length !== 3) return undefined;
  if (token?.kind !== 'constant' || others?.kind !== 'activation' || token.learned !== dims[2]) return undefined;
  const input = node.stack.use(others, 'rows');
  return node.add({ op: 'classToken', role: 'sequence' }, [input], dims, 'rows');
}

function joined(values: readonly Value[], axis: number): readonly number[] {
  const [first, ...others] = values.map(({ dims }) => dims);
  return (first ?? []).map((size, at) => {
    if (at === axis) return values.reduce((sum, { dims }) => sum + (dims[at] ?? 0), 0);
    if (others.every((dims) => dims[at] === size && dims.length === first?.length)) return size;
    return unsupported(`it joins ${values.map(({ dims }) => `[${dims.join(',')}]`).join(' and ')}`, 'tensors that fit');
  });
}

function learnedIn(values: readonly Value[]): number {
  return values.reduce(
    (sum, value) => sum + (value.kind === 'constant' ? Math.min(value.learned, countOf(value.dims)) : 0),
    0,
  );
}
