import { createHash, type Hash } from 'node:crypto';
import { createReadStream, existsSync, statSync } from 'node:fs';
import { open, rename, rm, type FileHandle } from 'node:fs/promises';
import { ArchonError, attemptFile, fail } from '@archon-dse/core';
import type { Address } from './download-url.js';
import { Hiccup, PATIENCE, StallWatch, withPatience, type Patience } from './retry.js';

/** Bytes that have arrived, those of an earlier attempt included. */
export interface DownloadProgress {
  readonly bytes: number;
  readonly total: number;
}

export interface DownloadWatch {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: DownloadProgress) => void;
  /** Told before another attempt. */
  readonly onRetry?: (reason: string, pauseMs: number) => void;
  readonly patience?: Patience;
}

export interface DownloadOptions extends DownloadWatch {
  readonly address: Address;
  /** Where the finished file goes; until then it is beside it with `.part` added. */
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
}

/**
 * Fetches a file of known size and hash over HTTP, going on where an earlier attempt stopped. The file appears under its name only
 * when it is complete and right. A connection that ends or stalls, and a server that is busy, are tried again.
 *
 * @throws ArchonError ARCHON_DATA_DOWNLOAD when the server does not give it (what arrived is kept), ARCHON_DATA_CHECKSUM when it is
 * another file (deleted), ARCHON_FILE_REFUSED, ARCHON_DISK_FULL; the signal's reason when aborted
 */
export async function download(options: DownloadOptions): Promise<void> {
  const { address, patience = PATIENCE } = options;
  try {
    await withPatience(patience.pausesMs, options, () => attemptDownload(options, patience.stallMs));
  } catch (error) {
    if (!(error instanceof Hiccup)) throw error;
    const tries = patience.pausesMs.length + 1;
    downloadFailed(address, tries === 1 ? error.message : `${error.message}, after ${String(tries)} attempts`);
  }
}

async function attemptDownload(options: DownloadOptions, stallMs: number): Promise<void> {
  const part = `${options.path}.part`;
  const hash = createHash('sha256');
  const have = await attemptFile({ path: part, doing: 'read' }, () => hashExisting(part, options.bytes, hash));
  if (have < options.bytes) {
    const watch = new StallWatch(stallMs);
    try {
      const response = await request(options, have, watch);
      if (have > 0 && response.status !== 206) {
        await response.body?.cancel();
        await attemptFile({ path: part, doing: 'removed' }, () => rm(part));
        return await attemptDownload(options, stallMs);
      }
      await append(part, response, hash, { ...options, have, watch });
    } finally {
      watch.stop();
    }
  }
  await verify(part, hash, options);
  await attemptFile({ path: options.path, doing: 'written' }, () => rename(part, options.path));
}

/** A part that is too long is of another file. */
async function hashExisting(part: string, bytes: number, hash: Hash): Promise<number> {
  if (!existsSync(part)) return 0;
  if (statSync(part).isFile() && statSync(part).size > bytes) {
    await rm(part);
    return 0;
  }
  for await (const chunk of createReadStream(part)) hash.update(chunk as Buffer);
  return statSync(part).size;
}

/** Answers that another attempt may change. */
const BUSY: readonly number[] = [408, 425, 429, 500, 502, 503, 504];

