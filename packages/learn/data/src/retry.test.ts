import { readdirSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import { describe, expect, it } from 'vitest';
import { at, failure, run, serve } from './test-fixtures.js';

describe('servers that do not give it: ARCHON_DATA_DOWNLOAD', () => {
  it.each([404, 500])('status %d', async (status) => {
    at.answer = (_, response) => {
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
    response.writeHead(200, { 'content-length': at.content.length });
    response.write(at.content.subarray(0, 3000));
  };
  const silent: RequestListener = () => undefined;
  const busy: RequestListener = (_, response) => {
    response.writeHead(503).end();
  };

  it('is asked again, ever later, and what arrived is kept', async () => {
    at.answer = inTurn(stall, busy, silent, serve);
    const retries: unknown[] = [];
    await run({ patience, onRetry: (reason, pauseMs) => retries.push([reason, pauseMs]) });
    expect(retries).toEqual([
      [`the connection ended after 3000 of ${String(at.archive.bytes)} bytes (nothing arrived for 0.5 s)`, 10],
      ['the server answered 503 Service Unavailable', 20],
      ['nothing arrived for 0.5 s', 40],
    ]);
    expect(at.requests).toEqual([undefined, 'bytes=3000-', 'bytes=3000-', 'bytes=3000-']);
    expect(readdirSync(at.dir)).toEqual([at.archive.folder]);
  });

  it('is given up in the end: ARCHON_DATA_DOWNLOAD', async () => {
    at.answer = busy;
    expect(await failure({ patience })).toMatchObject({
      code: 'ARCHON_DATA_DOWNLOAD',
      message: expect.stringContaining('503 Service Unavailable, after 4 attempts'),
    });
    expect(at.requests).toHaveLength(4);
  });

  it('that says no is not asked again', async () => {
    at.answer = (_, response) => {
      response.writeHead(403).end();
    };
    expect((await failure({ patience }))?.message).toContain('403');
    expect(at.requests).toHaveLength(1);
  });

  it('can be left during a pause', async () => {
    at.answer = busy;
    const controller = new AbortController();
    const long = { stallMs: 5000, pausesMs: [60_000] };
    const left = run({ patience: long, signal: controller.signal, onRetry: () => controller.abort() });
    await expect(left).rejects.toMatchObject({ name: 'AbortError' });
  });
});
