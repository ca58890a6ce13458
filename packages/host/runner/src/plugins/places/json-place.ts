import { readFileSync } from 'node:fs';
import { placeAt } from './import-place.js';
import type { Place } from './source-map.js';

/** Where a JSON file does not parse, by what Node says of an import of it: the file, and how many characters are right. */
export function jsonPlace(message: string): Place | undefined {
  const [, file = '', position] = /^(.+?): .* in JSON at position (\d+)/.exec(message) ?? [];
  if (file === '') return undefined;
  try {
    return placeAt(file, readFileSync(file, 'utf8'), Number(position));
  } catch {
    return undefined;
  }
}
