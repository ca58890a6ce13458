import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { writeFolder } from './write-folder.js';

const files = new Map([
  ['package.json', '{}'],
  ['src/index.ts', 'export {};'],
]);
let root = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'create-archon-plugin-'));
});
afterEach(() => {
  rmSync(root, { recursive: true });
});

describe('writeFolder', () => {
  it.each(['new', 'new/deeper', 'there'])('writes %s', (name) => {
    mkdirSync(join(root, 'there'));
    writeFolder(join(root, name), files);
    expect(readFileSync(join(root, name, 'src/index.ts'), 'utf8')).toBe('export {};');
    expect(readdirSync(join(root, name))).toHaveLength(2);
    expect(readdirSync(root).filter((entry) => entry.startsWith('.'))).toEqual([]);
  });

  it('refuses a folder with anything in it, and leaves it', () => {
    writeFileSync(join(root, 'mine.txt'), 'mine');
    expect(() => {
      writeFolder(root, files);
    }).toThrow(/is not empty: it holds mine\.txt/);
    expect(readdirSync(root)).toEqual(['mine.txt']);
  });

  it('refuses a file', () => {
    writeFileSync(join(root, 'mine.txt'), 'mine');
    expect(() => {
      writeFolder(join(root, 'mine.txt'), files);
    }).toThrow(/cannot be written: ENOTDIR/);
  });

  it('writes nothing when a file cannot be written', () => {
    const impossible = new Map([...files, ['package.json/inside', 'no folder']]);
    expect(() => {
      writeFolder(join(root, 'new'), impossible);
    }).toThrow(/cannot be written/);
    expect(readdirSync(root)).toEqual([]);
  });

  it.skipIf(process.getuid?.() === 0)('refuses a place that may not be written', () => {
    chmodSync(root, 0o500);
    expect(() => {
      writeFolder(join(root, 'new'), files);
    }).toThrow(/cannot be written: EACCES/);
    chmodSync(root, 0o700);
    expect(existsSync(join(root, 'new'))).toBe(false);
  });
});
