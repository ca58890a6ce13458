import { randomBytes } from 'node:crypto';
import { renameSync, rmSync, writeFileSync } from 'node:fs';

/**
 * Replaces a file in one step, whoever reads it meanwhile. For what others may like to know and nothing depends on: where it cannot be
 * written the file stays as it was.
 */
export function writeAdvice(file: string, text: string): void {
  const aside = `${file}.${randomBytes(4).toString('hex')}`; // others may be writing it too
  try {
    writeFileSync(aside, text);
    renameSync(aside, file);
  } catch {
    removeAdvice(aside);
  }
}

/** Deletes such a file, where it can be. */
export function removeAdvice(file: string): void {
  try {
    rmSync(file, { force: true });
  } catch {
    // nobody depends on its being gone
  }
}
