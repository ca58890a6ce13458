import { ATTRIBUTE, ELEMENT, encodeModel } from '@archon-dse/network-files/onnx-format';

/** Name of a value in a graph under construction. */
export type Value = string;

type Attribute = number | string | readonly number[] | { readonly float: number };
type Attributes = Readonly<Record<string, Attribute>>;

export interface PortSpec {
  readonly name: string;
  readonly shape: readonly number[];
  readonly type: 'float' | 'int32';
}

/** Operator sets: 18 brought the axes of all reductions as inputs. */
const OPSETS = [
  { domain: '', version: 18 },
  { domain: 'com.microsoft', version: 1 },
];
/** Operators on channels in blocks, named here with the prefix `nchwc:`. */
const BLOCKED = { prefix: 'nchwc:', opset: { domain: 'com.microsoft.nchwc', version: 1 } };
const IR_VERSION = 9;

/** Builds an ONNX graph one operator at a time; values are told apart by name, shapes are the caller's business. */
export class GraphBuilder {
  private readonly nodes: object[] = [];
  private readonly constants = new Map<string, object>();
  private readonly inputs: object[] = [];
  private readonly outputs: object[] = [];
  private count = 0;
  /** Channels in a block of the operators with the prefix `nchwc:`; 0 where there are none. */
  readonly block: number;

  constructor(block = 0) {
    this.block = block;
  }

  input(port: PortSpec): Value {
    this.inputs.push(valueInfo(port));
    return port.name;
  }

  /** Makes a value an output of the graph, under the name of the port. */
  output(port: PortSpec, value: Value): void {
    this.nodes.push({ opType: 'Identity', inputs: [value], outputs: [port.name] });
    this.outputs.push(valueInfo(port));
  }

  /** An operator with one output. An attribute is a whole number, text, whole numbers, or a float in a box. */
  op(opType: string, inputs: readonly Value[], attributes: Attributes = {}): Value {
    const output = this.nextValue();
    this.push(opType, inputs, attributes, [output]);
    return output;
  }

  /** An operator with two outputs. */
  pair(opType: string, inputs: readonly Value[], attributes: Attributes = {}): [Value, Value] {
    const outputs: [Value, Value] = [this.nextValue(), this.nextValue()];
    this.push(opType, inputs, attributes, outputs);
    return outputs;
  }

  /** An operator with three outputs. */
  triple(opType: string, inputs: readonly Value[], attributes: Attributes = {}): [Value, Value, Value] {
    const outputs: [Value, Value, Value] = [this.nextValue(), this.nextValue(), this.nextValue()];
    this.push(opType, inputs, attributes, outputs);
    return outputs;
  }

  reshape(value: Value, shape: readonly number[]): Value {
    return this.op('Reshape', [value, this.ints(shape)]);
  }

  transpose(value: Value, perm: readonly number[]): Value {
    return this.op('Transpose', [value], { perm });
  }

  /** `ReduceSum`, `ReduceMean` or `ReduceSumSquare` over some axes; over all when none is given. */
  reduce(opType: string, value: Value, axes: readonly number[] = [], keepdims: 0 | 1 = 0): Value {
    return this.op(opType, axes.length === 0 ? [value] : [value, this.ints(axes)], { keepdims });
  }

  /** 1 where `first > second`, else 0. */
  above(first: Value, second: Value): Value {
    return this.op('Cast', [this.op('Greater', [first, second])], { to: ELEMENT.float });
  }

  /** A float constant; a scalar unless a shape is given. */
  float(values: number | Float32Array, shape: readonly number[] = []): Value {
    const data = typeof values === 'number' ? Float32Array.of(values) : values;
    return this.constant(ELEMENT.float, shape, data, data.length > 1 ? String(this.constants.size) : String(data[0]));
  }

  /** A float constant with a name of its own. */
  weight(name: string, shape: readonly number[], data: Float32Array): void {
    this.constants.set(name, { name, dataType: ELEMENT.float, dims: shape, rawData: bytesOf(data) });
  }

  /** Whole numbers, e.g. axes or a shape. */
  ints(values: readonly number[]): Value {
    return this.constant(ELEMENT.int64, [values.length], BigInt64Array.from(values, BigInt), values.join());
  }

  /** The finished graph as the bytes of an ONNX file. */
  encode(): Uint8Array {
    return encodeModel({
      irVersion: IR_VERSION,
      producer: 'archon-dse',
      opsets: this.block > 0 ? [...OPSETS, BLOCKED.opset] : OPSETS,
      graph: {
        name: 'plan',
        nodes: this.nodes,
        initializers: [...this.constants.values()],
        inputs: this.inputs,
        outputs: this.outputs,
      },
    });
  }

  private nextValue(): Value {
    this.count += 1;
    return `v${this.count}`;
  }

  private push(opType: string, inputs: readonly Value[], attributes: Attributes, outputs: readonly Value[]): void {
    const rows = Object.entries(attributes).map(([name, value]) => attribute(name, value));
    this.nodes.push({ ...operatorOf(opType), inputs, outputs, attributes: rows });
  }

  private constant(dataType: number, dims: readonly number[], data: Float32Array | BigInt64Array, key: string): Value {
    const name = `c${dataType}:${dims.join('x')}:${key}`;
    if (!this.constants.has(name)) this.constants.set(name, { name, dataType, dims, rawData: bytesOf(data) });
    return name;
  }
}

function operatorOf(name: string): { readonly opType: string; readonly domain: string } {
  if (name.startsWith(BLOCKED.prefix))
    return { opType: name.slice(BLOCKED.prefix.length), domain: BLOCKED.opset.domain };
  return { opType: name, domain: name.startsWith('Fused') ? 'com.microsoft' : '' };
}

function valueInfo({ name, shape, type }: PortSpec): object {
  const dimensions = shape.map((value) => ({ value }));
  return { name, type: { tensor: { elementType: ELEMENT[type], shape: { dimensions } } } };
}

function attribute(name: string, value: Attribute): object {
  if (typeof value === 'number') return { name, i: value, type: ATTRIBUTE.i };
  if (typeof value === 'string') return { name, s: new TextEncoder().encode(value), type: ATTRIBUTE.s };
  if ('float' in value) return { name, f: value.float, type: ATTRIBUTE.f };
  return { name, ints: value, type: ATTRIBUTE.ints };
}

function bytesOf({ buffer, byteOffset, byteLength }: Float32Array | BigInt64Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}
