import {
  ArchonError,
  CHOICE_KINDS,
  didYouMean,
  own,
  type ChoiceKind,
  type JsonValue,
  type MemberSchema,
  type Registry,
} from '@archon-dse/core';
import { entriesOf, isText, valueAt, type Node, type TextNode } from './nodes.js';
import type { Place, Problems } from './problems.js';
import { readYaml } from './yaml-nodes.js';

/** The file that an option names as its document. */
export interface DocumentText {
  /** Its name for locations. */
  readonly file: string;
  readonly text: string;
}

/** What is needed to put documents where options name them. */
export interface Documents {
  readonly registry: Registry;
  /** Reads a file by its path as the sweep has it; nothing where there is none. @throws ArchonError where there is, and it cannot be read */
  readonly read: (path: string) => DocumentText | undefined;
}

/** Where no file is read: documents go by their names alone. */
export const NO_FILES: Documents['read'] = () => undefined;

type Change = (node: Node) => Node;

/** The tree of a text with documents in place of the paths and names that options have, so that all that follows sees data. */
export function withDocuments(root: Node, { registry, read }: Documents, problems: Problems): Node {
  const documentOf = (schema: MemberSchema) => (node: Node) => {
    return isText(node) ? documentAt(node, schema, read, problems) : node;
  };
  const entry =
    (kind: ChoiceKind): Change =>
    (node) =>
      optionsWithDocuments(kind, registry, valueAt(node, 'use')).reduce((changed, [name, schema]) => {
        const fixed = at(changed, ['options', name], documentOf(schema));
        return at(fixed, ['axes', name], eachItem(documentOf(schema)));
      }, node);
  const kinds = Object.keys(CHOICE_KINDS) as ChoiceKind[];
  const entries = kinds.reduce((tree, kind) => {
    return at(at(tree, [CHOICE_KINDS[kind]], eachItem(entry(kind))), [kind], entry(kind));
  }, root);
  return kinds.reduce((tree, kind) => {
    const settings = optionsWithDocuments(kind, registry).map(
      ([name, schema]) => [`${kind}.options.${name}`, schema] as const,
    );
    return settings.reduce((one, [path, schema]) => at(one, ['refine', 'set', path], documentOf(schema)), tree);
  }, entries);
}

/** Options that may be documents: of the contribution that `use` names, or of all of a kind. */
function optionsWithDocuments(
  kind: ChoiceKind,
  registry: Registry,
  use?: Node,
): readonly (readonly [string, MemberSchema])[] {
  const named = registry.list(kind).filter(({ id, contribution: { meta } }) => {
    return use === undefined || (isText(use) && [id, meta.name].includes(use.value));
  });
  return named.flatMap(({ contribution: { meta } }) => {
    return Object.entries(meta.options).filter(([, schema]) => schema.document === true);
  });
}

/** A tree with something else at the end of a path of keys; the very tree where there is no such path. */
function at(node: Node, [key, ...rest]: readonly string[], change: Change): Node {
  if (key === undefined) return change(node);
  const found = node.kind === 'map' ? node.entries.get(key) : undefined;
  if (node.kind !== 'map' || found === undefined) return node;
  return { ...node, entries: new Map([...entriesOf(node), [key, { ...found, value: at(found.value, rest, change) }]]) };
}

function eachItem(change: Change): Change {
  return (node) => (node.kind === 'list' ? { ...node, items: node.items.map(change) } : node);
}

/** The document in place of a text: one that goes by this name, or else the content of the file. */
export function documentAt(node: TextNode, schema: MemberSchema, read: Documents['read'], problems: Problems): Node {
  const named = own(schema.named ?? {}, node.value);
  if (named !== undefined) return nodeOf(named, node);
  try {
    const found = read(node.value);
    if (found !== undefined) return readYaml(found.text, found.file, problems.subject, node.path).root;
  } catch (error) {
    if (!(error instanceof ArchonError) || error.diagnostics.some(({ location }) => location !== undefined))
      throw error;
    for (const diagnostic of error.diagnostics) problems.add(node, diagnostic);
    return nodeOf(schema.default ?? null, node);
  }
  const names = Object.keys(schema.named ?? {});
  const hint = didYouMean(node.value, names);
  problems.add(node, {
    code: 'ARCHON_FILE_NOT_FOUND',
    message: `there is no file "${node.value}"`,
    expected: [...names, 'a file in YAML or JSON, or its content as a map'].join(', '),
    ...(hint === undefined ? {} : { hint }),
  });
  return nodeOf(schema.default ?? null, node);
}

/** A value as nodes that all stand at one place. */
function nodeOf(value: JsonValue, place: Place & { readonly label: Place['span'] }): Node {
  const { path, span, label, source } = place;
  const here = { path, span, label, ...(source === undefined ? {} : { source }) };
  if (Array.isArray(value))
    return { ...here, kind: 'list', items: value.map((item: JsonValue) => nodeOf(item, place)) };
  if (typeof value !== 'object' || value === null) return { ...here, kind: 'scalar', value: value as string };
  const entries = Object.entries(value as Readonly<Record<string, JsonValue>>);
  return {
    ...here,
    kind: 'map',
    entries: new Map(entries.map(([name, one]) => [name, { key: here, value: nodeOf(one, place) }])),
  };
}
