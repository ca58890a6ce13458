import type { Reference } from '@archon-dse/core';
import { readMetric, type SweepMetrics } from './metrics.js';
import type { Node } from './nodes.js';
import type { Problems } from './problems.js';
import { readFields, readItems, readNumber, readText, reportValue } from './readers.js';

const REFERENCE_KEYS = { required: ['metric', 'value', 'label', 'source'], optional: [] } as const;

/** Reads `references`: each `{ metric, value, label, source }`. */
export function readReferences(node: Node, metrics: SweepMetrics, problems: Problems): readonly Reference[] {
  return readItems(node, problems).map((item) => {
    const fields = readFields(item, REFERENCE_KEYS, problems);
    return {
      metric: readMetric(fields.metric, metrics, problems),
      value: readNumber(fields.value, problems) ?? 0,
      label: readSomeText(fields.label, 'what the line is', problems),
      source: readSomeText(fields.source, 'where the value was published', problems),
    };
  });
}

/** Text that says something: a value without a label or a source is no reference. */
export function readSomeText(node: Node | undefined, expected: string, problems: Problems): string {
  const text = readText(node, problems);
  if (node?.kind === 'scalar' && node.value === '') reportValue(node, expected, problems);
  return text;
}
