import { ArchonError, didYouMean, type JsonValue, type Layer, type TensorShape } from '@archon-dse/core';
import { describe, type Node, type ParsedText } from '@archon-dse/config';
import {
  OPERATION_NAMES,
  outputShape,
  propertiesOf,
  valueProblem,
  type Properties,
  type PropertyKind,
} from '@archon-dse/workload';
import { defaultsOf, FIRST_BLOCK, SHAPED_AS_INPUT, STRIDE_AS_SIZE } from './layer-defaults.js';

type Problems = ParsedText['problems'];
type MapNode = Extract<Node, { kind: 'map' }>;

/** Keys that every layer may have. */
export const COMMON_KEYS = ['op', 'name', 'inputs', 'block', 'role'] as const;
const REPEAT_KEYS = ['repeat', 'layers'] as const;
/** What a round of a repeated part calls the layer before it. */
const START = 'start';
/** Operations that people may list: the image is there already. */
export const LISTED_OPERATIONS: readonly string[] = OPERATION_NAMES.filter((op) => op !== 'input');

/** Most layers of a network, so that repeats of repeats end. */
const MOST_LAYERS = 20_000;

interface Last {
  readonly name: string;
  readonly shape: TensorShape;
}

/** Reads layers one after the other; each reads the one before it unless it says which. */
export class LayerList {
  readonly layers: Layer[];
  last: Last;
  private readonly problems: Problems;
  private readonly shapes = new Map<string, TensorShape>();
  /** What each layer of the text is called where it has no name: by its place among all. */
  private readonly places = new Map<Node, number>();
  /** What rounds of repeated parts began with, by their suffix. */
  private readonly starts = new Map<string, string>();
  private block = FIRST_BLOCK;

  constructor(input: TensorShape, problems: Problems) {
    this.problems = problems;
    this.layers = [{ name: 'input', op: 'input', inputs: [], block: FIRST_BLOCK, role: 'input' }];
    this.last = { name: 'input', shape: input };
    this.shapes.set('input', input);
  }

  /** @param suffix - behind the names of a repeated part, e.g. `.2` */
  read(items: readonly Node[], suffix = ''): void {
    for (const item of items) {
      if (this.layers.length > MOST_LAYERS)
        this.stop(item, 'the network has too many layers', `at most ${MOST_LAYERS}`);
      if (item.kind !== 'map') this.report(item, `${item.path} is ${describe(item)}`, 'a layer, { op, ... }');
      else if (item.entries.has('repeat')) this.repeat(item, suffix);
      else this.layer(item, suffix);
      this.problems.throwIfAny(); // what follows would be blamed for shapes that are not known
    }
  }

  private repeat(item: MapNode, suffix: string): void {
    this.refuseUnknown(item, REPEAT_KEYS, 'a repeated part');
    const times = item.entries.get('repeat')?.value;
    const inner = item.entries.get('layers')?.value;
    const count = times?.kind === 'scalar' ? Number(times.value) : Number.NaN;
    if (!Number.isInteger(count) || count < 1 || count > MOST_LAYERS) {
      this.stop(times ?? item, `${item.path}.repeat is no number of times`, `a whole number from 1 to ${MOST_LAYERS}`);
    }
    if (inner?.kind !== 'list' || inner.items.length === 0)
      return this.stop(inner ?? item, `${item.path} repeats nothing`, 'layers, a list');
    for (let index = 1; index <= count; index += 1) {
      this.starts.set(`${suffix}.${index}`, this.last.name);
      this.read(inner.items, `${suffix}.${index}`);
    }
  }

  private layer(item: MapNode, suffix: string): void {
    const op = textOf(item, 'op');
    const properties = op === undefined ? undefined : propertiesOf(op);
    const place = item.entries.get('op')?.value ?? item;
    if (op === undefined || properties === undefined || !LISTED_OPERATIONS.includes(op)) {
      const found = place === item ? `${item.path} has no op` : `there is no operation ${JSON.stringify(op ?? null)}`;
      return this.report(place, found, `one of: ${LISTED_OPERATIONS.join(', ')}`, [op ?? '', LISTED_OPERATIONS]);
    }
    this.refuseUnknown(item, [...COMMON_KEYS, ...Object.keys(properties)], `a ${op} layer`);
    const inputs = this.inputsOf(item, op, suffix);
    const values = this.valuesOf(item, op, properties, inputs);
    const defaults = defaultsOf(op);
    this.block = textOf(item, 'block') ?? this.block;
    this.places.set(item, this.places.get(item) ?? this.places.size + 1);
    const name = `${textOf(item, 'name') ?? `${op}_${this.places.get(item) ?? 0}`}${suffix}`;
    this.problems.throwIfAny();
    const role = textOf(item, 'role') ?? defaults.role;
    this.add({ name, op, ...values, inputs, block: this.block, role } as unknown as Layer, item);
  }

