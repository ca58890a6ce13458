import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { feasibilityOf, PROGRESS_SCHEMA_VERSION, type RunStatus } from '@archon-dse/core';
import { buildReport, recordsSource, type Growth, type LiveStatus, type ServedSweep } from '@archon-dse/report';
import { readSweepNote, writeProgress } from '@archon-dse/store';
import { describe, expect, it } from 'vitest';
import { addRecords, ask, dashboardOf, listenTo, noteFake, tempDir, until } from './test-fixtures.js';

const RUN: RunStatus = {
  schemaVersion: PROGRESS_SCHEMA_VERSION,
  state: 'running',
  leader: { pid: process.pid, host: hostname() },
  executor: { kind: 'serial' },
  points: { done: 2, total: 8, failed: 0, skipped: 0, elapsedMs: 10 },
  workers: [{ worker: 0, done: 2, failed: 0, lastMs: 3 }],
  stages: [],
  startedAt: '2026-01-01T00:00:00.000Z',
  updatedAt: new Date().toISOString(),
};

/** The id under which the only sweep is served. */
async function onlyId(dashboard: { readonly url: string }): Promise<string> {
  const { newest, close } = await listenTo(dashboard);
  await until(() => ((newest('sweeps') ?? []) as unknown[]).length > 0);
  close();
  return (newest('sweeps') as ServedSweep[])[0]?.id ?? '';
}

describe('the stream of a sweep whose points come', () => {
  it('tells how far the run is, how the front grows and that there is a newer report', async () => {
    const folder = tempDir();
    const records = await noteFake(folder);
    writeProgress(folder, RUN);
    const dashboard = await dashboardOf(folder);
    const { newest, heard } = await listenTo(dashboard, `?sweep=${await onlyId(dashboard)}`);
    await until(() => newest('growth') !== undefined);
    expect(newest('status')).toMatchObject({ state: 'running', records: 0, total: 8, run: { points: { done: 2 } } });
    expect(newest('growth')).toMatchObject({ evaluated: 0, steps: [] });

    addRecords(folder, records.slice(0, 5));
    await until(() => (newest('growth') as Growth).evaluated === 5);
    expect(newest('status')).toMatchObject({ records: 5 });
    addRecords(folder, records.slice(5));
    writeProgress(folder, { ...RUN, state: 'done', points: { ...RUN.points!, done: 8 } });
    await until(
      () =>
        (newest('status') as LiveStatus).state === 'done' && (newest('report') as { records: number }).records === 8,
    );
    const { sweep } = readSweepNote(folder);
    const model = buildReport(sweep, recordsSource(records));
    const growth = newest('growth') as Growth;
    expect(growth).toMatchObject({ evaluated: 8, front: model.counts.front, isComplete: true });
    expect(growth.feasible).toBe(records.filter((record) => feasibilityOf(record, sweep).state === 'feasible').length);
    expect(growth.steps.at(-1)?.[1]).toBeCloseTo(model.volume?.normalized ?? NaN, 12);
    expect(heard.every(({ id }) => /^\w+-\d+$/.test(id))).toBe(true);
  });

  it('goes on, after a break, from what was heard last', async () => {
    const folder = tempDir();
    addRecords(folder, await noteFake(folder));
    writeProgress(folder, { ...RUN, state: 'done' });
    const dashboard = await dashboardOf(folder);
    const search = `?sweep=${await onlyId(dashboard)}`;
    const first = await listenTo(dashboard, search);
    await until(() => first.newest('report') !== undefined && first.newest('growth') !== undefined);
    const last = first.heard.at(-1)?.id ?? '';
    first.close();
    const again = await listenTo(dashboard, search, last);
    await setTimeout(1200);
    expect(again.heard).toEqual([]);
    const stranger = await listenTo(dashboard, search, 'other-99999');
    await until(() => stranger.heard.length >= 4);
    expect(stranger.heard.map(({ kind }) => kind).sort()).toEqual(['growth', 'report', 'status', 'sweeps']);
  });

  it('tells a run that was killed from one that is silent', async () => {
    const folder = tempDir();
    await noteFake(folder);
    writeProgress(folder, { ...RUN, leader: { pid: 2 ** 22 + 1, host: hostname() } });
    const dashboard = await dashboardOf(folder);
    const { newest } = await listenTo(dashboard, `?sweep=${await onlyId(dashboard)}`);
    await until(() => newest('status') !== undefined);
    expect(newest('status')).toMatchObject({ state: 'dead' });
    writeProgress(folder, { ...RUN, leader: { pid: 1, host: 'elsewhere' }, updatedAt: '2026-01-01T00:00:00.000Z' });
    await until(() => (newest('status') as LiveStatus).state === 'silent');
    expect(newest('status')).toMatchObject({ state: 'silent' });
  });

  it('says what keeps a folder from being read, and goes on when it can be again', async () => {
    const folder = tempDir();
    addRecords(folder, await noteFake(folder));
    const [note, aside] = [join(folder, 'sweep.json'), join(folder, 'aside')];
    const dashboard = await dashboardOf(folder);
    const { newest } = await listenTo(dashboard, `?sweep=${await onlyId(dashboard)}`);
    await until(() => newest('status') !== undefined);
    renameSync(note, aside);
    writeFileSync(note, '{');
    await until(() => (newest('status') as LiveStatus).problem !== undefined);
    expect((newest('status') as LiveStatus).problem?.message).toContain('cannot be read');
    renameSync(aside, note);
    await until(() => (newest('status') as LiveStatus).problem === undefined);
    expect(newest('status')).toMatchObject({ records: 8 });
  });
});

describe('the list of sweeps', () => {
  it('finds one that appears later, by its name', async () => {
    const parent = tempDir();
    const dashboard = await dashboardOf(parent, join(parent, 'not-there-yet'));
    const { newest } = await listenTo(dashboard);
    await until(() => newest('sweeps') !== undefined);
    expect(newest('sweeps')).toEqual([]);
    mkdirSync(join(parent, 'later'));
    await noteFake(join(parent, 'later'), { name: 'a later one' });
    await until(() => (newest('sweeps') as unknown[]).length === 1);
    expect(newest('sweeps')).toMatchObject([{ name: 'a later one', state: 'none', folder: join(parent, 'later') }]);
  });
});

describe('clients', () => {
  it('are no more than 32; one that leaves makes room', async () => {
    const dashboard = await dashboardOf(tempDir());
    const streams = await Promise.all(Array.from({ length: 32 }, () => listenTo(dashboard)));
    const refused = await ask(dashboard, '/events');
    expect({ status: refused.status, wait: refused.headers['retry-after'] }).toEqual({ status: 503, wait: '10' });
    streams[0]?.close();
    await setTimeout(300);
    const { newest } = await listenTo(dashboard);
    await until(() => newest('sweeps') !== undefined);
    expect(newest('sweeps')).toEqual([]);
  });
});
