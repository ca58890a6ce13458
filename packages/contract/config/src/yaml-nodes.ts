import {
  isAlias,
  isMap,
  isNode,
  isPair,
  isScalar,
  isSeq,
  parseDocument,
  type Alias,
  type Node as YamlNode,
  type Pair,
  type YAMLMap,
} from 'yaml';
import { fail } from '@archon-dse/core';
import type { Entry, Node } from './nodes.js';
import { Problems, type Place, type Subject } from './problems.js';
import { Source, type Span } from './source.js';

/** A parsed text: its root node, and a fresh collector of what is wrong with it. */
export interface ParsedText {
  readonly root: Node;
  readonly problems: Problems;
}

/** Our words where the library's do not speak to someone who writes a sweep. */
const SYNTAX_WORDS: Readonly<Record<string, string>> = {
  MULTIPLE_DOCS: 'a second YAML document starts here; a file is a single document',
  RESOURCE_EXHAUSTION: 'the text is nested too deeply',
};

/**
 * Parses YAML 1.2 with anchors, aliases and merge keys into located nodes.
 *
 * @param path - of the root, where the text stands in the place of a value of another one
 * @param tags - local tags such as `!Component` that may stand before values; any other is a mistake
 * @throws ArchonError ARCHON_YAML_SYNTAX for what YAML or JSON data cannot be: syntax, duplicate keys, unknown anchors or tags, NaN; and
 *   for a text that would take minutes to read
 */
export function readYaml(
  text: string,
  file: string,
  subject: Subject = 'sweep',
  path = '',
  tags: readonly string[] = [],
): ParsedText {
  const plain = text.replace(/^\uFEFF/, '');
  if (plain.length > MOST_CHARACTERS) {
    fail({
      code: 'ARCHON_YAML_SYNTAX',
      message: `"${file}" has ${String(plain.length)} characters`,
      expected: `at most ${String(MOST_CHARACTERS)}`,
      hint: 'Long lists of values are shorter as a range: { from, to, step }.',
    });
  }
  const document = parseDocument(plain, { prettyErrors: false, uniqueKeys: false, merge: true });
  const source = new Source(file, plain);
  const problems = new Problems(source, subject);
  const reportedLines = new Set<number>();
  for (const { code, message, pos } of [...document.errors, ...document.warnings]) {
    const span = { start: pos[0], end: pos[1] };
    if (code === 'TAG_RESOLVE_FAILED' && tags.includes(plain.slice(span.start, span.end))) continue;
    const { line } = source.locate(span);
    if (reportedLines.has(line)) continue;
    if (reportedLines.size === MOST_LINES) break; // locating each of a hundred thousand would take minutes
    reportedLines.add(line);
    problems.add({ path: '', span }, { code: 'ARCHON_YAML_SYNTAX', message: SYNTAX_WORDS[code] ?? message });
  }
  problems.throwIfAny();
  const root = new NodeReader(problems, source).read(document.contents, { path, span: { start: 0, end: 0 } });
  problems.throwIfAny();
  return { root, problems };
}

/** Lines with mistakes of syntax that are looked at. */
const MOST_LINES = 20;
const DEEPEST = 64;
const MOST_NODES = 100_000;
/** A library for people's texts reads about so many in a second or two. */
const MOST_CHARACTERS = 2 ** 20;

/** Turns the library's tree into ours, following aliases; bounded, so that no text can make it run away. */
class NodeReader {
  private readonly problems: Problems;
  /** The latest node with each anchor, in the order of the text. */
  private readonly anchors = new Map<string, YamlNode>();
  private readonly targets = new Map<Alias, YamlNode>();
  private readonly following = new Set<YamlNode>();
  private nodes = 0;

  private readonly source: Source;

  constructor(problems: Problems, source: Source) {
    this.problems = problems;
    this.source = source;
  }

  /** @param place - path of the value and the text of its key, which also stands for values without any text */
  read(value: unknown, place: Place, depth = 0): Node {
    const span = spanOf(value) ?? place.span;
    const at: Place = { path: place.path, span, source: this.source };
    const located = { ...at, label: place.span, ...tagOf(value) };
    this.nodes += 1;
    if (depth > DEEPEST) return this.stop(at, `nested more than ${String(DEEPEST)} levels deep`);
    if (this.nodes > MOST_NODES)
      return this.stop(at, `the text makes more than ${String(MOST_NODES)} values, those of aliases included`);
    if (isNode(value) && value.anchor && this.following.size === 0) this.anchors.set(value.anchor, value);
    if (isAlias(value)) return { ...this.follow(value, at, place, depth), span };
    if (isSeq(value)) {
      return { ...located, kind: 'list', items: value.items.map((item, i) => this.item(item, i, at, depth + 1)) };
    }
    if (isMap(value)) {
      const entries = this.entries(value, at, depth + 1);
      const [first] = entries.values();
      return { ...located, label: depth === 0 && first ? first.key.span : place.span, kind: 'map', entries };
    }
    return { ...located, kind: 'scalar', value: this.scalar(isScalar(value) ? value.value : value, at) };
  }

