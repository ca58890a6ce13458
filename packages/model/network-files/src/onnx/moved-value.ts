import { axesAfter, isRowMajor, type Activation, type View } from './value.js';

/** The same values with other dimensions, in the order of the file. */
export function reshapedTo(value: Activation, dims: readonly number[], movedBy: string): Activation {
  const axes = axesAfter(value.axes, value.dims, dims);
  return renewed(value, { dims, movedBy, axes, inOrder: inOrder(value) });
}

/** The dimensions in another order. */
export function transposedTo(value: Activation, order: readonly number[], movedBy: string): Activation {
  const dims = order.map((axis) => value.dims[axis] ?? 1);
  const long = order.filter((axis) => value.dims[axis] !== 1);
  const stays = long.every((axis, index) => index === 0 || axis > (long[index - 1] ?? 0));
  const axes = value.axes === undefined ? undefined : order.map((axis) => value.axes?.[axis] ?? 'N').join('');
  return renewed(value, { dims, movedBy, axes, inOrder: stays && inOrder(value) });
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
