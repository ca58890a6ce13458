/** A tensor of a file. */
export interface OnnxTensor {
  readonly dims: readonly number[];
  readonly elementType: number;
  /** Row by row; absent where there are too many to be a shape, or the file does not hold them. */
  readonly values?: readonly number[];
}

/** An attribute of a node: the member that its kind fills in. */
export interface OnnxAttribute {
  readonly i?: number;
  readonly f?: number;
  readonly s?: string;
  readonly ints?: readonly number[];
  readonly floats?: readonly number[];
  readonly t?: OnnxTensor;
}

export interface OnnxNode {
  readonly name: string;
  readonly op: string;
  readonly domain: string;
  /** An empty name is an optional input that is not given. */
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: ReadonlyMap<string, OnnxAttribute>;
}

/** An input or output of the graph. */
export interface OnnxPort {
  readonly name: string;
  /** A dimension is a number, the name of one, or nothing where the file does not say. */
  readonly dims?: readonly (number | string | undefined)[];
}

export interface OnnxGraph {
  readonly producer: string;
  /** Version of the operators without a domain. */
  readonly opset: number;
  readonly nodes: readonly OnnxNode[];
  readonly inputs: readonly OnnxPort[];
  readonly outputs: readonly OnnxPort[];
  readonly initializers: ReadonlyMap<string, OnnxTensor>;
}
