import {
  ArchonError,
  completeValue,
  isInDocument,
  optionsByPath,
  own,
  schemaAtPath,
  unknownOption,
  valueAtPath,
  type AcceleratorMeta,
  type Candidate,
  type Choice,
  type ChoiceKind,
  type ContributionMeta,
  type JsonValue,
  type MemberSchema,
  type Options,
  type Registered,
  type Registry,
  type StageMeta,
} from '@archon-dse/core';
import { readAxis } from './axis.js';
import { missingInDocument } from './document-paths.js';
import { entriesOf, isText, pathTo, toJson, valueAt, type Node } from './nodes.js';
import { badOption, fillDefaults } from './options.js';
import type { Place, Problems } from './problems.js';
import type { ReadValue } from './report.js';

/** A candidate with what it was resolved to; `meta` is absent when its id is wrong, and its metrics where it measures none. */
export interface ReadCandidate {
  readonly candidate: Candidate;
  readonly meta?: StageMeta | AcceleratorMeta;
}

const STAND_IN: ReadCandidate = { candidate: { use: '', options: {}, axes: {} } };

/** Reads `{ use, options, axes }`. Options on an axis are left out of `options`. */
export function readCandidate(node: Node, kind: ChoiceKind, registry: Registry, problems: Problems): ReadCandidate {
  const entry = resolveId(valueAt(node, 'use'), kind, registry, problems);
  if (entry === undefined) return STAND_IN;
  const { meta } = entry.contribution;
  const given = readOptions(valueAt(node, 'options'), meta, problems);
  const axes = readAxes(valueAt(node, 'axes'), meta, given, problems);
  return { candidate: { use: entry.id, options: fillDefaults(meta, given, Object.keys(axes)), axes }, meta };
}

/** Reads `{ use, options }`, where nothing varies. */
export function readChoice(node: Node, kind: ChoiceKind, registry: Registry, problems: Problems): Choice {
  const { use, options } = readCandidate(node, kind, registry, problems).candidate;
  return { use, options };
}

function resolveId(
  node: Node | undefined,
  kind: ChoiceKind,
  registry: Registry,
  problems: Problems,
): Registered<ChoiceKind> | undefined {
  if (!isText(node)) return undefined;
  try {
    return registry.resolve(kind, node.value);
  } catch (error) {
    if (!(error instanceof ArchonError)) throw error;
    for (const diagnostic of error.diagnostics) problems.add(node, diagnostic);
    return undefined;
  }
}

function readOptions(node: Node | undefined, meta: ContributionMeta, problems: Problems): Options {
  const options: [string, JsonValue][] = [];
  for (const [name, { key, value }] of entriesOf(node)) {
    const schema = own(meta.options, name);
    if (schema === undefined) reportUnknown(key, meta, name, problems);
    else reportBadOption(meta, name, schema, { value: toJson(value), node: value }, problems);
    options.push([name, toJson(value)]);
  }
  return Object.fromEntries(options);
}

function readAxes(node: Node | undefined, meta: ContributionMeta, given: Options, problems: Problems) {
  const known = optionsByPath(meta.options);
  const axes: [string, readonly JsonValue[]][] = [];
  for (const [name, { key, value }] of entriesOf(node)) {
    const schema = schemaAtPath(meta.options, name);
    const isInside = isInDocument(meta.options, name);
    const missing = isInside ? missingInDocument(meta, fillDefaults(meta, given), name) : undefined;
    if (schema === undefined || missing !== undefined) {
      reportUnknown(key, meta, name, problems, missing ?? Object.keys(known));
      continue;
    }
    const around = axes.find(([other]) => name.startsWith(`${other}.`) || other.startsWith(`${name}.`))?.[0];
    if ((!isInside && valueAtPath(given, name) !== undefined) || around !== undefined) {
      problems.add(key, {
        code: 'ARCHON_SWEEP_OPTION_TWICE',
        message: `${key.path} is also ${around === undefined ? 'fixed under options' : `varied by ${around}`}`,
        expected: 'an option either fixed under options or varied under axes',
      });
    }
    const values = readAxis(value, problems);
    const wrong = new Set<Node>();
    for (const one of values) {
      if (!wrong.has(one.node) && reportBadOption(meta, name, schema, one, problems)) wrong.add(one.node);
    }
    axes.push([name, values.map((one) => completeValue(schema, one.value))]);
  }
  return Object.fromEntries(axes);
}

function reportUnknown(
  key: Place,
  meta: ContributionMeta,
  name: string,
  problems: Problems,
  known?: readonly string[],
): void {
  const unknown = unknownOption(meta, name, known);
  if (unknown !== undefined) problems.add(key, unknown);
}

/** Reports each thing that is wrong where it stands: at the name of a member that there is not, else at the value. */
export function reportBadOption(
  meta: ContributionMeta,
  name: string,
  schema: MemberSchema,
  { value, node }: ReadValue,
  problems: Problems,
): boolean {
  const mistakes = badOption(meta, name, schema, value);
  for (const { steps, problem } of mistakes) {
    const path = pathTo(node, steps);
    const [map, place] = [path.at(-2), path.at(-1) ?? node];
    const isName = problem.code === 'ARCHON_UNKNOWN_OPTION' && map?.kind === 'map';
    problems.add((isName && map.entries.get(steps.at(-1) ?? '')?.key) || place, problem);
  }
  return mistakes.length > 0;
}
