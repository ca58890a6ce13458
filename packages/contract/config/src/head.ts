import { checkGrammar } from './check-grammar.js';
import { DEFAULT_SEED, PLUGIN_LIST, type JsonSchema } from './grammar-parts.js';
import { GRAMMARS } from './grammars.js';
import { isText, itemsOf, toJson, valueAt } from './nodes.js';
import type { Subject } from './problems.js';
import { reportDuplicates } from './report.js';
import { readYaml, type ParsedText } from './yaml-nodes.js';

/** What sweeps and experiments begin with; defaults filled in. */
export interface Head {
  readonly apiVersion: 'archon/v1';
  readonly name: string;
  readonly description?: string;
  readonly plugins: readonly string[];
  readonly seed: number;
}

/** The head as the grammar has it. */
export type HeadText = Partial<Head> & Pick<Head, 'apiVersion' | 'name'>;

export function headOf({ apiVersion, name, description, plugins = [], seed = DEFAULT_SEED }: HeadText): Head {
  return { apiVersion, name, ...(description === undefined ? {} : { description }), plugins, seed };
}

/** Parses a text that must hold something, and reports where it is not as its grammar has it. */
export function readDocument(text: string, file: string, subject: Subject, grammar?: JsonSchema): ParsedText {
  const { root, problems } = readYaml(text, file, subject);
  if (root.kind === 'scalar' && root.value === null) {
    problems.stop(root, {
      code: 'ARCHON_SWEEP_EMPTY',
      message: `the file holds no ${subject}`,
      expected: `a map with the keys of ${subject === 'sweep' ? 'a sweep' : 'an experiment'}`,
    });
  }
  checkGrammar(root, grammar ?? GRAMMARS[subject], problems);
  const named = itemsOf(valueAt(root, 'plugins')).filter((node) => isText(node) && node.value !== '');
  reportDuplicates(
    named.map((node) => ({ value: toJson(node), node })),
    problems,
  );
  return { root, problems };
}

/**
 * Reads only `plugins`, which must be loaded before the rest of a sweep or an experiment can be checked.
 *
 * @returns package names, in the order listed; empty when the text names none
 * @throws ArchonError when the text is not YAML, not a map, or the list is wrong
 */
export function readPluginList(text: string, file: string, subject: Subject = 'sweep'): readonly string[] {
  const { root, problems } = readDocument(text, file, subject, PLUGIN_LIST);
  problems.throwIfAny();
  return itemsOf(valueAt(root, 'plugins')).map((node) => (isText(node) ? node.value : ''));
}

/**
 * What a text describes: only an experiment says what kind it is.
 *
 * @throws ArchonError ARCHON_YAML_SYNTAX
 */
export function readKind(text: string, file: string): Subject {
  const { root } = readYaml(text, file);
  return valueAt(root, 'kind') === undefined ? 'sweep' : 'experiment';
}
