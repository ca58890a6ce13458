import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readCifar } from './cifar.js';
import { at, breakAfter, failure, part, run, serve } from './test-fixtures.js';

describe('fetchArchive', () => {
  it('fetches, checks and unpacks, and leaves nothing else behind', async () => {
    at.answer = serve;
    const seen: number[] = [];
    const result = await run({ onProgress: ({ bytes }) => seen.push(bytes) });
    expect(result).toEqual({ folder: join(at.dir, at.archive.folder), fetched: true });
    expect(readdirSync(at.dir)).toEqual([at.archive.folder]);
    expect(readCifar(at.dir, 'train')).toMatchObject({ count: 5, name: 'cifar10' });
    expect(seen.at(-1)).toBe(at.archive.bytes);
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
  });

  it('does nothing when the folder is there', async () => {
    mkdirSync(join(at.dir, at.archive.folder));
    expect(await run()).toMatchObject({ fetched: false });
    expect(at.requests).toEqual([]);
  });

  it('goes on where a broken connection stopped', async () => {
    at.answer = breakAfter(5000);
    expect(await failure()).toMatchObject({
      code: 'ARCHON_DATA_DOWNLOAD',
      message: expect.stringContaining(`5000 of ${String(at.archive.bytes)} bytes`),
      hint: expect.stringContaining('again'),
    });
    expect(readFileSync(part())).toEqual(at.content.subarray(0, 5000));
    expect(existsSync(join(at.dir, at.archive.file))).toBe(false);
    at.answer = serve;
    await run();
    expect(at.requests).toEqual([undefined, 'bytes=5000-']);
    expect(readdirSync(at.dir)).toEqual([at.archive.folder]);
  });

  it('goes on after an abort', async () => {
    const controller = new AbortController();
    at.answer = (_, response) => {
      response.writeHead(200, { 'content-length': at.content.length });
      response.write(at.content.subarray(0, 6000));
    };
    const aborted = run({
      signal: controller.signal,
      onProgress: () => {
        controller.abort();
      },
    });
    await expect(aborted).rejects.toMatchObject({ name: 'AbortError' });
    at.answer = serve;
    await run();
    expect(at.requests[1]).toMatch(/^bytes=[1-9]\d*-$/);
    expect(readdirSync(at.dir)).toEqual([at.archive.folder]);
  });

  it.each([200, 416])('starts again when the server answers a range with %d', async (status) => {
    writeFileSync(part(), at.content.subarray(0, 4000));
    at.answer = (request, response) => {
      if (status === 200 || request.headers.range === undefined) {
        response.writeHead(200, { 'content-length': at.content.length }).end(at.content);
      } else {
        response.writeHead(416).end();
      }
    };
    await run();
    expect(at.requests).toEqual(['bytes=4000-', undefined]);
    expect(readdirSync(at.dir)).toEqual([at.archive.folder]);
  });

  it('uses a complete part without asking, and throws away one that is too long', async () => {
    at.answer = serve;
    writeFileSync(part(), at.content);
    await run();
    expect(at.requests).toEqual([]);
    rmSync(join(at.dir, at.archive.folder), { recursive: true });
    writeFileSync(part(), Buffer.concat([at.content, at.content]));
    await run();
    expect(at.requests).toEqual([undefined]);
  });
});

describe('other files than the published one', () => {
  it('of the same size: ARCHON_DATA_CHECKSUM, nothing is kept', async () => {
    at.answer = (_, response) => {
      response.writeHead(200, { 'content-length': at.content.length }).end(Buffer.alloc(at.content.length));
    };
    expect(await failure()).toMatchObject({
      code: 'ARCHON_DATA_CHECKSUM',
      expected: `${String(at.archive.bytes)} bytes with SHA-256 ${at.archive.sha256}`,
    });
    expect(readdirSync(at.dir)).toEqual([]);
  });

  it('of another size are refused before they are fetched: ARCHON_DATA_CHECKSUM', async () => {
    at.answer = (_, response) => {
      response.writeHead(200, { 'content-length': 12 }).end('<html></html'.slice(0, 12));
    };
    expect(await failure()).toMatchObject({
      code: 'ARCHON_DATA_CHECKSUM',
      message: expect.stringContaining('12 bytes'),
    });
    expect(readdirSync(at.dir)).toEqual([]);
  });

  it('of another size that is not announced: ARCHON_DATA_CHECKSUM', async () => {
    at.answer = (_, response) => {
      response.writeHead(200).end(Buffer.alloc(at.content.length + 1));
    };
    expect((await failure())?.code).toBe('ARCHON_DATA_CHECKSUM');
    expect(readdirSync(at.dir)).toEqual([]);
  });

  it('a damaged part: ARCHON_DATA_CHECKSUM, and the next attempt starts afresh', async () => {
    writeFileSync(part(), Buffer.alloc(3000));
    at.answer = serve;
    expect((await failure())?.code).toBe('ARCHON_DATA_CHECKSUM');
    await run();
    expect(at.requests).toEqual(['bytes=3000-', undefined]);
  });

  it('an archive without the folder: ARCHON_DATA_CHECKSUM', async () => {
    at.answer = serve;
    expect(await failure({ archive: { ...at.archive, folder: 'other' } })).toMatchObject({
      code: 'ARCHON_DATA_CHECKSUM',
      message: '"tiny.tar.gz" holds no folder "other"',
    });
  });
});

describe('a folder that cannot be', () => {
  it('is ARCHON_FILE_REFUSED', async () => {
    writeFileSync(join(at.dir, 'file'), '');
    expect(await failure({ dir: join(at.dir, 'file') })).toMatchObject({
      code: 'ARCHON_FILE_REFUSED',
      message: expect.stringContaining('cannot be made'),
    });
    expect(at.requests).toEqual([]);
  });

  it('is told at the file that is in the way', async () => {
    mkdirSync(part());
    at.answer = serve;
    expect(await failure()).toMatchObject({
      code: 'ARCHON_FILE_REFUSED',
      message: expect.stringContaining(`"${part()}" cannot be read: it is a folder`),
    });
  });
});
