import {
  ArchonError,
  type Candidate,
  type Choice,
  type ContributionKind,
  type ContributionMeta,
  type JsonValue,
  type Options,
  type Registered,
  type Registry,
  type StageMeta,
} from '@archon-dse/core';
import { readAxis } from './axis.js';
import { descend, isText, toJson, type Node } from './nodes.js';
import { badOption, fillDefaults, unknownOption } from './options.js';
import type { Problems } from './problems.js';
import { readEntries, readFields, readText, reportType } from './readers.js';

/** A candidate with what it was resolved to; `meta` is absent when its id is wrong, and its metrics where it is no stage. */
export interface ReadCandidate {
  readonly candidate: Candidate;
  readonly meta?: StageMeta;
}

const CANDIDATE_KEYS = { required: ['use'], optional: ['options', 'axes'] } as const;
const CHOICE_KEYS = { required: ['use'], optional: ['options'] } as const;
const STAND_IN: ReadCandidate = { candidate: { use: '', options: {}, axes: {} } };

/** Reads `{ use, options, axes }`. Options on an axis are left out of `options`. */
export function readCandidate(
  node: Node,
  kind: ContributionKind,
  registry: Registry,
  problems: Problems,
): ReadCandidate {
  if (isBareName(node, 'a map with use, options and axes', problems)) return STAND_IN;
  const fields = readFields(node, CANDIDATE_KEYS, problems);
  const entry = fields.use && resolveId(fields.use, kind, registry, problems);
  if (entry === undefined) return STAND_IN;
  const { meta } = entry.contribution;
  const given = readOptions(fields.options, meta, problems);
  const axes = readAxes(fields.axes, meta, given, problems);
  return { candidate: { use: entry.id, options: fillDefaults(meta, given, Object.keys(axes)), axes }, meta };
}

/** Reads `{ use, options }`, where nothing varies. */
export function readChoice(
  node: Node | undefined,
  kind: ContributionKind,
  registry: Registry,
  problems: Problems,
): Choice {
  if (node === undefined || isBareName(node, 'a map with use and options', problems)) return STAND_IN.candidate;
  const fields = readFields(node, CHOICE_KEYS, problems);
  const entry = fields.use && resolveId(fields.use, kind, registry, problems);
  if (entry === undefined) return STAND_IN.candidate;
  const { meta } = entry.contribution;
  return { use: entry.id, options: fillDefaults(meta, readOptions(fields.options, meta, problems)) };
}

/** Whether there is only a name where a map belongs; reports it. */
function isBareName(node: Node, expected: string, problems: Problems): boolean {
  if (!isText(node)) return false;
  reportType(node, expected, problems, `Write { use: ${node.value} }.`);
  return true;
}

function resolveId(node: Node, kind: ContributionKind, registry: Registry, problems: Problems): Registered | undefined {
  const id = readText(node, problems);
  if (!isText(node)) return undefined;
  try {
    return registry.resolve(kind, id);
  } catch (error) {
    if (!(error instanceof ArchonError)) throw error;
    for (const diagnostic of error.diagnostics) problems.add(node, diagnostic);
    return undefined;
  }
}

function readOptions(node: Node | undefined, meta: ContributionMeta, problems: Problems): Options {
  const options: [string, JsonValue][] = [];
  for (const [name, { key, value }] of readEntries(node, problems)) {
    const unknown = unknownOption(meta, name);
    if (unknown !== undefined) problems.add(key, unknown);
    else reportBadOption(meta, name, toJson(value), value, problems);
    options.push([name, toJson(value)]);
  }
  return Object.fromEntries(options);
}

function readAxes(node: Node | undefined, meta: ContributionMeta, given: Options, problems: Problems) {
  const axes: [string, readonly JsonValue[]][] = [];
  for (const [name, { key, value }] of readEntries(node, problems)) {
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
  if (bad !== undefined) problems.add(descend(node, bad.within), bad.problem);
  return bad !== undefined;
}
