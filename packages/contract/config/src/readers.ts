import { canonicalJson, didYouMean, type Diagnostic, type JsonValue } from '@archon-dse/core';
import { describe, isText, quote, type Node } from './nodes.js';
import type { Problems } from './problems.js';

/**
 * Readers of typed values. Each reports what is wrong and returns a stand-in, so that one pass finds all errors;
 * the caller throws before a stand-in can escape.
 */

/** The keys a map may have. */
export interface Keys<K extends string> {
  readonly required: readonly K[];
  readonly optional: readonly K[];
}

export type Fields<K extends string> = { readonly [P in K]?: Node };

/** The values of a map whose keys are fixed. */
export function readFields<K extends string>(node: Node, keys: Keys<K>, problems: Problems): Fields<K> {
  if (node.kind !== 'map') {
    reportType(node, 'a map', problems);
    return {};
  }
  const known: readonly string[] = [...keys.required, ...keys.optional];
  for (const [name, { key }] of node.entries) {
    if (known.includes(name)) continue;
    problems.add(key, {
      code: 'ARCHON_SWEEP_UNKNOWN_KEY',
      message: `${nameOf(node, problems)} has no key ${quote(name)}`,
      expected: `one of: ${known.join(', ')}`,
      ...hintOf(name, known),
    });
  }
  for (const name of keys.required.filter((required) => !node.entries.has(required))) {
    problems.add(
      { path: node.path, span: node.label },
      {
        code: 'ARCHON_SWEEP_MISSING_KEY',
        message: `${nameOf(node, problems)} lacks the key "${name}"`,
        expected: `at least: ${keys.required.join(', ')}`,
      },
    );
  }
  return Object.fromEntries(known.map((name) => [name, node.entries.get(name)?.value])) as Fields<K>;
}

/** The entries of a map with free keys. */
export function readEntries(node: Node | undefined, problems: Problems) {
  if (node?.kind === 'map') return [...node.entries];
  if (node !== undefined) reportType(node, 'a map', problems);
  return [];
}

export function readItems(node: Node | undefined, problems: Problems): readonly Node[] {
  if (node?.kind === 'list') return node.items;
  if (node !== undefined) reportType(node, 'a list', problems);
  return [];
}

/** Like {@link readItems}, and an empty list is an error. */
export function readSomeItems(node: Node | undefined, problems: Problems): readonly Node[] {
  if (node?.kind === 'list' && node.items.length === 0) {
    problems.add(
      { path: node.path, span: node.label },
      {
        code: 'ARCHON_SWEEP_EMPTY',
        message: `${nameOf(node, problems)} is an empty list`,
        expected: 'at least one entry',
      },
    );
  }
  return readItems(node, problems);
}

/** Text as it stands, the empty one too; only what is no text is reported, and `''` stands in for it. See {@link isText}. */
export function readText(node: Node | undefined, problems: Problems): string {
  if (isText(node)) return node.value;
  if (node !== undefined) reportType(node, 'text', problems);
  return '';
}

/** A finite number; `undefined` when absent or not a number. */
export function readNumber(node: Node | undefined, problems: Problems): number | undefined {
  if (node?.kind === 'scalar' && typeof node.value === 'number') return node.value;
  if (node !== undefined) reportType(node, 'a number', problems);
  return undefined;
}

export function readInteger(node: Node, from: number, to: number, problems: Problems): number {
  const value = readNumber(node, problems);
  if (value === undefined) return from;
  if (!Number.isInteger(value) || value < from || value > to) {
    reportValue(node, `a whole number from ${String(from)} to ${String(to)}`, problems);
  }
  return value;
}

export function readOneOf<T extends string>(node: Node, choices: readonly [T, ...T[]], problems: Problems): T {
  const text = readText(node, problems);
  const found = choices.find((choice) => choice === text);
  if (found === undefined && isText(node)) reportValue(node, `one of: ${choices.join(', ')}`, problems, choices);
  return found ?? choices[0];
}

/** Reports a value of the right type that is not allowed; near names become a hint. */
export function reportValue(node: Node, expected: string, problems: Problems, choices: readonly string[] = []): void {
  const wrong = isText(node) ? node.value : '';
  problems.add(node, {
    code: 'ARCHON_SWEEP_BAD_VALUE',
    message: `${nameOf(node, problems)} is ${describe(node)}`,
    expected,
    ...hintOf(wrong, choices),
  });
}

export function reportType(node: Node, expected: string, problems: Problems, hint?: string): void {
  problems.add(node, {
    code: 'ARCHON_SWEEP_WRONG_TYPE',
    message: `${nameOf(node, problems)} is ${describe(node)}`,
    expected,
    ...(hint === undefined ? {} : { hint }),
  });
}

/** A value and the text it comes from; all values of a range come from the range. */
export interface ReadValue {
  readonly value: JsonValue;
  readonly node: Node;
}

/** Reports each value that an earlier one already gives. */
export function reportDuplicates(values: readonly ReadValue[], problems: Problems): void {
  const seen = new Map<string, Node>();
  for (const { value, node } of values) {
    const text = canonicalJson(value);
    if (seen.has(text)) {
      problems.add(node, {
        code: 'ARCHON_SWEEP_DUPLICATE_VALUE',
        message: `${nameOf(node, problems)} repeats ${quote(value)}`,
        expected: 'each value once',
      });
    }
    seen.set(text, node);
  }
}

/** A node in words: its path, or what the text is. */
export function nameOf(node: Node, { subject }: Problems): string {
  return node.path === '' ? `the ${subject}` : node.path;
}

/** The member `hint` of a problem about a name, when a known name is near. */
export function hintOf(wrong: string, known: readonly string[]): Pick<Diagnostic, 'hint'> {
  const hint = didYouMean(wrong, known);
  return hint === undefined ? {} : { hint };
}
