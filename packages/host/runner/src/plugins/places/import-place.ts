import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { modulesBelow } from './syntax-error.js';
import type { Place } from './source-map.js';

/** What a module imports: `from 'x'`, `import 'x'`, `import('x')`. */
const IMPORT = /\b(?:from|import)\s*\(?\s*(['"])([^'"\n]+)\1/g;

/** Where a file imports something, by what Node says of it. */
export function importPlace(message: string, root: string): Place | undefined {
  const [, name = '', file = ''] = /^Cannot find (?:module|package) '([^']+)' imported from (.+)$/m.exec(message) ?? [];
  if (file !== '') return placeIn(file, (specifier, url) => leadsTo(specifier, url, name));
  const [, target] = /^Module "(file:[^"]+)" needs an import (?:attribute|assertion)/m.exec(message) ?? [];
  if (target === undefined) return undefined;
  for (const importer of modulesBelow(root)) {
    const place = placeIn(importer, (specifier, url) => resolved(specifier, url) === target);
    if (place !== undefined) return place;
  }
  return undefined;
}

/** Whether a specifier leads to a package, or to a file by its path or URL. */
function leadsTo(specifier: string, from: string, name: string): boolean {
  if (specifier === name || specifier.startsWith(`${name}/`)) return true;
  const url = resolved(specifier, from);
  return url !== undefined && [name, pathToFileURL(name).href].includes(url);
}

function resolved(specifier: string, from: string): string | undefined {
  return /^\.{0,2}\//.test(specifier) ? new URL(specifier, from).href : undefined;
}

/** The first import of a file that fits, at its specifier; the start of the file when none does. */
function placeIn(file: string, fits: (specifier: string, url: string) => boolean): Place | undefined {
  try {
    const text = readFileSync(file, 'utf8');
    const url = pathToFileURL(file).href;
    for (const found of text.matchAll(IMPORT)) {
      const [whole, , specifier = ''] = found;
      if (fits(specifier, url)) return placeAt(file, text, found.index + whole.indexOf(specifier) - 1);
    }
  } catch {
    // A file that is gone imports nothing.
  }
  return undefined;
}

/** The line and column of an offset in a text. */
export function placeAt(file: string, text: string, offset: number): Place {
  const before = text.slice(0, offset).split('\n');
  return { file, line: before.length, column: (before.at(-1) ?? '').length + 1 };
}