/** Asks for the bytes from `have` on. A server that cannot resume answers 200 or 416. */
async function request(
  { address, bytes, signal }: DownloadOptions,
  have: number,
  watch: StallWatch,
): Promise<Response> {
  const headers: Record<string, string> = { ...address.headers, 'accept-encoding': 'identity' };
  if (have > 0) headers['range'] = `bytes=${String(have)}-`;
  const signals = signal === undefined ? [watch.signal] : [signal, watch.signal];
  const response = await hiccups(
    () => fetch(address.url, { headers, signal: AbortSignal.any(signals) }),
    signal,
    watch,
  );
  const isUsable = response.status === 200 || (have > 0 && [206, 416].includes(response.status));
  if (!isUsable) {
    await response.body?.cancel();
    const answer = `the server answered ${String(response.status)} ${response.statusText}`.trim();
    if (BUSY.includes(response.status)) throw new Hiccup(answer);
    downloadFailed(address, answer);
  }
  const length = response.headers.get('content-length');
  const offered = response.status === 206 ? have + Number(length) : Number(length);
  if (response.status !== 416 && length !== null && offered !== bytes) {
    await response.body?.cancel();
    fail({
      code: 'ARCHON_DATA_CHECKSUM',
      message: `"${address.shown}" is a file of ${String(offered)} bytes`,
      expected: `the published file of ${String(bytes)} bytes`,
    });
  }
  return response;
}

/** What a connection fails with becomes a hiccup, unless the user stopped it or something else than the connection failed. */
async function hiccups<T>(
  act: () => Promise<T>,
  signal: AbortSignal | undefined,
  watch: StallWatch,
  sofar?: () => string,
): Promise<T> {
  try {
    return await act();
  } catch (error) {
    if (signal?.aborted === true || error instanceof ArchonError || error instanceof Hiccup) throw error;
    const reason = watch.signal.aborted ? `nothing arrived for ${String(watch.stallMs / 1000)} s` : reasonOf(error);
    throw new Hiccup(sofar === undefined ? reason : `the connection ended after ${sofar()} (${reason})`);
  }
}

interface Arrival extends DownloadOptions {
  readonly have: number;
  readonly watch: StallWatch;
}

/** Writes the body behind what is there. */
async function append(part: string, response: Response, hash: Hash, arrival: Arrival): Promise<void> {
  const { bytes, have, signal, watch, onProgress } = arrival;
  const file = await attemptFile({ path: part, doing: 'written' }, () => open(part, 'a'));
  let size = have;
  const sofar = (): string => `${String(size)} of ${String(bytes)} bytes`;
  const readAll = async (): Promise<void> => {
    const reader = response.body?.getReader();
    for (let piece = await reader?.read(); piece?.value !== undefined; piece = await reader?.read()) {
      const { value } = piece;
      watch.alive();
      hash.update(value);
      await attemptFile({ path: part, doing: 'written' }, () => writeAll(file, value));
      size += value.length;
      onProgress?.({ bytes: size, total: bytes });
      if (size > bytes) await reader?.cancel();
    }
  };
  try {
    await hiccups(readAll, signal, watch, sofar);
  } finally {
    await file.close();
  }
  if (size < bytes) throw new Hiccup(`the connection ended after ${sofar()}`);
}

async function writeAll(file: FileHandle, chunk: Uint8Array): Promise<void> {
  for (let done = 0; done < chunk.length;) done += (await file.write(chunk, done)).bytesWritten;
}

async function verify(part: string, hash: Hash, { address, bytes, sha256 }: DownloadOptions): Promise<void> {
  const size = attemptFile({ path: part, doing: 'read' }, () => statSync(part).size);
  const found = hash.digest('hex');
  if (size === bytes && found === sha256) return;
  await attemptFile({ path: part, doing: 'removed' }, () => rm(part));
  fail({
    code: 'ARCHON_DATA_CHECKSUM',
    message: `"${address.shown}" gave ${String(size)} bytes with SHA-256 ${found}`,
    expected: `${String(bytes)} bytes with SHA-256 ${sha256}`,
  });
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { cause } = error;
  if (!(cause instanceof Error)) return error.message;
  return cause.message === '' ? String((cause as NodeJS.ErrnoException).code ?? error.message) : cause.message;
}

function downloadFailed({ shown }: Address, reason: string): never {
  return fail({
    code: 'ARCHON_DATA_DOWNLOAD',
    message: `"${shown}" could not be fetched: ${reason}`,
    expected: 'the published file',
    hint: 'Run the command again to go on where it stopped.',
  });
}
