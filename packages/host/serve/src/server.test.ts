import { mkdirSync, writeFileSync } from 'node:fs';
import { connect, createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { ArchonError } from '@archon-dse/core';
import { describe, expect, it, onTestFinished } from 'vitest';
import { USUAL_PORT } from './listen.js';
import { serveSweeps } from './server.js';
import { serveInThread } from './serve-in-thread.js';
import { addRecords, ask, dashboardOf, listenTo, noteFake, tempDir, until } from './test-fixtures.js';

/** A port that something else listens on. */
async function takenPort(port = 0): Promise<number> {
  const other = createServer();
  onTestFinished(() => void other.close());
  await new Promise<void>((resolve) => other.listen(port, '127.0.0.1', resolve).on('error', () => resolve()));
  return (other.address() as AddressInfo | null)?.port ?? port;
}

describe('who is let in', () => {
  const outsiders: readonly (readonly [name: string, headers: Record<string, string>, status: number])[] = [
    ['a name that leads here (DNS rebinding)', { Host: 'evil.example:4180' }, 421],
    ['a name that begins as ours', { Host: '127.0.0.1.evil.example' }, 421],
    ['a name with ours as user', { Host: 'localhost@evil.example' }, 421],
    ['a path behind ours', { Host: '127.0.0.1/x' }, 421],
    ['another origin', { Host: 'localhost', Origin: 'http://evil.example' }, 403],
    ['an opaque origin', { Host: 'localhost', Origin: 'null' }, 403],
    ['another server of this machine', { Host: 'localhost:4180', Origin: 'http://localhost:3000' }, 403],
    ['another scheme', { Host: 'localhost', Origin: 'https://localhost' }, 403],
    [
      'an image of another site',
      { Host: 'localhost', 'Sec-Fetch-Site': 'cross-site', 'Sec-Fetch-Mode': 'no-cors' },
      403,
    ],
    [
      'a frame of another site',
      { Host: 'localhost', 'Sec-Fetch-Site': 'cross-site', 'Sec-Fetch-Mode': 'navigate', 'Sec-Fetch-Dest': 'iframe' },
      403,
    ],
  ];
  it.each(outsiders)('not %s', async (_, headers, status) => {
    const dashboard = await dashboardOf(tempDir());
    for (const path of ['/', '/events', '/report?sweep=x']) {
      const answer = await ask(dashboard, path, headers);
      expect(answer.status).toBe(status);
      expect(answer.body).not.toContain('<');
    }
  });

  it.each([
    ['itself', { Host: '127.0.0.1:4180', Origin: 'http://127.0.0.1:4180', 'Sec-Fetch-Site': 'same-origin' }],
    ['the end of a tunnel', { Host: 'localhost:9000', Origin: 'http://localhost:9000' }],
    [
      'a link elsewhere',
      { Host: 'localhost', 'Sec-Fetch-Site': 'cross-site', 'Sec-Fetch-Mode': 'navigate', 'Sec-Fetch-Dest': 'document' },
    ],
    ['a script of the user', {}],
  ] as const)('%s', async (_, headers) => {
    expect((await ask(await dashboardOf(tempDir()), '/', headers)).status).toBe(200);
  });

  it('answers on 127.0.0.1 only', async () => {
    const { port } = await dashboardOf(tempDir());
    const socket = connect(port, '127.0.0.2');
    const refused = await new Promise((resolve) => {
      socket.on('connect', () => resolve(false)).on('error', () => resolve(true));
    });
    socket.destroy();
    expect(refused).toBe(true);
  });

  it.each(['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE'])('refuses %s', async (method) => {
    const dashboard = await dashboardOf(tempDir());
    const { status, headers } = await ask(dashboard, '/', {}, method);
    expect({ status, allow: headers.allow }).toEqual({ status: 405, allow: 'GET, HEAD' });
  });
});

describe('what is served', () => {
  const PATHS = ['/', '/report?sweep=x', '/nothing'];
  it.each(PATHS)('%s is kept by nobody, guessed by nobody, and framed by nobody', async (path) => {
    const { headers } = await ask(await dashboardOf(tempDir()), path);
    expect(headers).toMatchObject({
      'cache-control': 'no-store',
      'cross-origin-resource-policy': 'same-origin',
      'cross-origin-opener-policy': 'same-origin',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
    });
    expect(headers['content-security-policy']).toContain("default-src 'none'");
    expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
  });

  it('a page that may run its own script, ask its own server, and nothing else', async () => {
    const { headers, body } = await ask(await dashboardOf(tempDir()), '/');
    const policy = String(headers['content-security-policy']);
    expect(policy.replace(/sha256-[\w+/=]+/g, 'HASH')).toBe(
      "default-src 'none'; script-src 'HASH'; style-src 'HASH'; style-src-attr 'unsafe-inline'; img-src data:; connect-src 'self'; " +
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    );
    expect(body).toContain('<!doctype html>');
    expect(body).not.toMatch(/(src|href)="(?!data:)/);
  });

  it.each([
    '/../../etc/passwd',
    '/%2e%2e/%2e%2e/etc/passwd',
    '/..%5c..%5cetc/passwd',
    '//etc/passwd',
    '/report?sweep=../../../etc/passwd',
    '/report?sweep=/etc',
    '/point?sweep=..&id=../../etc/passwd',
    '/events/../report',
    'http://evil.example/',
    '/sweep.json',
    '/results/0001.jsonl',
  ])('nothing at %s', async (path) => {
    const folder = tempDir();
    addRecords(folder, await noteFake(folder));
    const { status, body } = await ask(await dashboardOf(folder), path);
    expect([400, 404]).toContain(status);
    expect(body).not.toContain('root:');
    expect(body).not.toContain('pointIds');
  });

  it('survives addresses that are none', async () => {
    const dashboard = await dashboardOf(tempDir());
    for (const path of ['//', '///', '/%', '/?%', '/report?sweep=%00', `/${'x'.repeat(8000)}`, 'x', '*']) {
      expect((await ask(dashboard, path)).status, path).toBeLessThan(500);
    }
    expect((await ask(dashboard, '/')).status).toBe(200);
  });

  it('the report of a sweep, compressed where that is understood, and each point with its layers', async () => {
    const [parent] = [tempDir()];
    const folder = join(parent, 'first');
    mkdirSync(folder);
    const records = await noteFake(folder);
    addRecords(folder, records.slice(0, 5));
    const dashboard = await dashboardOf(parent);
    const stream = await listenTo(dashboard);
    await until(() => stream.newest('sweeps') !== undefined);
    const [{ id } = { id: '' }] = stream.newest('sweeps') as { id: string }[];
    // Nobody watches it: a page may ask for the sweep beside its own.
    const report = JSON.parse((await ask(dashboard, `/report?sweep=${id}`)).body) as { summary: { counts: object } };
    expect(report.summary.counts).toMatchObject({ points: 5, total: records.length });
    const zipped = await ask(dashboard, `/report?sweep=${id}`, { 'Accept-Encoding': 'gzip' });
    expect(zipped.status).toBe(200);
    const point = await ask(dashboard, `/point?sweep=${id}&id=${records[0]?.pointId ?? ''}`);
    expect((JSON.parse(point.body) as { layers: { rows: unknown[] } }).layers.rows).toHaveLength(3);
    expect((await ask(dashboard, `/point?sweep=${id}&id=${records[7]?.pointId ?? ''}`)).status).toBe(404);
    const head = await ask(dashboard, '/', {}, 'HEAD');
    expect({ status: head.status, body: head.body }).toEqual({ status: 200, body: '' });
  });
});

describe('the port', () => {
  it('that was asked for and is taken is refused', async () => {
    const port = await takenPort();
    const refusal = await serveSweeps({ folders: [], port }).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(ArchonError);
    expect((refusal as ArchonError).diagnostics[0]).toMatchObject({
      code: 'ARCHON_PORT_TAKEN',
      message: `port ${String(port)} of 127.0.0.1 cannot be had: another program listens on it`,
      hint: 'Choose another one with --port, or leave it out to get one that is free.',
    });
    await expect(serveInThread({ folders: [], port })).rejects.toBeInstanceOf(ArchonError);
  });

  it('is another where the usual one is taken', async () => {
    await takenPort(USUAL_PORT);
    const dashboard = await serveSweeps({ folders: [] });
    expect(dashboard.port).not.toBe(USUAL_PORT);
    expect((await ask(dashboard, '/')).status).toBe(200);
    await dashboard.close();
  });
});

describe('the end', () => {
  it('closes streams that are open, and leaves nothing that listens', async () => {
    const folder = tempDir();
    writeFileSync(join(folder, 'x'), '');
    const dashboard = await serveSweeps({ folders: [folder], port: 0 });
    const stream = await listenTo(dashboard);
    await until(() => stream.heard.length > 0);
    await dashboard.close();
    await expect(ask(dashboard, '/')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });

  it('is that of the thread too', async () => {
    const dashboard = await serveInThread({ folders: [tempDir()], port: 0 });
    expect((await ask(dashboard, '/')).status).toBe(200);
    await dashboard.close();
    await expect(ask(dashboard, '/')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });
});