  /** Reads what an alias repeats. Text is read in order first, so an alias met again below another one has its target already. */
  private follow(alias: Alias, at: Place, place: Place, depth: number): Node {
    const target = this.targets.get(alias) ?? this.anchors.get(alias.source);
    if (target === undefined || this.following.has(target)) {
      const wrong = target ? `stands inside what it repeats` : `has no anchor &${alias.source} before it`;
      this.syntax(at, `the alias *${alias.source} ${wrong}`);
      return { ...at, label: place.span, kind: 'scalar', value: null };
    }
    this.targets.set(alias, target);
    this.following.add(target);
    const node = this.read(target, place, depth + 1);
    this.following.delete(target);
    return node;
  }

  private item(item: unknown, index: number, list: Place, depth: number): Node {
    const path = `${list.path}[${String(index)}]`;
    return this.read(item, { path, span: spanOf(item) ?? list.span }, depth);
  }

  private entries(map: YAMLMap, at: Place, depth: number): Map<string, Entry> {
    const own = new Map<string, Entry>();
    const merged: [string, Entry][] = [];
    for (const pair of map.items) {
      const span = spanOf(pair.key) ?? at.span;
      if (isScalar(pair.key) && typeof pair.key.value === 'symbol') {
        merged.push(...this.merge(pair, { path: at.path, span }, depth));
        continue;
      }
      const name = this.keyName(pair.key, { path: at.path, span });
      const key = { path: at.path === '' ? name : `${at.path}.${name}`, span, source: this.source };
      if (own.has(name)) this.syntax(key, `the key "${name}" is given twice in this map`, 'each key once');
      own.set(name, { key, value: this.read(pair.value, key, depth) });
    }
    for (const [name, entry] of merged) if (!own.has(name)) own.set(name, entry);
    return own;
  }

  /** The entries behind `<<: *map` or `<<: [*first, *second]`; the first map that has a key wins. */
  private merge(pair: Pair, at: Place, depth: number): [string, Entry][] {
    const value = this.read(pair.value, at, depth);
    const maps = value.kind === 'list' ? value.items : [value];
    return maps.flatMap((map) => {
      if (map.kind === 'map') return [...map.entries];
      this.syntax(map, 'a merge key "<<" needs a map, or a list of maps');
      return [];
    });
  }

  private keyName(key: unknown, at: Place): string {
    const node = this.read(key, at, 1);
    if (node.kind === 'scalar' && node.value !== null) return String(node.value);
    this.syntax(at, 'a key must be a word', 'a key of plain text');
    return '';
  }

  private scalar(value: unknown, at: Place): string | number | boolean | null {
    if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
    if (typeof value === 'number' && Number.isFinite(value)) return value + 0;
    const shown = typeof value === 'number' ? `${String(value)} is not a value` : 'this tag makes a value';
    this.syntax(at, `${shown} that JSON can carry`, 'text, a finite number, true, false, null, a list or a map');
    return null;
  }

  private syntax(at: Place, message: string, expected?: string): void {
    this.problems.add(at, { code: 'ARCHON_YAML_SYNTAX', message, ...(expected === undefined ? {} : { expected }) });
  }

  private stop(at: Place, message: string): never {
    this.problems.stop(at, { code: 'ARCHON_YAML_SYNTAX', message });
  }
}

/** The local tag of a value, if it has one. */
function tagOf(value: unknown): { readonly tag?: string } {
  const tag = isNode(value) && !isAlias(value) ? value.tag : undefined;
  return tag?.startsWith('!') ? { tag } : {};
}

/** The text of a value, or nothing where YAML leaves it out, as after `key:`. */
function spanOf(value: unknown): Span | undefined {
  const node = isPair(value) ? value.key : value;
  const range = (node as { readonly range?: readonly number[] | null } | null | undefined)?.range;
  const [start, end] = range ?? [];
  return start === undefined || end === undefined || end <= start ? undefined : { start, end };
}
