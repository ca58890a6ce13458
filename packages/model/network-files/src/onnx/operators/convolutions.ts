import type { NodeReader } from '../node-reader.js';
import { unsupported } from '../refusal.js';
import type { Activation } from '../value.js';
import {
  cellsOf,
  readWindow,
  spanOf,
  spatialOf,
  windowProperties,
  windowSizes,
  type Cells,
  type Window,
} from '../window.js';

/** `Conv`: images or sequences, in groups, with any padding and dilation. */
export function conv(node: NodeReader): Activation {
  const input = node.activation(0);
  const size = spatialOf(input);
  const { channels, groups, filters, kernel } = readWeights(node, input, 'filters first');
  const window = readWindow(node, size, kernel);
  const bias = node.optional(2) !== undefined;
  const properties = { ...windowProperties(window, size), bias };
  const from = [node.stack.use(input, 'planes')];
  const dims = [1, filters, ...windowSizes(size, window)];
  if (groups > 1 && groups === channels) {
    const multiplier = filters / channels === 1 ? {} : { multiplier: filters / channels };
    return node.add({ op: 'depthwise', role: 'depthwise', ...properties, ...multiplier }, from, dims, 'planes');
  }
  return node.add({ op: 'conv', role: 'conv', ...properties, groups, filters }, from, dims, 'planes');
}

interface Weights {
  readonly channels: number;
  readonly groups: number;
  readonly filters: number;
  readonly kernel: readonly number[];
}

function readWeights(node: NodeReader, input: Activation, order: 'filters first' | 'channels first'): Weights {
  const { dims } = node.constant(1, 'weights');
  const [first = 1, second = 1, ...kernel] = dims;
  const groups = node.int('group', 1);
  const channels = input.dims[1] ?? 1;
  if (dims.length !== input.dims.length || groups < 1) {
    unsupported(
      `its weights are [${dims.join(',')}] in ${groups} groups`,
      `weights of ${input.dims.length} dimensions`,
    );
  }
  const [filters, read] = order === 'filters first' ? [first, second * groups] : [second * groups, first];
  if (read !== channels) {
    unsupported(
      `its weights are for ${read} channels, and its input has ${channels}`,
      `weights for ${channels} channels`,
    );
  }
  if (filters % groups !== 0 || channels % groups !== 0) {
    unsupported(
      `${groups} groups do not divide ${channels} channels and ${filters} filters`,
      'groups that divide both',
    );
  }
  const given = node.sizes('kernel_shape', kernel.length, 1);
  if (given !== undefined && given.join() !== kernel.join()) {
    unsupported(`kernel_shape is [${given.join(',')}]`, `[${kernel.join(',')}], as its weights are`);
  }
  return { channels, groups, filters, kernel };
}

/** `ConvTranspose`: padding is what is cut off from the spread windows. */
export function convTranspose(node: NodeReader): Activation {
  const input = node.activation(0);
  const size = spatialOf(input);
  const { groups, filters, kernel } = readWeights(node, input, 'channels first');
  const window = readWindow(node, size, kernel);
  const padding = cutOff(node, size, window);
  const output = size.map((cells, axis) => {
    const [before, after] = padding[axis] ?? [0, 0];
    return (cells - 1) * (window.stride[axis] ?? 1) + spanOf(window, axis) - before - after;
  });
  if (output.some((cells) => cells < 1)) unsupported('its padding leaves nothing', 'padding that leaves some cells');
  const { kernel: extent, stride, dilation } = windowProperties(window, size);
  const bias = node.optional(2) !== undefined;
  return node.add(
    {
      ...{ op: 'transposedConv', role: 'conv', kernel: extent, stride, groups, filters, bias },
      ...(dilation === undefined ? {} : { dilation }),
      padding: cellsOf(padding),
    },
    [node.stack.use(input, 'planes')],
    [1, filters, ...output],
    'planes',
  );
}

/** Cells cut off on each side: those of the attributes, or as many as the asked size leaves over. */
function cutOff(node: NodeReader, size: readonly number[], window: Window): readonly Cells[] {
  const count = size.length;
  const extra = node.sizes('output_padding', count, 0) ?? size.map(() => 0);
  const automatic = node.text('auto_pad', 'NOTSET');
  const isSame = automatic.startsWith('SAME');
  const asked =
    node.sizes('output_shape', count, 1) ??
    (isSame ? size.map((cells, axis) => cells * (window.stride[axis] ?? 1)) : undefined);
  return size.map((cells, axis): Cells => {
    const more = extra[axis] ?? 0;
    const whole = (cells - 1) * (window.stride[axis] ?? 1) + spanOf(window, axis) + more;
    const total = whole - (asked?.[axis] ?? whole);
    const half = Math.floor(total / 2);
    const upper: Cells = automatic === 'SAME_UPPER' ? [half, total - half] : [total - half, half];
    const [before, after] = asked === undefined ? (window.padding[axis] ?? [0, 0]) : upper;
    if (before < 0 || after < more)
      unsupported(
        `it adds ${more - Math.min(before, after)} cells that no input reaches`,
        'an output that its inputs reach',
      );
    return [before, after - more];
  });
}
