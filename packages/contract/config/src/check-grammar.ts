import { Ajv } from 'ajv';
import type { JsonSchema } from './grammar-parts.js';
import { PART_WORDS, VALUE_WORDS, type GrammarPart } from './grammar-words.js';
import { pathTo, stepsOf, toJson, type Node } from './nodes.js';
import type { Problems } from './problems.js';
import { nameOf } from './report.js';

/** The grammars are ours: that they are schemas need not be checked. */
const ajv = new Ajv({
  allErrors: true,
  verbose: true,
  strict: false,
  validateSchema: false,
  meta: false,
  code: { optimize: false },
});

/** Reports all that a document has against a grammar; {@link Problems.isSound} tells which nodes may be read all the same. */
export function checkGrammar(root: Node, grammar: JsonSchema, problems: Problems): void {
  const validate = ajv.compile(grammar);
  if (validate(toJson(root))) return;
  const refused = new Set<Node>();
  for (const { keyword, instancePath, schemaPath, params, parentSchema } of validate.errors ?? []) {
    if (schemaPath.includes('/anyOf/')) continue; // the anyOf itself says it
    const path = pathTo(root, stepsOf(instancePath));
    problems.markUnsound(path);
    const node = path.at(-1) ?? root;
    const { missingProperty, additionalProperty } = params as Readonly<Record<string, string | undefined>>;
    const key = missingProperty ?? additionalProperty ?? '';
    const mistake = { node, name: nameOf(node, problems), schema: parentSchema as GrammarPart, key };
    const part = PART_WORDS[keyword]?.(mistake);
    if (part !== undefined) problems.add(...part);
    const value = refused.has(node) ? undefined : VALUE_WORDS[keyword]?.(mistake);
    if (value === undefined) continue;
    refused.add(node);
    problems.add(node, value);
  }
}
