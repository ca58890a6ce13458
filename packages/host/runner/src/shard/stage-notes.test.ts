import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Job } from '@archon-dse/engine';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { readStageNotes, StageNotes } from './stage-notes.js';

let folder = '';
let shard = '';
const job = (id: string): Job => ({ id, point: {} as Job['point'] });
const event = (done: number) => ({
  ...{ network: 'n', stage: 'train' },
  progress: { done, total: 4, unit: 'epoch', figures: [`loss ${String(done)}`] },
});

beforeEach(() => {
  vi.useFakeTimers();
  folder = mkdtempSync(join(tmpdir(), 'archon-stage-notes-'));
  shard = join(folder, '3.json');
});
afterEach(() => {
  vi.useRealTimers();
  rmSync(folder, { recursive: true, force: true });
});

it('tells the last of each point that is not done, once a second', () => {
  const notes = new StageNotes(shard);
  notes.hear(job('a'), event(1));
  notes.hear(job('a'), event(2));
  notes.hear(job('b'), event(0));
  expect(readStageNotes(shard)).toEqual([]);
  vi.advanceTimersByTime(1000);
  expect(readStageNotes(shard)).toEqual([
    { pointId: 'a', event: event(2) },
    { pointId: 'b', event: event(0) },
  ]);
  notes.drop('a');
  vi.advanceTimersByTime(1000);
  expect(readStageNotes(shard)).toEqual([{ pointId: 'b', event: event(0) }]);
  notes.close();
  expect(readdirSync(folder)).toEqual([]);
});

it('writes nothing where nothing is told', () => {
  const notes = new StageNotes(shard);
  notes.drop('a');
  vi.advanceTimersByTime(5000);
  expect(readdirSync(folder)).toEqual([]);
  notes.close();
});

it('is nothing where it cannot be written or read', () => {
  const notes = new StageNotes(join(folder, 'gone', '3.json'));
  notes.hear(job('a'), event(1));
  vi.advanceTimersByTime(1000);
  notes.close();
  writeFileSync(join(folder, '3.stages.json'), '[{"pointId": "a", "ev');
  expect(readStageNotes(shard)).toEqual([]);
});
