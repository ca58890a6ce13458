import { canonicalJson, quote, type JsonValue } from '@archon-dse/core';
import { describe, type Node } from './nodes.js';
import type { Problems } from './problems.js';

/** Reports a value of the right type that is not allowed. */
export function reportValue(node: Node, expected: string, problems: Problems): void {
  const message = `${nameOf(node, problems)} is ${describe(node)}`;
  problems.add(node, { code: 'ARCHON_SWEEP_BAD_VALUE', message, expected });
}

/** A value and the text it comes from; all values of a range come from the range. */
export interface ReadValue {
  readonly value: JsonValue;
  readonly node: Node;
}

/** Reports each value that an earlier one already gives. */
export function reportDuplicates(values: readonly ReadValue[], problems: Problems): void {
  const seen = new Set<string>();
  for (const { value, node } of values) {
    const text = canonicalJson(value);
    if (seen.has(text)) {
      problems.add(node, {
        code: 'ARCHON_SWEEP_DUPLICATE_VALUE',
        message: `${nameOf(node, problems)} repeats ${quote(value)}`,
        expected: 'each value once',
      });
    }
    seen.add(text);
  }
}

/** A node in words: its path, or what the text is. */
export function nameOf(node: Node, { subject }: Problems): string {
  return node.path === '' ? `the ${subject}` : node.path;
}
