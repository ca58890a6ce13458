import { checkGrammar } from './check-grammar.js';
import { DEFAULT_SEED, PLUGIN_LIST, type JsonSchema } from './grammar-parts.js';
import { GRAMMARS } from './grammars.js';
import { withDocuments, type Documents } from './documents.js';
import { isText, itemsOf, toJson, valueAt, type Node } from './nodes.js';
import type { Problems, Subject } from './problems.js';
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

/** Parses a text that must hold something, with its documents in place, and reports where it is not as its grammar has it. */
export function readDocument(text: string, file: string, subject: Subject, documents: Documents): ParsedText {
  const { root, problems } = readYaml(text, file, subject);
  requireContent(root, subject, problems);
  const tree = withDocuments(root, documents, problems);
  return { root: checked(tree, GRAMMARS[subject], problems), problems };
}

function requireContent(root: Node, subject: Subject, problems: Problems): void {
  if (root.kind === 'scalar' && root.value === null) {
    problems.stop(root, {
      code: 'ARCHON_SWEEP_EMPTY',
      message: `the file holds no ${subject}`,
      expected: `a map with the keys of ${subject === 'sweep' ? 'a sweep' : 'an experiment'}`,
    });
  }
}

function checked(root: Node, grammar: JsonSchema, problems: Problems): Node {
  checkGrammar(root, grammar, problems);
  const named = itemsOf(valueAt(root, 'plugins')).filter((node) => isText(node) && node.value !== '');
  reportDuplicates(
    named.map((node) => ({ value: toJson(node), node })),
    problems,
  );
  return root;
}

/**
 * Reads only `plugins`, which must be loaded before the rest of a sweep or an experiment can be checked.
 *
 * @returns package names, in the order listed; empty when the text names none
 * @throws ArchonError when the text is not YAML, not a map, or the list is wrong
 */
export function readPluginList(text: string, file: string, subject: Subject = 'sweep'): readonly string[] {
  const { root, problems } = readYaml(text, file, subject);
  requireContent(root, subject, problems);
  checked(root, PLUGIN_LIST, problems);
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
