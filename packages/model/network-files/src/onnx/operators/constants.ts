import { ELEMENT } from '../../onnx-format.js';
import type { OnnxTensor } from '../graph.js';
import type { NodeReader } from '../node-reader.js';
import { unsupported } from '../refusal.js';
import { countOf, wholeNumbers, type Constant } from '../value.js';

const SHAPE_TYPES: readonly number[] = [ELEMENT.int64, ELEMENT.int32, ELEMENT.bool];
/** As many numbers as a range of shapes may have. */
const MOST_NUMBERS = 65_536;

/** A tensor of the file. Floats and quantised weights are learned, unless there is only one. */
export function constantOf({ dims, elementType, values }: OnnxTensor): Constant {
  const isShape = SHAPE_TYPES.includes(elementType);
  return {
    ...{ kind: 'constant', dims, learned: isShape ? 0 : countOf(dims) },
    ...(values === undefined ? {} : { values }),
    ...(isShape ? { isWhole: true } : {}),
  };
}

/** `Constant`, in any of its forms. */
export function constant(node: NodeReader): Constant {
  const tensor = node.attribute('value', 't', 'a tensor');
  if (tensor !== undefined) return constantOf(tensor);
  const ints = node.ints('value_ints');
  if (ints !== undefined) return wholeNumbers([ints.length], ints);
  const whole = node.attribute('value_int', 'i', 'a whole number');
  if (whole !== undefined) return wholeNumbers([], [whole]);
  const floats = node.attribute('value_floats', 'floats', 'numbers');
  if (floats !== undefined) return { kind: 'constant', dims: [floats.length], values: floats, learned: 0 };
  const float = node.attribute('value_float', 'f', 'a number');
  if (float !== undefined) return { kind: 'constant', dims: [], values: [float], learned: 0 };
  return unsupported('it has no value', 'a tensor or numbers');
}

/** `ConstantOfShape`: one number everywhere, 0 unless given. */
export function constantOfShape(node: NodeReader): Constant {
  const dims = node.numbers(0, 'shape') ?? unsupported('it has no shape', 'a shape');
  const value = node.attribute('value', 't', 'a tensor');
  const one = {
    kind: 'constant',
    dims,
    learned: 0,
    ...(SHAPE_TYPES.includes(value?.elementType ?? 0) ? { isWhole: true } : {}),
  } as const;
  const count = countOf(dims);
  if (dims.some((size) => size < 0)) unsupported(`its shape is [${dims.join(',')}]`, 'sizes of at least 0');
  return count > MOST_NUMBERS ? one : { ...one, values: Array<number>(count).fill(value?.values?.[0] ?? 0) };
}

/** `Shape`: of any tensor, from one dimension to another. */
export function shape(node: NodeReader): Constant {
  const { dims } = node.input(0);
  const part = dims.slice(node.int('start', 0), node.int('end', dims.length));
  return wholeNumbers([part.length], part);
}

/** `Size`: how many values a tensor has. */
export function size(node: NodeReader): Constant {
  return wholeNumbers([], [countOf(node.input(0).dims)]);
}

/** `Range`: numbers from one to before another. */
export function range(node: NodeReader): Constant {
  const [[from = 0] = [], [to = 0] = [], [step = 1] = []] = [0, 1, 2].map((index) => node.numbers(index, 'bounds'));
  const count = Math.max(0, Math.ceil((to - from) / step));
  if (!(count <= MOST_NUMBERS))
    unsupported(`it goes from ${from} to ${to} by ${step}`, `at most ${MOST_NUMBERS} numbers`);
  return wholeNumbers(
    [count],
    Array.from({ length: count }, (_, index) => from + index * step),
  );
}
