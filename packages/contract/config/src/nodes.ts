import { quote, type JsonValue } from '@archon-dse/core';
import type { Place } from './problems.js';
import type { Span } from './source.js';

interface Located extends Place {
  /** Where to point when something is missing inside: the key the node belongs to. */
  readonly label: Span;
  /** The local tag in front of the value, such as `!Component`, where the reader of the text allows it. */
  readonly tag?: string;
}

interface ScalarNode extends Located {
  readonly kind: 'scalar';
  readonly value: string | number | boolean | null;
}

interface ListNode extends Located {
  readonly kind: 'list';
  readonly items: readonly Node[];
}

export interface Entry {
  readonly key: Place;
  readonly value: Node;
}

export interface MapNode extends Located {
  readonly kind: 'map';
  readonly entries: ReadonlyMap<string, Entry>;
}

/** A value of the document that knows where it stands. Aliases and merge keys are already followed. */
export type Node = ScalarNode | ListNode | MapNode;

/** A value that is text, the empty one too. */
export type TextNode = ScalarNode & { readonly value: string };

export function isText(node: Node | undefined): node is TextNode {
  return node?.kind === 'scalar' && typeof node.value === 'string';
}

/** The value of a node without its places. */
export function toJson(node: Node): JsonValue {
  if (node.kind === 'scalar') return node.value;
  if (node.kind === 'list') return node.items.map(toJson);
  return Object.fromEntries([...node.entries].map(([name, entry]) => [name, toJson(entry.value)]));
}

/** The value of a key, where the node is a map that has it. */
export function valueAt(node: Node | undefined, key: string): Node | undefined {
  return node?.kind === 'map' ? node.entries.get(key)?.value : undefined;
}

/** The items of a list; none of anything else. */
export function itemsOf(node: Node | undefined): readonly Node[] {
  return node?.kind === 'list' ? node.items : [];
}

/** The entries of a map; none of anything else. */
export function entriesOf(node: Node | undefined): readonly (readonly [string, Entry])[] {
  return node?.kind === 'map' ? [...node.entries] : [];
}

export function numberOf(node: Node | undefined): number | undefined {
  return node?.kind === 'scalar' && typeof node.value === 'number' ? node.value : undefined;
}

/** Where to point when something is missing inside a node. */
export function labelOf({ path, label, source }: Node): Place {
  return { path, span: label, ...(source === undefined ? {} : { source }) };
}

/** The steps of a JSON pointer. */
export function stepsOf(pointer: string): readonly string[] {
  const steps = pointer.split('/').slice(1);
  return steps.map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** A node and those at each of the steps from it, as far as there are any; an item is reached by its number or its name. */
export function pathTo(node: Node, [step, ...rest]: readonly string[]): readonly [Node, ...Node[]] {
  const next = step === undefined ? undefined : node.kind === 'list' ? itemAt(node, step) : valueAt(node, step);
  return next === undefined ? [node] : [node, ...pathTo(next, rest)];
}

function itemAt({ items }: ListNode, step: string): Node | undefined {
  return items[Number(step)] ?? items.find((item) => toJson(valueAt(item, 'name') ?? item) === step);
}

/** A node in words, for the sentence "X is ...". */
export function describe(node: Node): string {
  if (node.kind !== 'scalar') return `a ${node.kind}`;
  if (node.value === null) return 'empty';
  if (typeof node.value === 'string') return `the text ${quote(node.value)}`;
  return typeof node.value === 'number' ? `the number ${String(node.value)}` : String(node.value);
}
