import { describe, expect, it } from 'vitest';
import { ARCHIVES, OFFICIAL_BASE } from './archives.js';
import { addressOf } from './download-url.js';
import { at, failure } from './test-fixtures.js';

describe('addresses', () => {
  it('are below any base', () => {
    const of = (base: string) => addressOf(base, ARCHIVES.cifar10.file).url;
    expect(of(OFFICIAL_BASE)).toBe('https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz');
    expect(of('http://mirror/x')).toBe('http://mirror/x/cifar-10-binary.tar.gz');
    expect(of('http://mirror/x/?token=t#part')).toBe('http://mirror/x/cifar-10-binary.tar.gz?token=t');
  });

  it('never show a name, a password or a token, in messages of any kind', async () => {
    const secret = at.base.replace('http://', 'http://user:p%40ss@') + '?token=hidden';
    let authorization: string | undefined;
    at.answer = (request, response) => {
      authorization = request.headers.authorization;
      response.writeHead(404).end();
    };
    const messages = [await failure({ mirror: secret })];
    expect(authorization).toBe(`Basic ${Buffer.from('user:p@ss').toString('base64')}`);
    at.answer = (_, response) => {
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
