import { fail, type LayerRecord } from '@archon-dse/core';
import { MOST_RESULT, NotPlain, plainCopy } from './plain-copy.js';

/** The most characters of all texts of a record, and of what executions found: it crosses threads, and is a line of the journal. */
export const MOST_RECORD = 2 ** 26;

/**
 * What a plugin returned, as frozen plain data.
 *
 * @param what - what it should be, e.g. `the network`
 * @param most - characters of JSON, about
 * @throws ArchonError ARCHON_RESULT_INVALID when it is more than plain data, or too large
 */
export function copyReturned<T>(value: unknown, what: string, most = MOST_RESULT): T {
  if (typeof value !== 'object' || value === null) {
    return fail({
      code: 'ARCHON_RESULT_INVALID',
      message: `${what} is ${value === null ? 'null' : `a value of type ${typeof value}`}`,
      expected: 'an object or a list of plain data',
    });
  }
  try {
    return plainCopy(value, '', most) as T;
  } catch (error) {
    if (!(error instanceof NotPlain)) throw error;
    return fail({
      code: 'ARCHON_RESULT_INVALID',
      message: `${what}: ${error.message}`,
      expected: error.expected,
      ...(error.path === '' ? {} : { path: error.path }),
    });
  }
}

/**
 * @param nameLength - characters of the names of components in all layers
 * @throws ArchonError ARCHON_RESULT_INVALID when the texts of a record, or what executions found, are too long to keep
 */
export function requireSize(layers: readonly LayerRecord[], nameLength: number): void {
  let characters = nameLength;
  for (const { name, block, role, phase = '', mapping = '', tiles = '', notes, execution } of layers) {
    characters += name.length + block.length + role.length + phase.length + mapping.length + tiles.length;
    if (notes !== undefined) for (const note of notes) characters += note.length;
    if (execution !== undefined) characters += JSON.stringify(execution).length;
  }
  if (characters <= MOST_RECORD) return;
  fail({
    code: 'ARCHON_RESULT_INVALID',
    message: `the result holds ${String(characters)} characters`,
    expected: `at most ${String(MOST_RECORD)}`,
  });
}
