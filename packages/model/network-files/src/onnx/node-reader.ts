import type { OnnxAttribute, OnnxNode } from './graph.js';
import { unsupported } from './refusal.js';
import type { NewLayer, Stack } from './stack.js';
import { axesOf, countOf, shapeIn, type Activation, type Constant, type Value, type View } from './value.js';

/** What operators ask of the node they read. */
export class NodeReader {
  readonly node: OnnxNode;
  readonly opset: number;
  readonly stack: Stack;
  private readonly values: ReadonlyMap<string, Value>;

  constructor(node: OnnxNode, opset: number, stack: Stack, values: ReadonlyMap<string, Value>) {
    this.node = node;
    this.opset = opset;
    this.stack = stack;
    this.values = values;
  }

  /** All inputs that are given. */
  get given(): readonly Value[] {
    return this.node.inputs.flatMap((_, index) => this.optional(index) ?? []);
  }

  optional(index: number): Value | undefined {
    const name = this.node.inputs[index] ?? '';
    return name === '' ? undefined : this.values.get(name);
  }

  input(index: number): Value {
    return this.optional(index) ?? unsupported(`input ${index} is missing`, 'an input that is there');
  }

  activation(index: number): Activation {
    const value = this.input(index);
    if (value.kind === 'activation') return value;
    return unsupported(`input ${index} is a constant`, 'a tensor that is computed');
  }

  /** @param what - for people, e.g. `weights` */
  constant(index: number, what: string): Constant {
    const value = this.input(index);
    if (value.kind === 'constant') return value;
    return unsupported(`it computes its ${what}`, `${what} that the file holds`);
  }

  /** The numbers of an input; nothing where it is not given. */
  numbers(index: number, what: string): readonly number[] | undefined {
    if (this.optional(index) === undefined) return undefined;
    const { values } = this.constant(index, what);
    return values ?? unsupported(`the file has no numbers for its ${what}`, `${what} as numbers`);
  }

  int(name: string, otherwise: number): number {
    const value = this.attribute(name, 'i', 'a whole number') ?? otherwise;
    return Number.isSafeInteger(value) ? value : this.refuse(name, value);
  }

  float(name: string, otherwise: number): number {
    return this.attribute(name, 'f', 'a number') ?? otherwise;
  }

  text(name: string, otherwise: string): string {
    return this.attribute(name, 's', 'a text') ?? otherwise;
  }

  ints(name: string): readonly number[] | undefined {
    const values = this.attribute(name, 'ints', 'whole numbers');
    return values?.every((value) => Number.isSafeInteger(value)) === false ? this.refuse(name, values) : values;
  }

  /** Whole numbers that are sizes, `count` of them. */
  sizes(name: string, count: number, least: number): readonly number[] | undefined {
    const values = this.ints(name);
    if (values === undefined || (values.length === count && values.every((value) => value >= least))) return values;
    return unsupported(`${name} is [${values.join(',')}]`, `${count} whole numbers of at least ${least}`);
  }

  attribute<K extends keyof OnnxAttribute>(name: string, kind: K, expected: string): OnnxAttribute[K] | undefined {
    const attribute = this.node.attributes.get(name);
    if (attribute === undefined) return undefined;
    const value = attribute[kind];
    if (value !== undefined) return value;
    // Zeros, empty texts and empty lists are not in the file.
    const empty = { i: 0, f: 0, s: '', ints: [], floats: [] } as OnnxAttribute;
    const others = (['i', 'f', 's', 'ints', 'floats', 't'] as const).filter((other) => attribute[other] !== undefined);
    if (others.length === 0 && empty[kind] !== undefined) return empty[kind];
    return unsupported(`${name} is not ${expected}`, expected);
  }

  /** Which dimension `axis` is, counted from the end where it is negative. */
  axis(axis: number, rank: number): number {
    const index = axis < 0 ? axis + rank : axis;
    if (Number.isInteger(index) && index >= 0 && index < rank) return index;
    return unsupported(`axis ${axis} is none of ${rank}`, `an axis from ${-rank} to ${rank - 1}`);
  }

  /** Adds a layer that gives a tensor of `dims` in a view. */
  add(part: NewLayer, inputs: readonly string[], dims: readonly number[], view: View, suffix = ''): Activation {
    checkDims(dims, 1);
    const layer = this.stack.add(this.node.name + suffix, part, inputs);
    const [given, expected] = [this.stack.shapeOf(layer), shapeOrRefuse(view, dims)];
    if (given.every((size, axis) => size === expected[axis])) return computed(layer, this.stack, dims, view);
    return unsupported(`its inputs give [${given.join(',')}]`, `inputs that give [${expected.join(',')}]`);
  }

  /** Adds work on values that gives as many as `dims` say, and reads learned ones beside its inputs. */
  addVector(what: string, from: readonly Activation[], dims: readonly number[], view: View, learned = 0): Activation {
    const inputs = from.map((value) => this.stack.use(value, fits(view, value.dims)));
    return this.add(
      {
        ...{ op: 'vector', role: 'vector', function: what, shape: shapeOrRefuse(view, dims) },
        ...(learned === 0 ? {} : { parameters: learned }),
      },
      inputs,
      dims,
      view,
    );
  }

  private refuse(name: string, value: unknown): never {
    return unsupported(`${name} is ${JSON.stringify(value)}`, 'whole numbers');
  }
}

/** Refuses sizes that are none, of at least `least`. */
export function checkDims(dims: readonly number[], least: number): void {
  const isSized =
    dims.every((size) => Number.isSafeInteger(size) && size >= least) && Number.isSafeInteger(countOf(dims));
  if (!isSized) unsupported(`it gives a tensor of [${dims.join(',')}]`, `sizes of at least ${least}`);
}

/** Images stay images beside tensors of other ranks. */
function fits(view: View, dims: readonly number[]): View {
  return axesOf(view, dims) === undefined ? 'rows' : view;
}

function shapeOrRefuse(view: View, dims: readonly number[]): readonly [number, number, number] {
  return shapeIn(view, dims) ?? unsupported(`it gives a tensor of [${dims.join(',')}]`, 'one image');
}

/** What a layer computes. */
export function computed(layer: string, stack: Stack, dims: readonly number[], view: View): Activation {
  const axes = axesOf(view, dims);
  return {
    ...{ kind: 'activation', dims, layer, shape: stack.shapeOf(layer), inOrder: true, hint: view },
    ...(axes === undefined ? {} : { axes }),
    made: new Map(),
  };
}
