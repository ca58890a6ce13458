import { pathOf, type Place } from './source-map.js';

/** How Node begins an error that it shows with its place: `FILE:LINE`, lines of code, and carets below the last of them. */
const DECORATED = /^(\S[^\n]*?):(\d+)\n(?:[^\n]*\n){1,3}?( *)\^+ *\n/;

/** The place that an error begins with, if it does. */
export function decoratedPlace(text: string): Place | undefined {
  const [, file, line, blanks = ''] = DECORATED.exec(text) ?? [];
  return file === undefined ? undefined : { file: pathOf(file), line: Number(line), column: blanks.length + 1 };
}
