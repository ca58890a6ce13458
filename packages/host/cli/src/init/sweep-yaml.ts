import { optionsByPath, type AttributeSchemas, type ChoiceKind, type JsonValue, type Registry } from '@archon-dse/core';
import { stringify } from 'yaml';
import type { Wishes } from './wishes.js';

/** Which entries get an axis; the first of them that makes a valid sweep is written. */
export const VARIED: readonly (readonly ChoiceKind[])[] = [
  ['network', 'accelerator'],
  ['accelerator'],
  ['network'],
  [],
];

/** Options that an entry shows in its comments. */
const SHOWN = 4;

/**
 * The text of a sweep with a word to every part of it.
 *
 * @param varied - kinds of entries that get an axis
 */
export function sweepYaml(name: string, wishes: Wishes, registry: Registry, varied: readonly ChoiceKind[]): string {
  const { networks, accelerators, objectives, search, plugins } = wishes;
  const entries = (kind: ChoiceKind, uses: readonly string[]): string =>
    uses.map((use) => entryYaml(kind, use, registry, varied.includes(kind))).join('');
  return `# Check it with "archon validate", run it with "archon sweep". Every key: archon docs sweep-reference
apiVersion: archon/v1
name: ${name} # also the folder of its results: archon-out/${name}
seed: 1 # all randomness; the same file and seed give the same records
${plugins.length === 0 ? '' : `plugins: ${flow(plugins)} # packages, or folders seen from this file\n`}
# What runs. Each option is fixed under options, or varied under axes: a list, or { from, to, step } or { from, to, factor }.
networks:
${entries('network', networks)}
# Stages change the network first, in this order. "archon plugins" lists them; train needs a training backend.
# stages:
#   - use: train
#     axes: { epochs: [1, 2] }

# What it runs on.
accelerators:
${entries('accelerator', accelerators)}
# What is good: points that no other is better than in all of these are the front of the report.
objectives: ${flow(objectives)}
# Bounds that points on the front have to keep:
# constraints: [{ metric: ${objectives[0] ?? 'cycles'}, max: 1.0e9 }]

${searchYaml(search)}`;
}

function entryYaml(kind: ChoiceKind, use: string, registry: Registry, isVaried: boolean): string {
  const { options } = registry.resolve(kind, use).contribution.meta;
  const axis = isVaried ? axisOf(options) : undefined;
  const others = Object.entries(optionsByPath(options)).filter(([path]) => path !== axis?.option);
  const shown = others.slice(0, SHOWN).map(([path, schema]) => `    #   ${path}: ${flow(schema.default ?? null)}\n`);
  return [
    `  - use: ${use}\n`,
    axis === undefined ? '' : `    axes:\n      ${axis.option}: ${flow(axis.values)}\n`,
    shown.length === 0 ? '' : `    # options: # what it has unless it is said; all of them: archon plugins ${use}\n`,
    ...shown,
  ].join('');
}

function searchYaml(search: Wishes['search']): string {
  const [strategy, points] = [search?.strategy ?? 'nsga2', String(search?.points ?? 100)];
  const line = `search: { strategy: ${strategy}, budget: { points: ${points} } }\n`;
  return search === undefined
    ? `# Every combination of the axes is a point. For too many of them, a strategy chooses those that are worth it:\n# ${line}`
    : `# Of all combinations of the axes, those that the strategy chooses; without this line all of them are evaluated.\n${line}`;
}

/** A few values around the default of the first option that is a number, as its schema takes them. */
function axisOf(
  options: AttributeSchemas,
): { readonly option: string; readonly values: readonly JsonValue[] } | undefined {
  for (const [option, schema] of Object.entries(options)) {
    const usual = schema.default;
    if ((schema.type !== 'integer' && schema.type !== 'number') || typeof usual !== 'number' || usual <= 0) continue;
    const isTaken = (value: number): boolean =>
      value >= (schema.minimum ?? -Infinity) &&
      value <= (schema.maximum ?? Infinity) &&
      (schema.type === 'number' || Number.isInteger(value));
    const values = [usual / 2, usual, usual * 2].filter(isTaken);
    if (values.length > 1) return { option, values };
  }
  return undefined;
}

/** A value on one line. */
function flow(value: JsonValue | readonly string[]): string {
  return stringify(value, { collectionStyle: 'flow', lineWidth: 0, flowCollectionPadding: false }).trimEnd();
}
