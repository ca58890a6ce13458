import { own, type ContributionMeta, type Diagnostic, type JsonValue } from '@archon-dse/core';
import { reportBadOption } from './candidates.js';
import { documentAt, type Documents } from './documents.js';
import { isText, labelOf, pathTo, toJson } from './nodes.js';
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

/**
 * Where something in the document that an option names stands in its file.
 *
 * @param steps - to it from the document; the nearest thing around it is shown where it stands in no text
 * @returns nothing where the option is no document, or what is given for it is none with a file
 */
export function placeInDocument(
  meta: ContributionMeta,
  { option, given, steps }: { readonly option: string; readonly given: JsonValue; readonly steps: readonly string[] },
  read: Documents['read'],
): Pick<Diagnostic, 'location' | 'frame'> {
  const schema = own(meta.options, option);
  if (schema?.document === undefined || typeof given !== 'string' || own(schema.named ?? {}, given) !== undefined)
    return {};
  const { root, problems } = readYaml(JSON.stringify(given), `--set ${option}`);
  if (!isText(root)) return {};
  const found = pathTo(documentAt(root, schema, read, problems), steps).at(-1) ?? root;
  return problems.show(found.kind === 'map' ? labelOf(found) : found);
}
