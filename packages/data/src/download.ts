import { createHash, type Hash } from 'node:crypto';
import { createReadStream, existsSync, statSync } from 'node:fs';
import { open, rename, rm, type FileHandle } from 'node:fs/promises';
import { fail } from '@archon-dse/core';

/** Bytes that have arrived, those of an earlier attempt included. */
export interface DownloadProgress {
  readonly bytes: number;
  readonly total: number;
}

export interface DownloadOptions {
  readonly url: string;
  /** Where the finished file goes; until then it is beside it with `.part` added. */
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: DownloadProgress) => void;
}

/**
 * Fetches a file of known size and hash over HTTP, going on where an earlier attempt stopped. The file appears under its name only
 * when it is complete and right.
 *
 * @throws ArchonError ARCHON_DATA_DOWNLOAD when the server does not give it (what arrived is kept), ARCHON_DATA_CHECKSUM when it is
 * another file (deleted); the signal's reason when aborted
 */
export async function download(options: DownloadOptions): Promise<void> {
  const part = `${options.path}.part`;
  if (existsSync(part) && statSync(part).size > options.bytes) await rm(part);
  const hash = createHash('sha256');
  let have = await hashExisting(part, hash);
  if (have < options.bytes) {
    const response = await request(options, have);
    if (have > 0 && response.status !== 206) {
      await response.body?.cancel();
      await rm(part);
      return download(options);
    }
    have = await append(part, response, hash, { ...options, have });
  }
  await verify(part, hash, options);
  await rename(part, options.path);
}

async function hashExisting(part: string, hash: Hash): Promise<number> {
  if (!existsSync(part)) return 0;
  for await (const chunk of createReadStream(part)) hash.update(chunk as Buffer);
  return statSync(part).size;
}

/** Asks for the bytes from `have` on. A server that cannot resume answers 200 or 416. */
async function request({ url, bytes, signal }: DownloadOptions, have: number): Promise<Response> {
  const headers: Record<string, string> = { 'accept-encoding': 'identity' };
  if (have > 0) headers['range'] = `bytes=${String(have)}-`;
  const response = await connect(url, { headers, ...(signal === undefined ? {} : { signal }) });
  const isUsable = response.status === 200 || (have > 0 && [206, 416].includes(response.status));
  if (!isUsable) {
    await response.body?.cancel();
    downloadFailed(url, `the server answered ${String(response.status)} ${response.statusText}`.trim());
  }
  const length = response.headers.get('content-length');
  const offered = response.status === 206 ? have + Number(length) : Number(length);
  if (response.status !== 416 && length !== null && offered !== bytes) {
    await response.body?.cancel();
    fail({
      code: 'ARCHON_DATA_CHECKSUM',
      message: `"${url}" is a file of ${String(offered)} bytes`,
      expected: `the published file of ${String(bytes)} bytes`,
    });
  }
  return response;
}

async function connect(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, init);
  } catch (error) {
    if (init.signal?.aborted === true) throw error;
    return downloadFailed(url, reasonOf(error));
  }
}

/** Writes the body behind what is there; returns the size of the file. */
async function append(
  part: string,
  response: Response,
  hash: Hash,
  { url, bytes, have, signal, onProgress }: DownloadOptions & { readonly have: number },
): Promise<number> {
  const file = await open(part, 'a');
  let size = have;
  try {
    const reader = response.body?.getReader();
    for (let piece = await reader?.read(); piece?.value !== undefined; piece = await reader?.read()) {
      hash.update(piece.value);
      await writeAll(file, piece.value);
      size += piece.value.length;
      onProgress?.({ bytes: size, total: bytes });
      if (size > bytes) await reader?.cancel();
    }
  } catch (error) {
    if (signal?.aborted === true) throw error;
    downloadFailed(url, `the connection ended after ${String(size)} of ${String(bytes)} bytes (${reasonOf(error)})`);
  } finally {
    await file.close();
  }
  if (size < bytes) downloadFailed(url, `the connection ended after ${String(size)} of ${String(bytes)} bytes`);
  return size;
}

async function writeAll(file: FileHandle, chunk: Uint8Array): Promise<void> {
  for (let done = 0; done < chunk.length;) done += (await file.write(chunk, done)).bytesWritten;
}

async function verify(part: string, hash: Hash, { url, bytes, sha256 }: DownloadOptions): Promise<void> {
  const size = statSync(part).size;
  const found = hash.digest('hex');
  if (size === bytes && found === sha256) return;
  await rm(part);
  fail({
    code: 'ARCHON_DATA_CHECKSUM',
    message: `"${url}" gave ${String(size)} bytes with SHA-256 ${found}`,
    expected: `${String(bytes)} bytes with SHA-256 ${sha256}`,
  });
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error && error.cause.message !== '' ? error.cause.message : error.message;
}

function downloadFailed(url: string, reason: string): never {
  return fail({
    code: 'ARCHON_DATA_DOWNLOAD',
    message: `"${url}" could not be fetched: ${reason}`,
    expected: 'the published file',
    hint: 'Run the command again to go on where it stopped.',
  });
}
