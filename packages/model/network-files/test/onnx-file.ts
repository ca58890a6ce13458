import { ATTRIBUTE, ELEMENT, encodeModel } from '@archon-dse/network-files/onnx-format';

/** ONNX files as exporters write them, an operator at a time. */

export type Attribute =
  number | string | readonly number[] | { readonly floats: readonly number[] } | { readonly float: number };
type Dims = readonly (number | string)[];

/** Builds a file; values are told apart by name. */
export class OnnxFile {
  private readonly nodes: object[] = [];
  private readonly initializers: object[] = [];
  private readonly inputs: object[] = [];
  private readonly outputs: object[] = [];
  private readonly opset: number;
  private count = 0;

  constructor(opset = 17) {
    this.opset = opset;
  }

  input(name: string, dims: Dims, elementType: number = ELEMENT.float): string {
    this.inputs.push(port(name, dims, elementType));
    return name;
  }

  output(name: string, dims: Dims = []): void {
    this.outputs.push(port(name, dims, ELEMENT.float));
  }

  /** Learned values: only their size, as if the file had been stripped of them. */
  weight(dims: readonly number[], elementType: number = ELEMENT.float): string {
    return this.tensor({ dims, dataType: elementType });
  }

  ints(values: readonly number[]): string {
    return this.tensor({ dims: [values.length], dataType: ELEMENT.int64, int64Data: values });
  }

  /** One number, without dimensions. */
  float(value: number): string {
    return this.tensor({ dims: [], dataType: ELEMENT.float, rawData: new Uint8Array(Float32Array.of(value).buffer) });
  }

  tensor(tensor: object): string {
    const name = `w${(this.count += 1)}`;
    this.initializers.push({ name, ...tensor });
    return name;
  }

  /** A node with one output, which has the name of the node. */
  op(
    op: string,
    inputs: readonly string[],
    attributes: Readonly<Record<string, Attribute>> = {},
    name?: string,
  ): string {
    const [output = ''] = this.ops(op, inputs, 1, attributes, name);
    return output;
  }

  ops(
    op: string,
    inputs: readonly string[],
    outputs: number,
    attributes: Readonly<Record<string, Attribute>> = {},
    name = `${op}_${(this.count += 1)}`,
  ): readonly string[] {
    const values = Array.from({ length: outputs }, (_, index) => (index === 0 ? name : `${name}:${index}`));
    this.node({ name, opType: op, inputs, outputs: values, attributes: Object.entries(attributes).map(attributeOf) });
    return values;
  }

  node(node: object): void {
    this.nodes.push(node);
  }

  encode(): Uint8Array {
    const { nodes, initializers, inputs, outputs } = this;
    return encodeModel({
      ...{
        irVersion: 8,
        producer: 'test',
        opsets: [
          { domain: '', version: this.opset },
          { domain: 'com.microsoft', version: 1 },
        ],
      },
      graph: { name: 'graph', nodes, initializers, inputs, outputs },
    });
  }
}

function port(name: string, dims: Dims, elementType: number): object {
  const dimensions = dims.map((size) => (typeof size === 'number' ? { value: size } : { parameter: size }));
  return { name, type: { tensor: { elementType, shape: { dimensions } } } };
}

function attributeOf([name, value]: readonly [string, Attribute]): object {
  if (typeof value === 'number') return { name, i: value, type: ATTRIBUTE.i };
  if (typeof value === 'string') return { name, s: new TextEncoder().encode(value), type: ATTRIBUTE.s };
  if ('float' in value) return { name, f: value.float, type: ATTRIBUTE.f };
  if ('floats' in value) return { name, floats: value.floats, type: ATTRIBUTE.floats };
  return { name, ints: value, type: ATTRIBUTE.ints };
}
