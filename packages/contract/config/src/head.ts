import { isText, type Node } from './nodes.js';
import type { Problems, Subject } from './problems.js';
import { readInteger, readItems, readOneOf, readText, reportDuplicates, reportType, reportValue } from './readers.js';
import { readYaml, type ParsedText } from './yaml-nodes.js';

/** Keys that sweeps and experiments share. */
export const HEAD_KEYS = { required: ['apiVersion', 'name'], optional: ['description', 'plugins', 'seed'] } as const;
/** Largest seed, and the seed of a text that gives none. */
export const MOST_SEED = 2 ** 32 - 1;
export const DEFAULT_SEED = 1;
/** Names end up in file names: no blanks, no separators. */
export const NAME_PATTERN = '^[A-Za-z0-9][A-Za-z0-9._-]*$';

export interface Head {
  readonly apiVersion: 'archon/v1';
  readonly name: string;
  readonly description?: string;
  readonly plugins: readonly string[];
  readonly seed: number;
}

type HeadKey = (typeof HEAD_KEYS.required)[number] | (typeof HEAD_KEYS.optional)[number];

/** Parses a text that must hold something. */
export function readDocument(text: string, file: string, subject: Subject): ParsedText {
  const parsed = readYaml(text, file, subject);
  const { root, problems } = parsed;
  if (root.kind !== 'scalar' || root.value !== null) return parsed;
  return problems.stop(root, {
    code: 'ARCHON_SWEEP_EMPTY',
    message: `the file holds no ${subject}`,
    expected: `a map with the keys of ${subject === 'sweep' ? 'a sweep' : 'an experiment'}`,
  });
}

/** Reads what sweeps and experiments begin with; defaults filled in. */
export function readHead(fields: { readonly [K in HeadKey]?: Node }, problems: Problems): Head {
  return {
    apiVersion: fields.apiVersion ? readOneOf(fields.apiVersion, ['archon/v1'], problems) : 'archon/v1',
    name: readName(fields.name, problems),
    ...(fields.description ? { description: readText(fields.description, problems) } : {}),
    plugins: readPlugins(fields.plugins, problems),
    seed: fields.seed ? readInteger(fields.seed, 0, MOST_SEED, problems) : DEFAULT_SEED,
  };
}

/**
 * Reads only `plugins`, which must be loaded before the rest of a sweep or an experiment can be checked.
 *
 * @returns package names, in the order listed; empty when the text names none
 * @throws ArchonError when the text is not YAML, not a map, or the list is wrong
 */
export function readPluginList(text: string, file: string, subject: Subject = 'sweep'): readonly string[] {
  const { root, problems } = readDocument(text, file, subject);
  if (root.kind !== 'map') reportType(root, 'a map', problems);
  const node = root.kind === 'map' ? root.entries.get('plugins')?.value : undefined;
  const plugins = readPlugins(node, problems);
  problems.throwIfAny();
  return plugins;
}

/**
 * What a text describes: only an experiment says what kind it is.
 *
 * @throws ArchonError ARCHON_YAML_SYNTAX
 */
export function readKind(text: string, file: string): Subject {
  const { root } = readYaml(text, file);
  return root.kind === 'map' && root.entries.has('kind') ? 'experiment' : 'sweep';
}

function readName(node: Node | undefined, problems: Problems): string {
  const name = readText(node, problems);
  if (isText(node) && !new RegExp(NAME_PATTERN).test(name)) {
    reportValue(node, 'letters, digits, dots, hyphens and underscores; the name is used for files', problems);
  }
  return name;
}

function readPlugins(node: Node | undefined, problems: Problems): readonly string[] {
  const items = readItems(node, problems);
  const names = items.map((item) => readText(item, problems));
  for (const item of items) {
    if (item.kind === 'scalar' && item.value === '') reportValue(item, 'the name of a package', problems);
  }
  const given = items.map((node, i) => ({ value: names[i] ?? '', node })).filter(({ value }) => value !== '');
  reportDuplicates(given, problems);
  return names;
}
