import {
  ArchonError,
  unknownOption,
  type Candidate,
  type Choice,
  type ChoiceKind,
  type ContributionMeta,
  type JsonValue,
  type Options,
  type Registered,
  type Registry,
  type StageMeta,
} from '@archon-dse/core';
import { readAxis } from './axis.js';
import { entriesOf, isText, pathTo, toJson, valueAt, type Node } from './nodes.js';
import { badOption, fillDefaults } from './options.js';
import type { Problems } from './problems.js';

/** A candidate with what it was resolved to; `meta` is absent when its id is wrong, and its metrics where it is no stage. */
export interface ReadCandidate {
  readonly candidate: Candidate;
  readonly meta?: StageMeta;
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
    const unknown = unknownOption(meta, name);
    if (unknown !== undefined) problems.add(key, unknown);
    else reportBadOption(meta, name, toJson(value), value, problems);
    options.push([name, toJson(value)]);
  }
  return Object.fromEntries(options);
}

function readAxes(node: Node | undefined, meta: ContributionMeta, given: Options, problems: Problems) {
  const axes: [string, readonly JsonValue[]][] = [];
  for (const [name, { key, value }] of entriesOf(node)) {
    const unknown = unknownOption(meta, name);
    if (unknown !== undefined) {
      problems.add(key, unknown);
      continue;
    }
    if (Object.hasOwn(given, name)) {
      problems.add(key, {
        code: 'ARCHON_SWEEP_OPTION_TWICE',
        message: `${key.path} is also fixed under options`,
        expected: 'an option either fixed under options or varied under axes',
      });
    }
    const values = readAxis(value, problems);
    const wrong = new Set<Node>();
    for (const one of values) {
      if (!wrong.has(one.node) && reportBadOption(meta, name, one.value, one.node, problems)) wrong.add(one.node);
    }
    axes.push([name, values.map((one) => one.value)]);
  }
  return Object.fromEntries(axes);
}

function reportBadOption(
  meta: ContributionMeta,
  name: string,
  value: JsonValue,
  node: Node,
  problems: Problems,
): boolean {
  const bad = badOption(meta, name, value);
  if (bad !== undefined) problems.add(pathTo(node, bad.within).at(-1) ?? node, bad.problem);
  return bad !== undefined;
}
