import { statSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import type { DocumentText } from '@archon-dse/config';
import { readTextNow } from '@archon-dse/core/files';

/** Reads the documents that options name, each once: the file of a path that starts from a folder; nothing where there is none. */
export function documentReader(folder: string): (path: string) => DocumentText | undefined {
  const known = new Map<string, DocumentText>();
  return (path) => {
    const file = isAbsolute(path) ? path : join(folder, path);
    if (statSync(file, { throwIfNoEntry: false }) === undefined) return undefined;
    const found = known.get(file) ?? { file, text: readTextNow(file, 'a document in YAML or JSON') };
    known.set(file, found);
    return found;
  };
}
