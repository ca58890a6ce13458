import type { NodeReader } from '../node-reader.js';
import { unsupported } from '../refusal.js';
import { countOf, type Activation, type Constant, type Value } from '../value.js';
import { broadcast } from '../broadcast.js';
import { reshapedTo, swapped } from '../moved-value.js';
import { movedTo } from './moves.js';

/** `Gemm`: a dense layer where its second operand is weights, else a product of two activations. */
export function gemm(node: NodeReader): Activation {
  const [first, second] = [node.activation(0), node.input(1)];
  if (node.int('transA', 0) === 1) unsupported('transA is 1', 'a first operand that is not transposed');
  const isTransposed = node.int('transB', 0) === 1;
  const bias = node.optional(2);
  if (second.kind === 'constant') {
    const [rows = 1, columns = 1] = second.dims;
    const [read, units] = isTransposed ? [columns, rows] : [rows, columns];
    const isBias = bias?.kind === 'constant' && countOf(bias.dims) === units;
    const product = dense(node, first, { read, units, bias: isBias });
    return bias === undefined || isBias ? product : plusRows(node, product, bias);
  }
  const product = matmulOf(node, first, isTransposed ? swapped(second, node.node.name) : second, '');
  return bias === undefined ? product : plusRows(node, product, bias);
}

function plusRows(node: NodeReader, product: Activation, bias: Value): Activation {
  if (bias.kind === 'constant') return node.addVector('add', [product], product.dims, 'rows', bias.learned);
  return node.addVector('add', [product, bias], product.dims, 'rows');
}

interface DenseSpec {
  readonly read: number;
  readonly units: number;
  readonly bias: boolean;
}

function dense(node: NodeReader, input: Activation, { read, units, bias }: DenseSpec): Activation {
  const channels = input.dims.at(-1) ?? 1;
  if (read !== channels) {
    unsupported(
      `its weights are for ${read} channels, and its input has ${channels}`,
      `weights for ${channels} channels`,
    );
  }
  const dims = [...input.dims.slice(0, -1), units];
  return node.add({ op: 'dense', role: 'dense', units, bias }, [node.stack.use(input, 'rows')], dims, 'rows');
}

/** `MatMul`, where a third input is a bias that was added right behind it. */
export function matmul(node: NodeReader): Value {
  const [first, second] = [node.input(0), node.input(1)];
  if (first.kind === 'constant') return weightsFirst(node, first, second);
  if (second.kind === 'activation') return matmulOf(node, first, second, '');
  return weightsSecond(node, first, second);
}

function weightsSecond(node: NodeReader, first: Activation, second: Constant): Activation {
  const [read = 1, units = 1] = second.dims.length === 1 ? [...second.dims, 1] : second.dims.slice(-2);
  const groups = countOf(second.dims.slice(0, -2));
  if (groups === 1) return dense(node, first, { read, units, bias: node.optional(2) !== undefined });
  return matmulOf(node, first, held(node, second), '');
}

/** Weights by an activation: as dense layer over the transposed activation. */
function weightsFirst(node: NodeReader, first: Constant, second: Value): Value {
  if (second.kind === 'constant') return product(first, second);
  const [units = 1, read = 1] = first.dims.slice(-2);
  if (countOf(first.dims.slice(0, -2)) !== 1) return matmulOf(node, held(node, first), second, '');
  return swapped(
    dense(node, swapped(second, `${node.node.name}.columns`), { read, units, bias: false }),
    node.node.name,
  );
}

function product(first: Constant, second: Constant): Constant {
  const dims = [
    ...broadcast(first.dims.slice(0, -2), second.dims.slice(0, -2)),
    first.dims.at(-2) ?? 1,
    second.dims.at(-1) ?? 1,
  ];
  return { kind: 'constant', dims, learned: first.learned + second.learned };
}

/** Learned values as an operand of its own, as products of batches have no weights. */
function held(node: NodeReader, { dims, learned }: Constant): Activation {
  const any = node.given.find((value) => value.kind === 'activation') ?? node.activation(0);
  return movedTo(node, [any], dims, { suffix: '.weights', learned });
}

/** A product of two activations, with as many groups as the second has matrices. */
export function matmulOf(node: NodeReader, left: Activation, right: Activation, suffix: string): Activation {
  const first = left.dims.length === 1 ? reshapedTo(left, [1, ...left.dims], node.node.name) : left;
  const second = right.dims.length === 1 ? reshapedTo(right, [...right.dims, 1], node.node.name) : right;
  const [rows = 1, channels = 1] = first.dims.slice(-2);
  const [read = 1, columns = 1] = second.dims.slice(-2);
  if (channels !== read)
    unsupported(
      `it multiplies [${first.dims.join(',')}] and [${second.dims.join(',')}]`,
      `${channels} rows in the second`,
    );
  const batch = broadcast(first.dims.slice(0, -2), second.dims.slice(0, -2));
  const groups = countOf(second.dims.slice(0, -2));
  const whole = [...batch, rows, channels];
  const repeated =
    countOf(whole) === countOf(first.dims)
      ? withRank(first, whole)
      : movedTo(node, [first], whole, { suffix: `${suffix}.repeated` });
  const from = [node.stack.use(repeated, 'rows'), node.stack.use(second, 'rows')];
  return node.add({ op: 'batchMatmul', role: 'matmul', groups }, from, [...batch, rows, columns], 'rows', suffix);
}

function withRank(value: Activation, dims: readonly number[]): Activation {
  return dims.length === value.dims.length ? value : reshapedTo(value, dims, value.movedBy ?? value.layer);
}
