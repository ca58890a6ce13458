import {
  ArchonError,
  completeValue,
  isInDocument,
  isRange,
  optionsByPath,
  own,
  schemaAtPath,
  unknownOption,
  valueAtPath,
  type AcceleratorMeta,
  type AxisValues,
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
import { readConditions, type Conditions } from './conditions.js';
import { missingInDocument } from './document-paths.js';
import { entriesOf, isText, pathTo, toJson, valueAt, type Node } from './nodes.js';
import { badOption, fillDefaults } from './options.js';
import type { Place, Problems } from './problems.js';
import type { ReadValue } from './report.js';
import { readWhere } from './where.js';

/** A candidate with what it was resolved to; `meta` is absent when its id is wrong, and its metrics where it measures none. */
export interface ReadCandidate {
  readonly candidate: Candidate;
  readonly meta?: StageMeta | AcceleratorMeta;
}

const STAND_IN: ReadCandidate = { candidate: { use: '', options: {}, axes: {} } };

/** What an entry is read for. */
export interface Reading {
  /** Whether the sweep searches, so that ranges are not expanded. */
  readonly isSearched?: boolean;
  readonly constants?: Readonly<Record<string, number>>;
}

/** Reads `{ use, options, axes, where }`. Options on an axis that every point has are left out of `options`. */
export function readCandidate(
  node: Node,
  kind: ChoiceKind,
  registry: Registry,
  problems: Problems,
  { isSearched = false, constants = {} }: Reading = {},
): ReadCandidate {
  const entry = resolveId(valueAt(node, 'use'), kind, registry, problems);
  if (entry === undefined) return STAND_IN;
  const { meta } = entry.contribution;
  const given = readOptions(valueAt(node, 'options'), meta, problems);
  const { axes, when } = readAxes(valueAt(node, 'axes'), meta, { given, isSearched }, problems);
  const always = Object.keys(axes).filter((name) => own(when, name) === undefined);
  const candidate: Candidate = {
    ...{ use: entry.id, options: fillDefaults(meta, given, always), axes },
    ...(Object.keys(when).length === 0 ? {} : { when }),
  };
  const where = readWhere(valueAt(node, 'where'), { candidate, meta, constants }, problems);
  return { candidate: where.length === 0 ? candidate : { ...candidate, where }, meta };
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

function readAxes(
  node: Node | undefined,
  meta: ContributionMeta,
  { given, isSearched }: { readonly given: Options; readonly isSearched: boolean },
  problems: Problems,
) {
  const known = optionsByPath(meta.options);
  const axes: [string, AxisValues][] = [];
  const when: [string, Conditions][] = [];
  for (const [name, { key, value }] of entriesOf(node)) {
    const schema = schemaAtPath(meta.options, name);
    const isInside = isInDocument(meta.options, name);
    const missing = isInside ? missingInDocument(meta, fillDefaults(meta, given), name) : undefined;
    if (schema === undefined || missing !== undefined) {
      reportUnknown(key, meta, name, problems, missing ?? Object.keys(known));
      continue;
    }
    const around = axes.find(([other]) => name.startsWith(`${other}.`) || other.startsWith(`${name}.`))?.[0];
    const conditions = valueAt(value, 'when');
    const isFixed = !isInside && conditions === undefined && valueAtPath(given, name) !== undefined;
    if (isFixed || around !== undefined) {
      problems.add(key, {
        code: 'ARCHON_SWEEP_OPTION_TWICE',
        message: `${key.path} is also ${around === undefined ? 'fixed under options' : `varied by ${around}`}`,
        expected: 'an option either fixed under options or varied under axes',
      });
    }
    const { values, checked } = readAxis(value, problems, isSearched);
    reportBadValues(meta, name, schema, checked, problems);
    if (conditions !== undefined) when.push([name, readConditions(conditions, meta, new Map(axes), problems)]);
    axes.push([name, isRange(values) ? values : values.map((one) => completeValue(schema, one))]);
  }
  return { axes: Object.fromEntries(axes), when: Object.fromEntries(when) };
}

/** Reports each value of an axis that its option does not take; of a range the first. */
function reportBadValues(
  meta: ContributionMeta,
  name: string,
  schema: MemberSchema,
  values: readonly ReadValue[],
  problems: Problems,
): void {
  const wrong = new Set<Node>();
  for (const one of values) {
    if (!wrong.has(one.node) && reportBadOption(meta, name, schema, one, problems)) wrong.add(one.node);
  }
}

/** Reports a name that is no option. */
export function reportUnknown(
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
