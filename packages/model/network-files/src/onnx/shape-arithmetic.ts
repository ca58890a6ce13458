import { ELEMENT } from '../onnx-format.js';
import { sliceBounds } from './operators/choices.js';
import type { NodeReader } from './node-reader.js';
import { countOf, type Constant } from './value.js';

/** Constants with the numbers they hold. */
type Known = Constant & { readonly values: readonly number[] };

/** Most values of a result: shapes are short. */
const MOST_VALUES = 4096;
const WHOLE_TYPES: readonly number[] = [ELEMENT.int64, ELEMENT.int32, ELEMENT.uint8, ELEMENT.int8, ELEMENT.bool];

type Rule = (inputs: readonly Known[], dims: readonly number[], node: NodeReader) => readonly number[] | undefined;

const same: Rule = ([input]) => input?.values;

const each =
  (act: (value: number) => number): Rule =>
  ([input]) =>
    input?.values.map(act);

/** Value by value, with tensors of fewer dimensions repeated. */
const pairs =
  (act: (a: number, b: number, isWhole: boolean) => number): Rule =>
  (inputs, dims) => {
    const isWhole = inputs.every((input) => input.isWhole === true);
    const [first, ...others] = inputs.map((input) => spread(input, dims));
    return first === undefined
      ? undefined
      : others.reduce((all, other) => all.map((a, at) => act(a, other[at] ?? 0, isWhole)), first);
  };

const all =
  (act: (a: number, b: number) => number): Rule =>
  ([input], dims) =>
    countOf(dims) === 1 && input !== undefined && input.values.length > 0 ? [input.values.reduce(act)] : undefined;

const flag = (holds: boolean): number => (holds ? 1 : 0);

/** What numbers become. Constants without a rule keep their dimensions, and their numbers are not known. */
const RULES: Readonly<Record<string, Rule>> = {
  Identity: same,
  Dropout: same,
  Reshape: same,
  Flatten: same,
  Squeeze: same,
  Unsqueeze: same,
  Cast: ([input], _, node) => {
    const isWhole = WHOLE_TYPES.includes(node.int('to', 0));
    return isWhole ? input?.values.map(Math.trunc) : input?.values;
  },
  Neg: each((value) => -value),
  Abs: each(Math.abs),
  Floor: each(Math.floor),
  Ceil: each(Math.ceil),
  Round: each(Math.round),
  Sqrt: each(Math.sqrt),
  Reciprocal: each((value) => 1 / value),
  Not: each((value) => flag(value === 0)),
  Add: pairs((a, b) => a + b),
  Sub: pairs((a, b) => a - b),
  Mul: pairs((a, b) => a * b),
  Div: pairs((a, b, isWhole) => (isWhole ? Math.trunc(a / b) : a / b)),
  Mod: pairs((a, b) => a - b * Math.floor(a / b)),
  Pow: pairs((a, b) => a ** b),
  Min: pairs((a, b) => Math.min(a, b)),
  Max: pairs((a, b) => Math.max(a, b)),
  Equal: pairs((a, b) => flag(a === b)),
  Greater: pairs((a, b) => flag(a > b)),
  GreaterOrEqual: pairs((a, b) => flag(a >= b)),
  Less: pairs((a, b) => flag(a < b)),
  LessOrEqual: pairs((a, b) => flag(a <= b)),
  And: pairs((a, b) => flag(a !== 0 && b !== 0)),
  Or: pairs((a, b) => flag(a !== 0 || b !== 0)),
  Where: ([condition, yes, no], dims) => {
    if (condition === undefined || yes === undefined || no === undefined) return undefined;
    const [isSet, then, otherwise] = [condition, yes, no].map((input) => spread(input, dims));
    return isSet?.map((value, at) => (value === 0 ? (otherwise?.[at] ?? 0) : (then?.[at] ?? 0)));
  },
  ReduceProd: all((a, b) => a * b),
  ReduceSum: all((a, b) => a + b),
  ReduceMax: all((a, b) => Math.max(a, b)),
  ReduceMin: all((a, b) => Math.min(a, b)),
  Concat: (inputs, dims) => (dims.length <= 1 ? inputs.flatMap(({ values }) => values) : undefined),
  Expand: ([input], dims) => input && spread(input, dims),
  Gather: ([input, places]) => {
    if (input?.dims.length !== 1) return undefined;
    return places?.values.map((at) => input.values[at < 0 ? at + input.values.length : at] ?? 0);
  },
  Slice: ([input, starts, ends, , steps], _, node) => {
    if (input?.dims.length !== 1) return undefined;
    const [start = 0] = node.ints('starts') ?? starts?.values ?? [];
    const [end = 0] = node.ints('ends') ?? ends?.values ?? [];
    const step = steps?.values[0] ?? 1;
    const [first, last] = sliceBounds(input.values.length, start, end, step);
    const count = Math.max(0, Math.ceil((last - first) / step));
    return Array.from({ length: count }, (_one, index) => input.values[first + index * step] ?? 0);
  },
};

/** The value of a tensor at each place of larger dimensions. */
function spread({ values, dims: own }: Known, dims: readonly number[]): readonly number[] {
  if (values.length === 1) return Array<number>(countOf(dims)).fill(values[0] ?? 0);
  return Array.from({ length: countOf(dims) }, (_, place) => {
    let rest = place;
    let [at, step] = [0, 1];
    for (let axis = 1; axis <= dims.length; axis += 1) {
      const size = dims.at(-axis) ?? 1;
      const has = own.at(-axis) ?? 1;
      if (has > 1) at += (rest % size) * step;
      step *= axis <= own.length ? has : 1;
      rest = Math.floor(rest / size);
    }
    return values[at] ?? 0;
  });
}

/** A constant that an operator makes of others, with its numbers where they follow from theirs. */
export function withNumbers(node: NodeReader, inputs: readonly Constant[], result: Constant): Constant {
  const known = inputs.filter((input): input is Known => input.values !== undefined);
  const rule = Object.hasOwn(RULES, node.node.op) ? RULES[node.node.op] : undefined;
  if (rule === undefined || known.length !== inputs.length || countOf(result.dims) > MOST_VALUES) return result;
  const values = rule(known, result.dims, node);
  if (values?.length !== countOf(result.dims) || values.some(Number.isNaN)) return result;
  const isWhole =
    node.node.op === 'Cast' ? WHOLE_TYPES.includes(node.int('to', 0)) : inputs.every((input) => input.isWhole === true);
  return { ...result, values, ...(isWhole ? { isWhole } : {}) };
}
