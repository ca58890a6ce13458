import { createHash } from 'node:crypto';
import { createReadStream, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { attemptFile, fail } from '@archon-dse/core';

/** A folder that holds more than this is none that somebody means, such as a home folder. */
const MOST_ENTRIES = 100_000;

/** What a file or folder held, and a text that changes whenever it is written to. */
export interface Digest {
  readonly sha256: string;
  readonly stamp: string;
}

const SMALL_BYTES = 2 ** 20;

const known = new Map<string, Digest>();

/**
 * SHA-256 of a file; remembered while its size, times and inode stay.
 *
 * @throws ArchonError ARCHON_FILE_NOT_FOUND or ARCHON_FILE_REFUSED
 */
export async function digestFile(path: string): Promise<Digest> {
  return attemptFile({ path, doing: 'read' }, () => digestNow(path));
}

async function digestNow(path: string): Promise<Digest> {
  const stamp = stampFile(path);
  const before = known.get(path);
  if (before?.stamp === stamp) return before;
  const digest = { sha256: await hashFile(path), stamp };
  known.set(path, digest);
  return digest;
}

/** Most files are small and read in one go. */
async function hashFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  if (statSync(path).size <= SMALL_BYTES) hash.update(readFileSync(path));
  else await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}

/**
 * SHA-256 of the names and contents of the files in a folder, at any depth, those beginning with a dot left out.
 *
 * @param endings - of the names that count; all unless given
 * @throws ArchonError ARCHON_BAD_OPTION for a folder of very many files, ARCHON_FILE_*
 */
export async function digestFolder(folder: string, endings?: readonly string[]): Promise<Digest> {
  return digestFiles(
    folder,
    attemptFile({ path: folder, doing: 'listed' }, () => listFiles(folder, endings)),
  );
}

/** SHA-256 of the names and contents of files in a folder, in the order given. */
export async function digestFiles(folder: string, names: readonly string[]): Promise<Digest> {
  const hash = createHash('sha256');
  const stamps: string[] = [];
  for (const name of names) {
    const { sha256, stamp } = await digestFile(join(folder, name));
    hash.update(`${sha256}  ${name}\n`);
    stamps.push(`${name} ${stamp}`);
  }
  return { sha256: hash.digest('hex'), stamp: stamps.join('\n') };
}

/** The stamp that {@link digestFile} would give now. */
export function stampFile(path: string): string {
  const { size, mtimeNs, ctimeNs, ino } = statSync(path, { bigint: true });
  return [size, mtimeNs, ctimeNs, ino].join(' ');
}

/** The stamp that {@link digestFolder} would give now. */
export function stampFolder(folder: string, endings?: readonly string[]): string {
  return listFiles(folder, endings)
    .map((name) => `${name} ${stampFile(join(folder, name))}`)
    .join('\n');
}

/** Paths from the folder, with `/`, sorted by code unit; links are followed, but not round in circles. */
function listFiles(folder: string, endings: readonly string[] | undefined): readonly string[] {
  const files: string[] = [];
  let seen = 0;
  const visit = (below: string, above: readonly string[]): void => {
    const real = realpathSync(join(folder, below));
    if (above.includes(real)) return;
    for (const name of readdirSync(real).filter((entry) => !entry.startsWith('.'))) {
      if ((seen += 1) > MOST_ENTRIES) tooMany(folder);
      const path = below === '' ? name : `${below}/${name}`;
      const entry = statSync(join(real, name), { throwIfNoEntry: false });
      if (entry?.isDirectory() === true) visit(path, [...above, real]);
      else if (entry?.isFile() === true && (endings ?? ['']).some((ending) => name.endsWith(ending))) files.push(path);
    }
  };
  visit('', []);
  return files.sort();
}

function tooMany(folder: string): never {
  return fail({
    code: 'ARCHON_BAD_OPTION',
    message: `"${folder}" holds more than ${MOST_ENTRIES.toLocaleString('en')} files and folders`,
    expected: 'a folder of data',
  });
}
