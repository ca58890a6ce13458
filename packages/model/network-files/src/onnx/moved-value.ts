import { axesAfter, isRowMajor, sameAxes, type Activation, type View } from './value.js';

/** The same values with other dimensions, in the order of the file. */
export function reshapedTo(value: Activation, dims: readonly number[], movedBy: string): Activation {
  const axes = axesAfter(value.axes, value.dims, dims);
  const moved = renewed(value, { dims, movedBy, axes, inOrder: inOrder(value) });
  const shuffle = shuffleAfter(value, dims);
  return shuffle === undefined ? moved : { ...moved, shuffle };
}

/** A shuffle begins with channels that are cut into groups, and ends with an image again. */
function shuffleAfter(value: Activation, dims: readonly number[]): Activation['shuffle'] {
  const { shape, axes = '', shuffle } = value;
  const [height, width, channels] = shape;
  const image = [1, channels, height, width];
  if (shuffle !== undefined) return shuffle.isDealt && dims.join() === image.join() ? shuffle : undefined;
  const [, groups = 1, each = 1] = dims;
  const isCut = dims.join() === [1, groups, each, height, width].join() && groups * each === channels;
  const wasImage = value.dims.join() === image.join() && sameAxes(axes, 'NCHW', value.dims);
  return isCut && wasImage ? { groups, isDealt: false } : undefined;
}

/** The dimensions in another order. */
export function transposedTo(value: Activation, order: readonly number[], movedBy: string): Activation {
  const dims = order.map((axis) => value.dims[axis] ?? 1);
  const long = order.filter((axis) => value.dims[axis] !== 1);
  const stays = long.every((axis, index) => index === 0 || axis > (long[index - 1] ?? 0));
  const axes = value.axes === undefined ? undefined : order.map((axis) => value.axes?.[axis] ?? 'N').join('');
  const moved = renewed(value, { dims, movedBy, axes, inOrder: stays && inOrder(value) });
  const isDealt = value.shuffle?.isDealt === false && order.join() === '0,2,1,3,4';
  return isDealt ? { ...moved, shuffle: { ...value.shuffle, isDealt } } : moved;
}

/** The last two dimensions exchanged. */
export function swapped(value: Activation, movedBy: string): Activation {
  const order = value.dims.map((_, axis) => axis);
  const last = order.splice(-2);
  return transposedTo(value, [...order, ...last.reverse()], movedBy);
}

/** Some of the values, or some of them more than once. */
export function chosenFrom(value: Activation, dims: readonly number[], movedBy: string): Activation {
  return renewed(value, { dims, movedBy, axes: undefined, inOrder: false });
}

function inOrder({ axes, dims, inOrder: holds }: Activation): boolean {
  return axes === undefined ? holds : isRowMajor(axes, dims);
}

interface Move extends Pick<Activation, 'dims' | 'inOrder'> {
  readonly movedBy: string;
  readonly axes: string | undefined;
}

function renewed({ kind, layer, shape, hint }: Activation, { axes, ...move }: Move): Activation {
  return {
    kind,
    layer,
    shape,
    ...move,
    ...(axes === undefined ? {} : { axes }),
    hint: hintOf(hint, move.dims, axes),
    made: new Map(),
  };
}

/** An image stays one as long as it has the dimensions of one. */
function hintOf(before: View, dims: readonly number[], axes: string | undefined): View {
  if (dims[0] !== 1 || dims.length < 3 || dims.length > 4) return 'rows';
  if (axes !== undefined) return axes[1] === 'C' ? 'planes' : 'rows';
  return before === 'planes' && dims.length === 4 ? 'planes' : 'rows';
}
