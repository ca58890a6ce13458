import { fail, type Component } from '@archon-dse/core';
import { MOST_SELF_DESCRIPTION } from './plain-copy.js';
import { copyReturned } from './returned.js';

const LISTED = 'the list of components';
/** Names are members of tables and parts of messages. */
const LONGEST_NAME = 200;

/**
 * The hardware that an accelerator lists, as frozen plain data. Values of attributes are not checked: that is for their classes.
 *
 * @throws ArchonError ARCHON_RESULT_INVALID when it is no list of components
 */
export function copyComponents(returned: unknown): readonly Component[] {
  const listed = copyReturned<unknown>(returned, LISTED, MOST_SELF_DESCRIPTION);
  if (!Array.isArray(listed)) return complain(LISTED, 'no list', 'a list of components');
  (listed as readonly unknown[]).forEach(requireComponent);
  return listed as readonly Component[];
}

function requireComponent(entry: unknown, index: number): void {
  const path = `components[${String(index)}]`;
  if (!isObject(entry)) return complain(path, 'no object', 'a component: name, class, attributes and instances');
  for (const member of ['name', 'class']) {
    const text = entry[member];
    if (typeof text !== 'string') complain(`${path}.${member}`, 'no text', 'a text');
    else if (text.length > LONGEST_NAME) {
      complain(`${path}.${member}`, `${String(text.length)} characters long`, `at most ${String(LONGEST_NAME)}`);
    }
  }
  if (!isObject(entry['attributes'])) complain(`${path}.attributes`, 'no object', 'an object of attributes');
  const { instances } = entry;
  if (Number.isFinite(instances) && Number(instances) >= 0) return;
  complain(`${path}.instances`, typeof instances === 'number' ? String(instances) : 'no number', 'a number >= 0');
}

function complain(path: string, found: string, expected: string): never {
  return fail({ code: 'ARCHON_RESULT_INVALID', message: `${path} is ${found}`, expected });
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
