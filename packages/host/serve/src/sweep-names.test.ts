import { symlinkSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterEach, expect, it, vi } from 'vitest';
import { SweepNames } from './sweep-names.js';
import { noteFake, tempDir } from './test-fixtures.js';

afterEach(() => {
  vi.useRealTimers();
});

const foundIn = (path: string) => ({ id: 'x', path, folder: path });

it('names a sweep as its note does, and one that cannot be read as its folder', async () => {
  const [good, broken] = [tempDir(), tempDir()];
  await noteFake(good, { name: 'mine' });
  writeFileSync(join(broken, 'sweep.json'), '{');
  const names = new SweepNames();
  expect([good, broken].map((path) => names.nameOf(foundIn(path)))).toEqual(['mine', basename(broken)]);
});

it('goes on where a note cannot even be looked at', () => {
  const path = tempDir();
  symlinkSync('sweep.json', join(path, 'sweep.json')); // leads to itself: what it says is an error of another kind than absence
  expect(new SweepNames().nameOf(foundIn(path))).toBe(basename(path));
});

it('reads a name anew ten seconds after it changed', async () => {
  vi.useFakeTimers({ toFake: ['performance'] });
  const path = tempDir();
  await noteFake(path, { name: 'first' });
  const names = new SweepNames();
  const now = (): string => names.nameOf(foundIn(path));
  expect(now()).toBe('first');
  await noteFake(path, { name: 'second' });
  vi.advanceTimersByTime(9000);
  expect(now()).toBe('first');
  vi.advanceTimersByTime(1001);
  expect(now()).toBe('second');
});
