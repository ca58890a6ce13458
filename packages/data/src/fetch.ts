import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fail } from '@archon-dse/core';
import { extract } from 'tar';
import { archiveUrl, OFFICIAL_BASE, type Archive } from './archives.js';
import { download, type DownloadProgress } from './download.js';

export interface FetchOptions {
  readonly archive: Archive;
  /** Folder that gets the archive's folder; created when missing. */
  readonly dir: string;
  /** Base URL instead of the official one. */
  readonly mirror?: string;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: DownloadProgress) => void;
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
 * @throws ArchonError ARCHON_DATA_DOWNLOAD or ARCHON_DATA_CHECKSUM; the signal's reason when aborted
 */
export async function fetchArchive(options: FetchOptions): Promise<FetchResult> {
  const { archive, dir, mirror = OFFICIAL_BASE, ...watch } = options;
  const folder = join(dir, archive.folder);
  if (existsSync(folder)) return { folder, fetched: false };
  await makeFolder(dir);
  const path = join(dir, archive.file);
  const url = archiveUrl(archive, mirror);
  await download({ url, path, bytes: archive.bytes, sha256: archive.sha256, ...watch });
  await unpack(path, archive, dir);
  await rm(path);
  return { folder, fetched: true };
}

async function makeFolder(dir: string): Promise<void> {
  try {
    await mkdir(dir, { recursive: true });
  } catch (error) {
    fail({
      code: 'ARCHON_DATA_DOWNLOAD',
      message: `nothing can be written to "${dir}": ${error instanceof Error ? error.message : String(error)}`,
      expected: 'a folder, or a path where one can be made',
    });
  }
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
    await rm(temporary, { recursive: true });
  }
}
