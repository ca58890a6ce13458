import type { NodeReader } from '../node-reader.js';
import { unsupported } from '../refusal.js';
import type { Activation } from '../value.js';
import { readWindow, spanOf, spatialOf, windowProperties, windowSizes, type Cells, type Window } from '../window.js';

type Pool = 'averagePool' | 'maxPool';

/** `MaxPool`, `AveragePool`. */
export function pool(op: Pool) {
  return (node: NodeReader): Activation => {
    const input = node.activation(0);
    const size = spatialOf(input);
    const kernel = node.sizes('kernel_shape', size.length, 1) ?? unsupported('it has no kernel_shape', 'kernel_shape');
    const window = readWindow(node, size, kernel);
    return addPool(node, input, op, node.int('ceil_mode', 0) === 1 ? roundedUp(size, window) : window);
  };
}

/** `GlobalMaxPool`: one window over everything. */
export function globalMaxPool(node: NodeReader): Activation {
  const input = node.activation(0);
  const kernel = spatialOf(input);
  const ones = kernel.map(() => 1);
  return addPool(node, input, 'maxPool', {
    kernel,
    stride: ones,
    dilation: ones,
    padding: kernel.map((): Cells => [0, 0]),
  });
}

/** `GlobalAveragePool`. */
export function globalAveragePool(node: NodeReader): Activation {
  const input = node.activation(0);
  const dims = [1, input.dims[1] ?? 1, ...spatialOf(input).map(() => 1)];
  return node.add({ op: 'globalAveragePool', role: 'pool' }, [node.stack.use(input, 'planes')], dims, 'planes');
}

function addPool(node: NodeReader, input: Activation, op: Pool, window: Window): Activation {
  const size = spatialOf(input);
  const { kernel, ...properties } = windowProperties(window, size);
  const dims = [1, input.dims[1] ?? 1, ...windowSizes(size, window)];
  return node.add({ op, role: 'pool', size: kernel, ...properties }, [node.stack.use(input, 'planes')], dims, 'planes');
}

/** With `ceil_mode` a last window may reach over the end, unless it would start behind it: as cells of padding more. */
function roundedUp(size: readonly number[], window: Window): Window {
  const padding = window.padding.map(([before, after], axis): Cells => {
    const [cells, stride, span] = [size[axis] ?? 1, window.stride[axis] ?? 1, spanOf(window, axis)];
    const places = Math.ceil((cells + before + after - span) / stride) + 1;
    const last = (places - 1) * stride >= cells + before ? places - 2 : places - 1;
    return [before, after + Math.max(0, last * stride + span - (cells + before + after))];
  });
  return { ...window, padding };
}
