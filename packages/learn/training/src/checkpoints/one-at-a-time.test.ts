import { mkdirSync, mkdtempSync, rmSync, utimesSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll, describe, expect, it } from 'vitest';
import { oneAtATime } from './one-at-a-time.js';

const dir = mkdtempSync(join(tmpdir(), 'one-at-a-time-'));
afterAll(() => rmSync(dir, { recursive: true }));

describe('oneAtATime', () => {
  it('lets the second wait for the first', async () => {
    const events: string[] = [];
    const work = (name: string) => async () => {
      events.push(`${name} starts`);
      await setTimeout(50);
      events.push(`${name} ends`);
    };
    const folder = join(dir, 'deep', 'shared');
    const first = oneAtATime(folder, undefined, work('first'));
    while (events.length === 0) await setTimeout(5);
    await Promise.all([first, oneAtATime(folder, undefined, work('second'))]);
    expect(events).toEqual(['first starts', 'first ends', 'second starts', 'second ends']);
  });

  it('gives the lock back when the work fails', async () => {
    const folder = join(dir, 'failing');
    await expect(oneAtATime(folder, undefined, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await oneAtATime(folder, undefined, () => Promise.resolve(1))).toBe(1);
  });

  it('takes over the lock of one that died, and does not wait on when told to stop', async () => {
    const folder = join(dir, 'left');
    mkdirSync(`${folder}.lock`);
    expect(await oneAtATime(folder, { aborted: true }, () => Promise.resolve('stopped'))).toBe('stopped');
    const longAgo = new Date(Date.now() - 60_000);
    utimesSync(`${folder}.lock`, longAgo, longAgo);
    expect(await oneAtATime(folder, undefined, () => Promise.resolve('taken'))).toBe('taken');
  });
});
