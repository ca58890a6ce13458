import type { NodeReader } from '../node-reader.js';
import { unsupported } from '../refusal.js';
import { countOf, shapeIn, type Activation, type Value, type View } from '../value.js';

/** `ReduceMean` and its like. The mean over all positions is a pool; all else is listed by its name. */
export function reduce(what: string) {
  return (node: NodeReader): Value => {
    const value = node.input(0);
    const rank = value.dims.length;
    const given = node.ints('axes') ?? node.numbers(1, 'axes') ?? [];
    const isAll = given.length === 0;
    if (isAll && node.int('noop_with_empty_axes', 0) === 1) return value;
    const axes = new Set(isAll ? value.dims.keys() : given.map((axis) => node.axis(axis, rank)));
    const keeps = node.int('keepdims', 1) === 1;
    const dims = value.dims.flatMap((size, axis) => (axes.has(axis) ? (keeps ? [1] : []) : [size]));
    if (value.kind === 'constant') return { kind: 'constant', dims, learned: Math.min(value.learned, countOf(dims)) };
    return (what === 'reduceMean' ? pooled(node, value, axes, dims) : undefined) ?? listed(node, what, value, dims);
  };
}

/** The mean over all positions of an image or a sequence. */
function pooled(
  node: NodeReader,
  value: Activation,
  axes: ReadonlySet<number>,
  dims: readonly number[],
): Activation | undefined {
  const views: readonly (readonly [View, readonly number[]])[] = [
    ['planes', value.dims.map((_, axis) => axis).slice(2)],
    ['rows', value.dims.map((_, axis) => axis).slice(1, -1)],
  ];
  const found = views.find(([view, positions]) => {
    const isWhole = positions.length > 0 && positions.length === axes.size && positions.every((axis) => axes.has(axis));
    return (
      isWhole &&
      value.dims[0] === 1 &&
      shapeIn(view, value.dims) !== undefined &&
      (value.dims.length > 3 || view === value.hint)
    );
  });
  if (found === undefined) return undefined;
  const [view] = found;
  return node.add(
    { op: 'globalAveragePool', role: 'pool' },
    [node.stack.use(value, view)],
    dims,
    dims.length < 3 ? 'rows' : view,
  );
}

function listed(node: NodeReader, what: string, value: Activation, dims: readonly number[]): Activation {
  const view = shapeIn(value.hint, dims) === undefined || dims.length !== value.dims.length ? 'rows' : value.hint;
  const shape = shapeIn(view, dims) ?? [1, 1, 1];
  return node.add(
    { op: 'vector', role: 'vector', function: what, shape },
    [node.stack.use(value, value.hint)],
    dims,
    view,
  );
}

/** `ArgMax`, `ArgMin`. */
export function argument(what: string) {
  return (node: NodeReader): Value => {
    const value = node.activation(0);
    const axis = node.axis(node.int('axis', 0), value.dims.length);
    const keeps = node.int('keepdims', 1) === 1;
    return listed(
      node,
      what,
      value,
      value.dims.flatMap((size, at) => (at === axis ? (keeps ? [1] : []) : [size])),
    );
  };
}

/** `TopK`: values and places. */
export function topK(node: NodeReader): readonly Value[] {
  const value = node.activation(0);
  const axis = node.axis(node.int('axis', -1), value.dims.length);
  const [count] = node.numbers(1, 'count') ?? [node.int('k', 0)];
  if (count === undefined || count < 1) return unsupported(`it takes ${count ?? 'no'} values`, 'at least one');
  const best = listed(
    node,
    'topK',
    value,
    value.dims.map((size, at) => (at === axis ? count : size)),
  );
  return node.node.outputs.map(() => best);
}

/** `Resize` and `Upsample`: whole factors without interpolation repeat cells, all else is listed. */
export function resize(node: NodeReader): Value {
  const value = node.activation(0);
  const dims = resizedDims(node, value);
  const mode = node.text('mode', 'nearest');
  if (dims.join() === value.dims.join()) return value;
  const [down = 1, across = down] = dims.slice(2).map((size, axis) => size / (value.dims[axis + 2] ?? 1));
  const isImage = shapeIn('planes', value.dims) !== undefined && dims[1] === value.dims[1] && dims.length === 4;
  if (!isImage || mode !== 'nearest' || !Number.isInteger(down) || !Number.isInteger(across))
    return listed(node, 'resize', value, dims);
  const factor = down === across ? down : ([down, across] as const);
  return node.add({ op: 'upsample', role: 'upsample', factor }, [node.stack.use(value, 'planes')], dims, 'planes');
}

function resizedDims(node: NodeReader, value: Activation): readonly number[] {
  const isOld = node.node.op === 'Upsample' || node.opset < 11;
  const scales = isOld
    ? (node.numbers(1, 'scales') ?? node.attribute('scales', 'floats', 'numbers'))
    : node.numbers(2, 'scales');
  const sizes = isOld ? undefined : node.numbers(3, 'sizes');
  const axes = (node.ints('axes') ?? value.dims.map((_, axis) => axis)).map((axis) =>
    node.axis(axis, value.dims.length),
  );
  const dims = [...value.dims];
  for (const [index, axis] of axes.entries()) {
    const scaled = Math.floor((dims[axis] ?? 1) * (scales?.[index] ?? 1));
    dims[axis] = sizes !== undefined && sizes.length > 0 ? (sizes[index] ?? 1) : scaled;
  }
  if (dims.some((size) => !Number.isSafeInteger(size) || size < 1))
    unsupported(`it gives [${dims.join(',')}]`, 'sizes of at least 1');
  return dims;
}
