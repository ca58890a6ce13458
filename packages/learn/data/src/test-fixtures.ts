import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { create } from 'tar';
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import { rejectedWith } from '../../../../test/diagnostics.js';
import type { Archive } from './archives.js';
import { fetchArchive } from './fetch.js';

type Fetching = Parameters<typeof fetchArchive>[0];

/** An archive on a server, for all tests of the file that imports this, and a folder of its own for each. */
export const at = {
  content: Buffer.alloc(0),
  archive: {} as Archive,
  /** Address of the server. */
  base: '',
  /** How it answers. */
  answer: (() => undefined) as RequestListener,
  /** The ranges it was asked for. */
  requests: [] as (string | undefined)[],
  dir: '',
};

let source = '';
let server: Server;

beforeAll(async () => {
  source = mkdtempSync(join(tmpdir(), 'archon-archive-'));
  const folder = 'cifar-10-batches-bin';
  mkdirSync(join(source, folder));
  for (const name of ['data_batch_1', 'data_batch_2', 'data_batch_3', 'data_batch_4', 'data_batch_5', 'test_batch']) {
    // Bytes that do not compress, so that the archive takes several chunks.
    const noise = Buffer.concat(
      Array.from({ length: 97 }, (_, n) =>
        createHash('sha256')
          .update(name + n)
          .digest(),
      ),
    );
    writeFileSync(join(source, folder, `${name}.bin`), Buffer.concat([Buffer.from([3]), noise]).subarray(0, 3073));
  }
  const file = 'tiny.tar.gz';
  await create({ gzip: true, cwd: source, file: join(source, file), portable: true }, [folder]);
  at.content = readFileSync(join(source, file));
  at.archive = {
    file,
    folder,
    bytes: at.content.length,
    sha256: createHash('sha256').update(at.content).digest('hex'),
  };
  server = createServer((request, response) => {
    at.requests.push(request.headers.range);
    at.answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  at.base = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/kriz/`;
});
afterAll(() => {
  server.close();
  rmSync(source, { recursive: true });
});
beforeEach(() => {
  at.requests = [];
  at.dir = mkdtempSync(join(tmpdir(), 'archon-fetch-'));
});
afterEach(() => {
  rmSync(at.dir, { recursive: true });
});

/** A server that resumes. */
export const serve: RequestListener = (request, response) => {
  const start = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0);
  if (start > 0) response.setHeader('content-range', `bytes ${start}-${at.content.length - 1}/${at.content.length}`);
  response.writeHead(start > 0 ? 206 : 200, { 'content-length': at.content.length - start });
  response.end(at.content.subarray(start));
};

/** A server that breaks off after `bytes`. */
export function breakAfter(bytes: number): RequestListener {
  return (_, response) => {
    response.writeHead(200, { 'content-length': at.content.length });
    response.write(at.content.subarray(0, bytes), () => setTimeout(() => response.destroy(), 20));
  };
}

/** One attempt; several are a suite of their own. */
const once = { stallMs: 30_000, pausesMs: [] };
export const run = (change: Partial<Fetching> = {}) =>
  fetchArchive({ archive: at.archive, dir: at.dir, mirror: at.base, patience: once, ...change });
export const part = () => join(at.dir, `${at.archive.file}.part`);

export const failure = async (change: Partial<Fetching> = {}) => (await rejectedWith(() => run(change)))[0];
