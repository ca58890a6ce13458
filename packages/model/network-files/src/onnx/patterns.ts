import type { OnnxNode, OnnxTensor } from './graph.js';
import type { Links } from './links.js';

/**
 * What exporters write in place of one operator. A pattern is the operator of the last node and its operands: other patterns, a letter for
 * any value (the same one at each place), or `#NAME` for a constant of the file. Operands of a sum or product may stand in either order.
 */
type Pattern = string | OfNode;

interface OfNode extends ReadonlyArray<Pattern> {
  readonly 0: string;
}

interface Rewriting {
  readonly pattern: Pattern;
  readonly op: string;
  readonly inputs: readonly string[];
  /** The constant that has as many values as there are groups. */
  readonly groups?: string;
}

const CENTRED: Pattern = ['Sub', 'x', ['ReduceMean', 'x']];
const VARIANCES: readonly Pattern[] = [
  ['Pow', CENTRED, '#two'],
  ['Mul', CENTRED, CENTRED],
];
const SCALED: readonly Pattern[] = [
  ['Div', 'x', '#root'],
  ['Mul', 'x', '#root'],
];
const ERF_PLUS_ONE: readonly Pattern[] = SCALED.map((scaled) => ['Add', ['Erf', scaled], '#one']);
const BY_GROUP: Pattern = ['InstanceNormalization', ['Reshape', 'x', '#cut'], '#one', '#zero'];
const RAMP: Pattern = ['Clip', ['Add', 'x', '#three']];

const REWRITINGS: readonly Rewriting[] = [
  ...VARIANCES.map((squares): Rewriting => ({
    pattern: [
      'Add',
      ['Mul', ['Div', CENTRED, ['Sqrt', ['Add', ['ReduceMean', squares], '#epsilon']]], '#scale'],
      '#shift',
    ],
    ...{ op: 'LayerNormalization', inputs: ['x', '#scale', '#shift'] },
  })),
  ...ERF_PLUS_ONE.flatMap((gate): readonly Rewriting[] => [
    { pattern: ['Mul', ['Mul', 'x', gate], '#half'], op: 'Gelu', inputs: ['x'] },
    { pattern: ['Mul', ['Mul', 'x', '#half'], gate], op: 'Gelu', inputs: ['x'] },
    { pattern: ['Mul', 'x', ['Mul', gate, '#half']], op: 'Gelu', inputs: ['x'] },
  ]),
  ...['#shape', 'shape'].map((shape): Rewriting => ({
    pattern: ['Add', ['Mul', ['Reshape', BY_GROUP, shape], '#scale'], '#shift'],
    ...{ op: 'GroupNormalization', inputs: ['x', '#scale', '#shift'], groups: '#one' },
  })),
  { pattern: ['Mul', 'x', ['Sigmoid', 'x']], op: 'Swish', inputs: ['x'] },
  { pattern: ['Mul', 'x', ['HardSigmoid', 'x']], op: 'HardSwish', inputs: ['x'] },
  { pattern: ['Div', ['Mul', 'x', RAMP], '#six'], op: 'HardSwish', inputs: ['x'] },
  { pattern: ['Mul', 'x', ['Div', RAMP, '#six']], op: 'HardSwish', inputs: ['x'] },
  { pattern: ['Mul', ['Mul', 'x', RAMP], '#sixth'], op: 'HardSwish', inputs: ['x'] },
  { pattern: ['Add', ['MatMul', 'x', '#weights'], '#bias'], op: 'MatMul', inputs: ['x', '#weights', '#bias'] },
  { pattern: ['Add', ['Conv', 'x', '#weights'], '#bias'], op: 'Conv', inputs: ['x', '#weights', '#bias'] },
];
const COMMUTATIVE: readonly string[] = ['Add', 'Mul'];
/** Operands behind those of the pattern, such as the bounds of a Clip, are constants of the node. */
const WITH_OTHERS: readonly string[] = ['ReduceMean', 'Clip'];

interface Match {
  readonly values: ReadonlyMap<string, string>;
  readonly nodes: ReadonlySet<OnnxNode>;
}

