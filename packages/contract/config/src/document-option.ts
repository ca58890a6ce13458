import { own, type ContributionMeta, type JsonValue } from '@archon-dse/core';
import { reportBadOption } from './candidates.js';
import { documentAt, type Documents } from './documents.js';
import { isText, toJson } from './nodes.js';
import { readYaml } from './yaml-nodes.js';

/**
 * The content of the document that an option names on a command line, checked against the option's schema.
 *
 * @param given - what is given for the option; anything that is no text, and options that are no documents, come back as they are
 * @throws ArchonError ARCHON_FILE_NOT_FOUND, or what is wrong with the document, located in it
 */
export function readOptionDocument(
  meta: ContributionMeta,
  option: string,
  given: JsonValue,
  read: Documents['read'],
): JsonValue {
  const schema = own(meta.options, option);
  if (schema?.document === undefined || typeof given !== 'string') return given;
  const { root, problems } = readYaml(JSON.stringify(given), `--set ${option}`);
  const node = isText(root) ? documentAt(root, schema, read, problems) : root;
  problems.throwIfAny();
  reportBadOption(meta, option, schema, { value: toJson(node), node }, problems);
  problems.throwIfAny();
  return toJson(node);
}
