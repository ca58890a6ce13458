import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { rejectedWith } from '../../../../test/diagnostics.js';
import { attemptFile, fileRefusal } from './file-refusal.js';
import { makeFolder, readBytes, readText } from './files/index.js';

const dir = mkdtempSync(join(tmpdir(), 'refusal-'));
afterAll(() => rmSync(dir, { recursive: true }));
writeFileSync(join(dir, 'file'), 'text');
symlinkSync(join(dir, 'nowhere'), join(dir, 'dangling'));
symlinkSync(join(dir, 'circle'), join(dir, 'circle'));
mkdirSync(join(dir, 'folder'));

const refused = async (act: () => unknown) => (await rejectedWith(act))[0];

describe('makeFolder', () => {
  it('makes a folder with all above it, and nothing where it is', () => {
    makeFolder(join(dir, 'a', 'b', 'c'));
    writeFileSync(join(dir, 'a', 'b', 'c', 'x'), 'kept');
    makeFolder(join(dir, 'a', 'b', 'c'));
    makeFolder('/');
    expect(readFileSync(join(dir, 'a', 'b', 'c', 'x'), 'utf8')).toBe('kept');
  });

  it.each([
    ['below /proc, at once', '/proc/x/y', 'ENOENT'],
    ['in the place of a file', join(dir, 'file'), 'EEXIST'],
    ['below a file', join(dir, 'file', 'x'), 'ENOTDIR'],
    ['in the place of a link that leads nowhere', join(dir, 'dangling'), 'EEXIST'],
    ['below a link that leads in a circle', join(dir, 'circle', 'x'), 'ELOOP'],
    ['of too long a name', join(dir, 'x'.repeat(300)), 'ENAMETOOLONG'],
    ['of a name that none can have', `${dir}/a\0b`, 'ERR_INVALID_ARG_VALUE'],
  ])('is refused %s', async (_what, path, code) => {
    expect(await refused(() => makeFolder(path))).toMatchObject({
      code: 'ARCHON_FILE_REFUSED',
      message: expect.stringMatching(new RegExp(`cannot be made: .*${code === 'ENOTDIR' ? '(EEXIST|ENOTDIR)' : code}`)),
      hint: expect.any(String),
    });
  });
});

describe('reading', () => {
  it.each([
    ['a folder', 'folder', 'ARCHON_FILE_REFUSED', 'EISDIR'],
    ['nothing', 'nothing', 'ARCHON_FILE_NOT_FOUND', 'ENOENT'],
    ['a link that leads nowhere', 'dangling', 'ARCHON_FILE_NOT_FOUND', 'ENOENT'],
    ['a path through a file', 'file/x', 'ARCHON_FILE_REFUSED', 'ENOTDIR'],
    ['a circle of links', 'circle', 'ARCHON_FILE_REFUSED', 'ELOOP'],
  ])('%s is refused', async (_what, name, code, errno) => {
    const path = join(dir, name);
    const expected = { code, message: expect.stringContaining(`"${path}" cannot be read:`), expected: 'a poem' };
    for (const read of [() => readBytes(path, 'a poem'), () => readText(path, 'a poem')]) {
      const found = await refused(read);
      expect(found).toMatchObject(expected);
      expect(found?.message).toContain(`(${errno})`);
    }
  });

  it('devices are not read as files, and as texts no further than texts go', async () => {
    expect(await refused(() => readBytes('/dev/zero', 'a poem'))).toMatchObject({
      message: '"/dev/zero" cannot be read: it is a pipe or a device',
    });
    expect(await refused(() => readText('/dev/zero', 'a poem'))).toMatchObject({
      code: 'ARCHON_YAML_SYNTAX',
      message: '"/dev/zero" is longer than 1 MiB',
    });
  });

  it('texts are UTF-8', async () => {
    writeFileSync(join(dir, 'latin1'), Buffer.from([0x61, 0xe4, 0x62]));
    expect(await refused(() => readText(join(dir, 'latin1'), 'a poem'))).toMatchObject({
      message: expect.stringContaining('is not text in UTF-8'),
    });
    expect(await readText(join(dir, 'file'), 'a poem')).toBe('text');
  });
});

describe('attemptFile', () => {
  it('says of a full disk that what was done is kept, and how to go on', async () => {
    const write = () => writeFileSync('/dev/full', 'x');
    expect(await refused(() => attemptFile({ path: 'out/x', doing: 'written' }, write))).toEqual({
      code: 'ARCHON_DISK_FULL',
      message: '"out/x" cannot be written: no room is left on its disk (ENOSPC)',
      hint: 'What was done before is kept. Make room, then run the same command again: it goes on from there.',
    });
  });

  it('waits for promises, and lets everything else pass', async () => {
    const access = { path: join(dir, 'no'), doing: 'read' } as const;
    expect(await refused(() => attemptFile(access, () => readFile(access.path)))).toMatchObject({
      code: 'ARCHON_FILE_NOT_FOUND',
    });
    expect(await attemptFile(access, () => Promise.resolve(5))).toBe(5);
    const bug = new TypeError('a bug');
    await expect(attemptFile(access, () => Promise.reject(bug))).rejects.toBe(bug);
  });
});

describe('fileRefusal', () => {
  const errorOf = (code: string, syscall: string, path?: string) =>
    Object.assign(new Error(code), { code, syscall, ...(path === undefined ? {} : { path }) });

  it('knows an error of the file system by its call, and no other', () => {
    expect(fileRefusal(errorOf('EROFS', 'open', '/x'))?.message).toBe(
      '"/x" cannot be used (open): the file system is read-only (EROFS)',
    );
    expect(fileRefusal(errorOf('ENOSPC', 'write'))?.code).toBe('ARCHON_DISK_FULL');
    expect(fileRefusal(errorOf('ENOENT', 'uv_cwd'))?.message).toContain('the working directory');
    expect(fileRefusal(errorOf('ECONNREFUSED', 'connect'))).toBeUndefined();
    expect(fileRefusal(new Error('a bug'))).toBeUndefined();
    expect(fileRefusal('text')).toBeUndefined();
  });
});
