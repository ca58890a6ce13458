import type { JsonValue } from '@archon-dse/core';
import { toJson } from './nodes.js';
import { readYaml } from './yaml-nodes.js';

/**
 * The value of `--set name=TEXT`, by the rules of YAML: `4` is a number, `true` a boolean, `"4"` text, `[1, 2]` a list.
 *
 * @throws ArchonError ARCHON_YAML_SYNTAX located in `--set`
 */
export function parseSetValue(text: string): JsonValue {
  return toJson(readYaml(text, '--set').root);
}