  private add(layer: Layer, item: MapNode): void {
    const { name } = layer;
    const place = item.entries.get('name')?.value ?? item;
    if (this.shapes.has(name))
      return this.report(place, `the name "${name}" is taken`, 'a name of its own for each layer');
    if (['', '__proto__'].includes(name)) return this.report(place, `no layer can be called "${name}"`, 'another name');
    try {
      const shapes = layer.inputs.map((input) => this.shapes.get(input) ?? this.last.shape);
      this.last = { name, shape: outputShape(layer, shapes) };
      this.shapes.set(name, this.last.shape);
      this.layers.push(layer);
    } catch (error) {
      if (!(error instanceof ArchonError)) throw error;
      for (const { message, expected = '' } of error.diagnostics) this.report(item, message, expected);
    }
  }

  /** The layer before, or those that are named; in a repeated part first those of the same round. */
  private inputsOf(item: MapNode, op: string, suffix: string): readonly string[] {
    const node = item.entries.get('inputs')?.value;
    if (node === undefined) return op === 'source' ? [] : [this.last.name];
    const items = node.kind === 'list' ? node.items : [node];
    return items.map((one) => {
      const name = one.kind === 'scalar' ? String(one.value) : '';
      const rounds = roundsOf(suffix).map((round) => `${name}${round}`);
      const found =
        rounds.find((candidate) => this.shapes.has(candidate)) ??
        (name === START ? this.starts.get(suffix) : undefined);
      if (found === undefined)
        this.report(one, `no layer before is called "${name}"`, 'the name of a layer before', [
          name,
          [...this.shapes.keys()],
        ]);
      return found ?? name;
    });
  }

  private valuesOf(
    item: MapNode,
    op: string,
    properties: Properties,
    inputs: readonly string[],
  ): Readonly<Record<string, JsonValue>> {
    const values: Record<string, JsonValue> = {};
    const defaults = defaultsOf(op).values;
    for (const [name, kind] of Object.entries(properties)) {
      const node = item.entries.get(name)?.value;
      const given = node === undefined ? undefined : normalValue(kind, jsonOf(node));
      const value = given ?? defaults[name] ?? this.otherwise(op, name, item, inputs);
      if (value === undefined && !kind.endsWith('?'))
        this.report(item, `${item.path} (${op}) has no ${name}`, `${name}: ${valueProblem(kind, undefined) ?? ''}`);
      if (value === undefined) continue;
      const expected = valueProblem(kind, value);
      if (expected !== undefined) this.report(node ?? item, `${name} is ${JSON.stringify(value)}`, expected);
      values[name] = value;
    }
    return values;
  }

  /** What follows from the rest of a layer. */
  private otherwise(op: string, name: string, item: MapNode, [input = '']: readonly string[]): JsonValue | undefined {
    if (name === 'stride' && STRIDE_AS_SIZE.includes(op)) {
      const size = item.entries.get('size')?.value;
      return size === undefined ? undefined : jsonOf(size);
    }
    return name === 'shape' && SHAPED_AS_INPUT.includes(op) ? this.shapes.get(input) : undefined;
  }

  private refuseUnknown(item: MapNode, known: readonly string[], what: string): void {
    for (const [name, { key }] of item.entries) {
      if (!known.includes(name))
        this.report(key, `${what} has no "${name}"`, `one of: ${known.join(', ')}`, [name, known]);
    }
  }

  private report(
    place: Parameters<Problems['add']>[0],
    message: string,
    expected: string,
    [wrong, known]: readonly [string, readonly string[]] = ['', []],
  ): void {
    const hint = didYouMean(wrong, known);
    this.problems.add(place, {
      code: 'ARCHON_NETWORK_INVALID',
      message,
      expected,
      ...(hint === undefined ? {} : { hint }),
    });
  }

  private stop(place: Node, message: string, expected: string): never {
    return this.problems.stop(place, { code: 'ARCHON_NETWORK_INVALID', message, expected });
  }
}

/** `.1.2`, `.1` and nothing: the rounds that a name may be of, the innermost first. */
function roundsOf(suffix: string): readonly string[] {
  const rounds = suffix.split('.').slice(1);
  return [...rounds.keys()]
    .map((index) =>
      rounds
        .slice(0, rounds.length - index)
        .map((round) => `.${round}`)
        .join(''),
    )
    .concat('');
}

/** Cells of padding all around as those of the four sides. */
function normalValue(kind: PropertyKind, value: JsonValue): JsonValue {
  if (kind !== 'padding?' || typeof value !== 'number') return value;
  return value === 0 ? 'valid' : { top: value, bottom: value, left: value, right: value };
}

function jsonOf(node: Node): JsonValue {
  if (node.kind === 'scalar') return node.value;
  if (node.kind === 'list') return node.items.map(jsonOf);
  return Object.fromEntries([...node.entries].map(([name, { value }]) => [name, jsonOf(value)]));
}

function textOf(item: MapNode, key: string): string | undefined {
  const node = item.entries.get(key)?.value;
  return node?.kind === 'scalar' && node.value !== null ? String(node.value) : undefined;
}
