import { fail, type Accelerator, type Component } from '@archon-dse/core';
import { copyReturned } from './returned.js';

const LISTED = 'the list of components';

/**
 * The hardware that an accelerator lists, as frozen plain data. Values of attributes are not checked: that is for their classes.
 *
 * @throws ArchonError ARCHON_RESULT_INVALID when it is no list of components
 */
export function listComponents(accelerator: Accelerator): readonly Component[] {
  const listed = copyReturned<unknown>(accelerator.components(), LISTED);
  if (!Array.isArray(listed)) return complain(LISTED, 'no list', 'a list of components');
  (listed as readonly unknown[]).forEach(requireComponent);
  return listed as readonly Component[];
}

function requireComponent(entry: unknown, index: number): void {
  const path = `components[${String(index)}]`;
  if (!isObject(entry)) return complain(path, 'no object', 'a component: name, class, attributes and instances');
  for (const member of ['name', 'class']) {
    if (typeof entry[member] !== 'string') complain(`${path}.${member}`, 'no text', 'a text');
  }
  if (!isObject(entry['attributes'])) complain(`${path}.attributes`, 'no object', 'an object of attributes');
}

function complain(path: string, found: string, expected: string): never {
  return fail({ code: 'ARCHON_RESULT_INVALID', message: `${path} is ${found}`, expected });
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