/** Finds what stands for one operator. */
export class Patterns {
  private readonly links: Links;
  private readonly constants: ReadonlyMap<string, OnnxTensor>;

  constructor(links: Links, constants: ReadonlyMap<string, OnnxTensor>) {
    this.links = links;
    this.constants = constants;
  }

  /** The node that stands for a whole pattern which ends with this one, and the nodes it stands for. */
  find(node: OnnxNode): { readonly node: OnnxNode; readonly nodes: ReadonlySet<OnnxNode> } | undefined {
    for (const { pattern, op, inputs, groups } of REWRITINGS) {
      if (pattern[0] !== node.op || node.domain !== '') continue;
      const match = this.ofNode(node, pattern as OfNode, { values: new Map(), nodes: new Set() });
      if (match === undefined || !this.isClosed(node, match) || !this.fits(op, match)) continue;
      const first = [...match.nodes].find((one) => one.op === op);
      const attributes = groups === undefined ? (first?.attributes ?? new Map()) : this.groupsOf(match, groups);
      const found = inputs.map((name) => match.values.get(name) ?? '');
      return { node: { ...node, op, inputs: found, attributes }, nodes: match.nodes };
    }
    return undefined;
  }

  private groupsOf({ values }: Match, name: string): OnnxNode['attributes'] {
    return new Map([['num_groups', { i: this.constants.get(values.get(name) ?? '')?.dims[0] ?? 1 }]]);
  }

  private ofValue(name: string, pattern: Pattern, match: Match): Match | undefined {
    if (typeof pattern !== 'string') {
      const maker = this.links.maker.get(name);
      return maker === undefined || maker.domain !== '' ? undefined : this.ofNode(maker, pattern, match);
    }
    if (pattern.startsWith('#') !== this.constants.has(name)) return undefined;
    const known = match.values.get(pattern);
    if (known !== undefined) return known === name ? match : undefined;
    return { ...match, values: new Map([...match.values, [pattern, name]]) };
  }

  private ofNode(node: OnnxNode, [op, ...operands]: OfNode, match: Match): Match | undefined {
    if (node.op !== op) return undefined;
    const { inputs } = node;
    const more = inputs.slice(operands.length);
    const isWhole = WITH_OTHERS.includes(op)
      ? more.every((name) => name === '' || this.constants.has(name))
      : more.length === 0;
    if (!isWhole || inputs.length < operands.length) return undefined;
    const orders = COMMUTATIVE.includes(op) ? [inputs, [...inputs].reverse()] : [inputs];
    const start: Match = { values: match.values, nodes: new Set([...match.nodes, node]) };
    for (const order of orders) {
      const found = operands.reduce<Match | undefined>(
        (all, operand, index) => all && this.ofValue(order[index] ?? '', operand, all),
        start,
      );
      if (found !== undefined) return found;
    }
    return undefined;
  }

  /** Nobody outside reads what is inside. */
  private isClosed(last: OnnxNode, { nodes }: Match): boolean {
    const inner = [...nodes].flatMap(({ inputs }) => inputs);
    return [...nodes].every((node) => {
      return (
        node === last ||
        node.outputs.every(
          (output) => this.links.readers.get(output) === inner.filter((name) => name === output).length,
        )
      );
    });
  }

  /** A bias has one value for each filter: of a product along the last axis, of a convolution along the second. */
  private fits(op: string, { values }: Match): boolean {
    const [weights, bias] = ['#weights', '#bias'].map((name) => this.constants.get(values.get(name) ?? '')?.dims);
    if (weights === undefined || bias === undefined) return true;
    const filters = op === 'Conv' ? weights[0] : weights.at(-1);
    const long = bias.flatMap((size, axis) => (size === 1 ? [] : [axis - bias.length]));
    const axis = op === 'Conv' ? 1 - weights.length : -1;
    return (
      (weights.length === 2) === (op === 'MatMul') && long.length === 1 && long[0] === axis && bias.at(axis) === filters
    );
  }
}
