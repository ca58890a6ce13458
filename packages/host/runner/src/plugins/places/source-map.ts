import { readFileSync } from 'node:fs';
import { SourceMap } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** A place in a file; line and column count from 1. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

type Payload = ConstructorParameters<typeof SourceMap>[0];

interface LoadedMap {
  readonly url: string;
  readonly sourceRoot: string;
  readonly map: SourceMap;
}

/** Maps are read when the first error comes out of a file, so they cost nothing where nothing goes wrong. */
const maps = new Map<string, LoadedMap | undefined>();

/** A line of a stack: `at NAME (FILE:LINE:COLUMN)`, with or without a name. */
const FRAME = /^(\s+at (?:async )?(?:[^(\n]*\()?)((?:file:\/\/|\/|[A-Za-z]:[\\/])[^\n]*?):(\d+):(\d+)(\)?)$/gm;

/** A stack with places in the sources of files that have source maps. */
export function sourceStack(stack: string): string {
  return stack.replace(FRAME, (found: string, head: string, path: string, ...more: readonly string[]) => {
    const [line, column, tail = ''] = more;
    const at = { file: pathOf(path), line: Number(line), column: Number(column) };
    const source = sourcePlace(at);
    return source === at ? found : `${head}${source.file}:${String(source.line)}:${String(source.column)}${tail}`;
  });
}

/** The places of a stack, the last call first. */
export function stackPlaces(stack: string): readonly Place[] {
  return [...stack.matchAll(FRAME)].map(([, , path = '', line, column]) => ({
    ...{ file: pathOf(path), line: Number(line), column: Number(column) },
  }));
}

/** Where a place of a built file is in its source; the place itself without a source map. */
export function sourcePlace(at: Place): Place {
  const loaded = mapOf(at.file);
  const entry = loaded?.map.findEntry(at.line - 1, at.column - 1);
  if (loaded === undefined || entry === undefined || !('originalSource' in entry)) return at;
  const { originalSource, originalLine, originalColumn } = entry;
  try {
    const file = fileURLToPath(new URL(loaded.sourceRoot + originalSource, loaded.url));
    return { file, line: originalLine + 1, column: originalColumn + 1 };
  } catch {
    return at; // a source that is no file
  }
}

/** A path, also of a `file:` URL. */
export function pathOf(path: string): string {
  try {
    return path.startsWith('file:') ? fileURLToPath(path) : path;
  } catch {
    return path;
  }
}

function mapOf(file: string): LoadedMap | undefined {
  if (!maps.has(file)) maps.set(file, readMap(file));
  return maps.get(file);
}

/** The map that a file names, beside it or inside it; nothing when there is none that can be read. */
function readMap(file: string): LoadedMap | undefined {
  try {
    const [, named] = /\n\/\/# sourceMappingURL=(\S+)\s*$/.exec(readFileSync(file, 'utf8')) ?? [];
    if (named === undefined) return undefined;
    const url = new URL(named, pathToFileURL(file));
    const [, data] = /^data:application\/json[^,]*;base64,(.*)$/s.exec(named) ?? [];
    const text = data === undefined ? readFileSync(url, 'utf8') : Buffer.from(data, 'base64').toString();
    const payload = JSON.parse(text) as Partial<Payload>;
    const sourceRoot = payload.sourceRoot ? `${payload.sourceRoot}/` : '';
    // Sources are resolved here: Node would put the root before them as it is.
    const map = new SourceMap({ ...(payload as Payload), sourceRoot: '' });
    return { url: data === undefined ? url.href : pathToFileURL(file).href, sourceRoot, map };
  } catch {
    return undefined;
  }
}
