import { existsSync } from 'node:fs';
import { mkdtemp, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { attemptFile, fail } from '@archon-dse/core';
import { makeFolder } from '@archon-dse/core/files';
import { extract } from 'tar';
import { OFFICIAL_BASE, type Archive } from './archives.js';
import { download, type DownloadWatch } from './download.js';
import { addressOf } from './download-url.js';

export interface FetchOptions extends DownloadWatch {
  readonly archive: Archive;
  /** Folder that gets the archive's folder; created when missing. */
  readonly dir: string;
  /** Base URL instead of the official one. */
  readonly mirror?: string;
}

export interface FetchResult {
  /** The unpacked folder. */
  readonly folder: string;
  /** False when it was there already. */
  readonly fetched: boolean;
}

/**
 * Fetches an archive, checks its size and hash, and unpacks it. The folder appears complete or not at all; the archive is deleted
 * afterwards. An interrupted download goes on with the next call.
 *
 * @throws ArchonError ARCHON_DATA_DOWNLOAD, ARCHON_DATA_CHECKSUM, ARCHON_FILE_REFUSED, ARCHON_DISK_FULL, ARCHON_USAGE for a mirror that is
 *   no URL; the signal's reason when aborted
 */
export async function fetchArchive(options: FetchOptions): Promise<FetchResult> {
  const { archive, dir, mirror = OFFICIAL_BASE, ...watch } = options;
  const folder = join(dir, archive.folder);
  if (existsSync(folder)) return { folder, fetched: false };
  const address = addressOf(mirror, archive.file);
  makeFolder(dir);
  const path = join(dir, archive.file);
  await download({ address, path, bytes: archive.bytes, sha256: archive.sha256, ...watch });
  await attemptFile({ path: dir, doing: 'written' }, () => unpack(path, archive, dir));
  await attemptFile({ path, doing: 'removed' }, () => rm(path));
  return { folder, fetched: true };
}

/** Unpacks beside the destination first, so that a crash leaves no half folder under the final name. */
async function unpack(path: string, archive: Archive, dir: string): Promise<void> {
  const temporary = await mkdtemp(join(dir, '.unpack-'));
  try {
    await extract({ file: path, cwd: temporary, strict: true });
    const unpacked = join(temporary, archive.folder);
    if (!existsSync(unpacked)) {
      fail({
        code: 'ARCHON_DATA_CHECKSUM',
        message: `"${archive.file}" holds no folder "${archive.folder}"`,
        expected: `the folder "${archive.folder}"`,
      });
    }
    await rename(unpacked, join(dir, archive.folder));
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}
