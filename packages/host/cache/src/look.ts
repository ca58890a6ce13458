import { readdirSync, statSync, type Stats } from 'node:fs';

/** What is in a folder of the cache; nothing where it cannot be listed. */
export function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** What is known of a file or folder; nothing where it cannot be looked at, or others have just deleted it. */
export function statOf(path: string): Stats | undefined {
  try {
    return statSync(path);
  } catch {
    return undefined;
  }
}
