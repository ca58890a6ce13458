import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { create } from 'tar';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { rejectedWith } from '../../../../test/diagnostics.js';
import { ARCHIVES, OFFICIAL_BASE, type Archive } from './archives.js';
import { readCifar } from './cifar.js';
import { addressOf } from './download-url.js';
import { fetchArchive } from './fetch.js';

let source = '';
let content = Buffer.alloc(0);
let archive: Archive;
let server: Server;
let base = '';
let answer: RequestListener;
let requests: (string | undefined)[] = [];
let dir = '';

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
  content = readFileSync(join(source, file));
  archive = { file, folder, bytes: content.length, sha256: createHash('sha256').update(content).digest('hex') };
  server = createServer((request, response) => {
    requests.push(request.headers.range);
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/kriz/`;
});
afterAll(() => {
  server.close();
  rmSync(source, { recursive: true });
});
beforeEach(() => {
  requests = [];
  dir = mkdtempSync(join(tmpdir(), 'archon-fetch-'));
});
afterEach(() => {
  rmSync(dir, { recursive: true });
});

/** A server that resumes. */
const serve: RequestListener = (request, response) => {
  const start = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0);
  if (start > 0) response.setHeader('content-range', `bytes ${start}-${content.length - 1}/${content.length}`);
  response.writeHead(start > 0 ? 206 : 200, { 'content-length': content.length - start });
  response.end(content.subarray(start));
};

/** A server that breaks off after `bytes`. */
function breakAfter(bytes: number): RequestListener {
  return (_, response) => {
    response.writeHead(200, { 'content-length': content.length });
    response.write(content.subarray(0, bytes), () => setTimeout(() => response.destroy(), 20));
  };
}

/** One attempt; several are a suite of their own. */
const once = { stallMs: 30_000, pausesMs: [] };
const run = (change: Partial<Parameters<typeof fetchArchive>[0]> = {}) =>
  fetchArchive({ archive, dir, mirror: base, patience: once, ...change });
const part = () => join(dir, `${archive.file}.part`);

const failure = async (change: Partial<Parameters<typeof fetchArchive>[0]> = {}) =>
  (await rejectedWith(() => run(change)))[0];

describe('fetchArchive', () => {
  it('fetches, checks and unpacks, and leaves nothing else behind', async () => {
    answer = serve;
    const seen: number[] = [];
    const result = await run({ onProgress: ({ bytes }) => seen.push(bytes) });
    expect(result).toEqual({ folder: join(dir, archive.folder), fetched: true });
    expect(readdirSync(dir)).toEqual([archive.folder]);
    expect(readCifar(dir, 'train')).toMatchObject({ count: 5, name: 'cifar10' });
    expect(seen.at(-1)).toBe(archive.bytes);
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
  });

  it('does nothing when the folder is there', async () => {
    mkdirSync(join(dir, archive.folder));
    expect(await run()).toMatchObject({ fetched: false });
    expect(requests).toEqual([]);
  });

  it('goes on where a broken connection stopped', async () => {
    answer = breakAfter(5000);
    expect(await failure()).toMatchObject({
      code: 'ARCHON_DATA_DOWNLOAD',
      message: expect.stringContaining(`5000 of ${String(archive.bytes)} bytes`),
      hint: expect.stringContaining('again'),
    });
    expect(readFileSync(part())).toEqual(content.subarray(0, 5000));
    expect(existsSync(join(dir, archive.file))).toBe(false);
    answer = serve;
    await run();
    expect(requests).toEqual([undefined, 'bytes=5000-']);
    expect(readdirSync(dir)).toEqual([archive.folder]);
  });

  it('goes on after an abort', async () => {
    const controller = new AbortController();
    answer = (_, response) => {
      response.writeHead(200, { 'content-length': content.length });
      response.write(content.subarray(0, 6000));
    };
    const aborted = run({
      signal: controller.signal,
      onProgress: () => {
        controller.abort();
      },
    });
    await expect(aborted).rejects.toMatchObject({ name: 'AbortError' });
    answer = serve;
    await run();
    expect(requests[1]).toMatch(/^bytes=[1-9]\d*-$/);
    expect(readdirSync(dir)).toEqual([archive.folder]);
  });

  it.each([200, 416])('starts again when the server answers a range with %d', async (status) => {
    writeFileSync(part(), content.subarray(0, 4000));
    answer = (request, response) => {
      if (status === 200 || request.headers.range === undefined) {
        response.writeHead(200, { 'content-length': content.length }).end(content);
      } else {
        response.writeHead(416).end();
      }
    };
    await run();
    expect(requests).toEqual(['bytes=4000-', undefined]);
    expect(readdirSync(dir)).toEqual([archive.folder]);
  });

  it('uses a complete part without asking, and throws away one that is too long', async () => {
    answer = serve;
    writeFileSync(part(), content);
    await run();
    expect(requests).toEqual([]);
    rmSync(join(dir, archive.folder), { recursive: true });
    writeFileSync(part(), Buffer.concat([content, content]));
    await run();
    expect(requests).toEqual([undefined]);
  });
});

describe('other files than the published one', () => {
  it('of the same size: ARCHON_DATA_CHECKSUM, nothing is kept', async () => {
    answer = (_, response) => {
      response.writeHead(200, { 'content-length': content.length }).end(Buffer.alloc(content.length));
    };
    expect(await failure()).toMatchObject({
      code: 'ARCHON_DATA_CHECKSUM',
      expected: `${String(archive.bytes)} bytes with SHA-256 ${archive.sha256}`,
    });
    expect(readdirSync(dir)).toEqual([]);
  });

  it('of another size are refused before they are fetched: ARCHON_DATA_CHECKSUM', async () => {
    answer = (_, response) => {
      response.writeHead(200, { 'content-length': 12 }).end('<html></html'.slice(0, 12));
    };
    expect(await failure()).toMatchObject({
      code: 'ARCHON_DATA_CHECKSUM',
      message: expect.stringContaining('12 bytes'),
    });
    expect(readdirSync(dir)).toEqual([]);
  });

  it('of another size that is not announced: ARCHON_DATA_CHECKSUM', async () => {
    answer = (_, response) => {
      response.writeHead(200).end(Buffer.alloc(content.length + 1));
    };
    expect((await failure())?.code).toBe('ARCHON_DATA_CHECKSUM');
    expect(readdirSync(dir)).toEqual([]);
  });

  it('a damaged part: ARCHON_DATA_CHECKSUM, and the next attempt starts afresh', async () => {
    writeFileSync(part(), Buffer.alloc(3000));
    answer = serve;
    expect((await failure())?.code).toBe('ARCHON_DATA_CHECKSUM');
    await run();
    expect(requests).toEqual(['bytes=3000-', undefined]);
  });

  it('an archive without the folder: ARCHON_DATA_CHECKSUM', async () => {
    answer = serve;
    expect(await failure({ archive: { ...archive, folder: 'other' } })).toMatchObject({
      code: 'ARCHON_DATA_CHECKSUM',
      message: '"tiny.tar.gz" holds no folder "other"',
    });
  });
});

describe('servers that do not give it: ARCHON_DATA_DOWNLOAD', () => {
  it.each([404, 500])('status %d', async (status) => {
    answer = (_, response) => {
      response.writeHead(status).end();
    };
    expect(await failure()).toMatchObject({
      code: 'ARCHON_DATA_DOWNLOAD',
      message: expect.stringContaining(`the server answered ${String(status)}`),
    });
  });

  it('no server', async () => {
    const diagnostic = await failure({ mirror: 'http://127.0.0.1:1' });
    expect(diagnostic?.code).toBe('ARCHON_DATA_DOWNLOAD');
    expect(diagnostic?.message).toContain('"http://127.0.0.1:1/tiny.tar.gz" could not be fetched');
  });
});

describe('a server with hiccups', () => {
  const patience = { stallMs: 500, pausesMs: [10, 20, 40] };
  /** Answers with the first of these, then with the second, ...; with the last one from then on. */
  function inTurn(...answers: readonly RequestListener[]): RequestListener {
    let turn = 0;
    return (request, response) => answers[Math.min(turn++, answers.length - 1)]!(request, response);
  }
  const stall: RequestListener = (_, response) => {
    response.writeHead(200, { 'content-length': content.length });
    response.write(content.subarray(0, 3000));
  };
  const silent: RequestListener = () => undefined;
  const busy: RequestListener = (_, response) => {
    response.writeHead(503).end();
  };

  it('is asked again, ever later, and what arrived is kept', async () => {
    answer = inTurn(stall, busy, silent, serve);
    const retries: unknown[] = [];
    await run({ patience, onRetry: (reason, pauseMs) => retries.push([reason, pauseMs]) });
    expect(retries).toEqual([
      [`the connection ended after 3000 of ${String(archive.bytes)} bytes (nothing arrived for 0.5 s)`, 10],
      ['the server answered 503 Service Unavailable', 20],
      ['nothing arrived for 0.5 s', 40],
    ]);
    expect(requests).toEqual([undefined, 'bytes=3000-', 'bytes=3000-', 'bytes=3000-']);
    expect(readdirSync(dir)).toEqual([archive.folder]);
  });

  it('is given up in the end: ARCHON_DATA_DOWNLOAD', async () => {
    answer = busy;
    expect(await failure({ patience })).toMatchObject({
      code: 'ARCHON_DATA_DOWNLOAD',
      message: expect.stringContaining('503 Service Unavailable, after 4 attempts'),
    });
    expect(requests).toHaveLength(4);
  });

  it('that says no is not asked again', async () => {
    answer = (_, response) => {
      response.writeHead(403).end();
    };
    expect((await failure({ patience }))?.message).toContain('403');
    expect(requests).toHaveLength(1);
  });

  it('can be left during a pause', async () => {
    answer = busy;
    const controller = new AbortController();
    const long = { stallMs: 5000, pausesMs: [60_000] };
    const left = run({ patience: long, signal: controller.signal, onRetry: () => controller.abort() });
    await expect(left).rejects.toMatchObject({ name: 'AbortError' });
  });
});

describe('a folder that cannot be', () => {
  it('is ARCHON_FILE_REFUSED', async () => {
    writeFileSync(join(dir, 'file'), '');
    expect(await failure({ dir: join(dir, 'file') })).toMatchObject({
      code: 'ARCHON_FILE_REFUSED',
      message: expect.stringContaining('cannot be made'),
    });
    expect(requests).toEqual([]);
  });

  it('is told at the file that is in the way', async () => {
    mkdirSync(part());
    answer = serve;
    expect(await failure()).toMatchObject({
      code: 'ARCHON_FILE_REFUSED',
      message: expect.stringContaining(`"${part()}" cannot be read: it is a folder`),
    });
  });
});

describe('addresses', () => {
  it('are below any base', () => {
    const of = (base: string) => addressOf(base, ARCHIVES.cifar10.file).url;
    expect(of(OFFICIAL_BASE)).toBe('https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz');
    expect(of('http://mirror/x')).toBe('http://mirror/x/cifar-10-binary.tar.gz');
    expect(of('http://mirror/x/?token=t#part')).toBe('http://mirror/x/cifar-10-binary.tar.gz?token=t');
  });

  it('never show a name, a password or a token, in messages of any kind', async () => {
    const secret = base.replace('http://', 'http://user:p%40ss@') + '?token=hidden';
    let authorization: string | undefined;
    answer = (request, response) => {
      authorization = request.headers.authorization;
      response.writeHead(404).end();
    };
    const messages = [await failure({ mirror: secret })];
    expect(authorization).toBe(`Basic ${Buffer.from('user:p@ss').toString('base64')}`);
    answer = (_, response) => {
      response.writeHead(200, { 'content-length': 3 }).end('abc');
    };
    messages.push(
      await failure({ mirror: secret }),
      await failure({ mirror: 'http://user:p%40ss@127.0.0.1:1/?token=hidden' }),
    );
    messages.push(
      await failure({ mirror: 'user:p%40ss@host?token=hidden' }),
      await failure({ mirror: 'ftp://user:p%40ss@h/' }),
    );
    expect(messages.map((found) => found?.code)).toEqual([
      ...['ARCHON_DATA_DOWNLOAD', 'ARCHON_DATA_CHECKSUM', 'ARCHON_DATA_DOWNLOAD', 'ARCHON_USAGE', 'ARCHON_USAGE'],
    ]);
    for (const found of messages) expect(JSON.stringify(found)).not.toMatch(/user|p@ss|p%40ss|hidden/);
  });
});

describe('ARCHIVES', () => {
  it('have hashes of 64 digits', () => {
    for (const { sha256 } of Object.values(ARCHIVES)) expect(sha256).toMatch(/^[0-9a-f]{64}$/);
  });
});
