import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { openStore } from '@archon-dse/store';
import { describe, expect, it } from 'vitest';
import { expandSweep } from './explore/expand.js';
import type { Progress } from './progress.js';
import {
  candidate,
  comparable,
  faultySweep,
  linesOf,
  runWhole,
  FIXTURES,
  loadFixtures,
  rejection,
  tempDir,
  tinySweep,
} from './test-fixtures.js';

const plugins = await loadFixtures('tiny', 'faulty');
const serial = { kind: 'serial' } as const;
/** So slow that each record is written at once. */
const SLOW_MS = 300;

describe('runSweep', () => {
  it('returns records in the order of expansion, whoever finished first', async () => {
    const slowFirst = [candidate('fixture/mac', { macs: 1 }, { delayMs: [40, 0] })];
    const sweep = tinySweep({ accelerators: slowFirst });
    const { records, counts, interrupted } = await runWhole({ sweep, plugins, outDir: tempDir() });
    expect(records.map(({ point }) => point)).toEqual(
      expandSweep(sweep, plugins.registry).jobs.map(({ point }) => point),
    );
    expect(counts).toEqual({ total: 6, ok: 6, failed: 0, skipped: 0, duplicates: 0 });
    expect(interrupted).toBe(false);
  });

  it('gives the same records with 1 worker, 4 workers and none', async () => {
    const stages = [candidate('fixture/thin', { log: '' }, { density: [0.25, 0.5, 1] })];
    const runs = [{ kind: 'workerpool', workers: 1 }, { kind: 'workerpool', workers: 4 }, serial] as const;
    const results = await Promise.all(
      runs.map((executor) => runWhole({ sweep: tinySweep({ stages, executor }), plugins, outDir: tempDir() })),
    );
    const [one, four, none] = results.map(({ records }) => JSON.stringify(comparable(records)));
    expect(four).toBe(one);
    expect(none).toBe(one);
  });

  it('does not evaluate again what is in the journal', async () => {
    const [outDir, progress] = [tempDir(), [] as Progress[]];
    const first = await runWhole({ sweep: tinySweep({ executor: serial }), plugins, outDir });
    const wider = [candidate('fixture/tiny', {}, { width: [4, 8, 16, 32] })];
    const sweep = tinySweep({ networks: wider, executor: serial });
    const second = await runWhole({ sweep, plugins, outDir, onProgress: (now) => progress.push(now) });
    expect(first.sweepChanged).toBe(false);
    expect(second.sweepChanged).toBe(true);
    expect(second.counts).toMatchObject({ total: 8, ok: 8, skipped: 6 });
    expect(second.records.slice(0, 6)).toEqual(first.records);
    // Both new points are told at once where both are done before a block is written.
    const told = progress.map(({ done, total, skipped }) => [done, total, skipped]);
    expect([told[0], told.at(-1)]).toEqual([
      [6, 8, 6],
      [8, 8, 6],
    ]);
    expect(progress[0]?.etaMs).toBeUndefined();
    expect(progress.at(-1)?.etaMs).toBe(0);
    expect(linesOf(outDir)).toHaveLength(8);
  });

  it('records failing points, and retries them only when asked to', async () => {
    const outDir = tempDir();
    const sweep = { ...faultySweep('throws', 'none', 'cycles-nan'), executor: serial };
    const first = await runWhole({ sweep, plugins, outDir });
    expect(first.records.map(({ status }) => status)).toEqual(['failed', 'ok', 'failed']);
    expect((await runWhole({ sweep, plugins, outDir })).counts).toMatchObject({ ok: 1, failed: 2, skipped: 3 });
    const again = await runWhole({ sweep, plugins, outDir, retryFailed: true });
    expect(again.counts).toMatchObject({ ok: 1, failed: 2, skipped: 1 });
    expect(linesOf(outDir)).toHaveLength(5);
  });

  it('keeps what was finished when it is interrupted, and a resume does the rest', async () => {
    const [outDir, stop] = [tempDir(), new AbortController()];
    const accelerators = [candidate('fixture/mac', { delayMs: SLOW_MS }, { macs: [1, 2, 3] })];
    const sweep = tinySweep({ accelerators });
    const onProgress = ({ done }: Progress): void => {
      if (done === 3) stop.abort();
    };
    const partial = await runWhole({ sweep, plugins, outDir, signal: stop.signal, onProgress });
    expect(partial.interrupted).toBe(true);
    expect(partial.records).toHaveLength(3);
    const rest = await runWhole({ sweep, plugins, outDir });
    expect(rest.counts).toMatchObject({ total: 9, ok: 9, skipped: 3 });
    expect(rest.interrupted).toBe(false);
  });

  it.each(['serial', 'workerpool'] as const)('stops at a full disk, which fails no point (%s)', async (kind) => {
    const outDir = tempDir();
    const sweep = { ...faultySweep('none', 'disk-full', 'none'), executor: { kind } };
    const run = () => runWhole({ sweep, plugins, outDir, workers: 1 });
    for (let times = 0; times < 2; times += 1) expect((await rejection(run()))[0]?.code).toBe('ARCHON_DISK_FULL');
    expect(linesOf(outDir).map(({ status }) => status)).toEqual(['ok']);
  });

  it('gives the directory back after an error', async () => {
    const outDir = tempDir();
    await runWhole({ sweep: tinySweep({ executor: serial }), plugins, outDir });
    writeFileSync(join(outDir, 'results/0002.jsonl'), 'rubbish\n');
    for (const code of ['ARCHON_JOURNAL_CORRUPT', 'ARCHON_JOURNAL_CORRUPT']) {
      const [found] = await rejection(runWhole({ sweep: tinySweep(), plugins, outDir }));
      expect(found?.code).toBe(code);
    }
  });
});

describe('a sweep killed half-way', () => {
  const sweep = tinySweep({
    accelerators: [candidate('fixture/mac', { delayMs: SLOW_MS }, { macs: [1, 2, 3, 4, 5, 6, 7, 8] })],
  });

  it.each([1, 2])('has every point once after a resume, equal to an undisturbed run (%d)', async () => {
    const outDir = tempDir();
    const child = spawn(process.execPath, [join(FIXTURES, 'slow-sweep.js'), outDir, JSON.stringify(sweep)], {
      stdio: 'inherit',
    });
    while (linesOf(outDir).length < 5 && child.exitCode === null) await setTimeout(5);
    child.kill('SIGKILL');
    await once(child, 'exit');
    const before = linesOf(outDir).length;
    expect(before).toBeLessThan(24);

    const resumed = await runWhole({ sweep, plugins, outDir });
    const undisturbed = await runWhole({ sweep, plugins, outDir: tempDir() });
    expect(resumed.counts).toMatchObject({ total: 24, ok: 24, skipped: before });
    expect(linesOf(outDir)).toHaveLength(24);
    expect(comparable([...openStore(outDir).records()])).toEqual(comparable(undisturbed.records));
  });

  it('evaluates the point of a torn line again', async () => {
    const outDir = tempDir();
    await runWhole({ sweep: tinySweep({ executor: serial }), plugins, outDir });
    const file = join(outDir, 'results/0001.jsonl');
    truncateSync(file, readFileSync(file).length - 40);
    const { counts } = await runWhole({ sweep: tinySweep({ executor: serial }), plugins, outDir });
    expect(counts).toMatchObject({ total: 6, ok: 6, skipped: 5 });
    expect(readdirSync(join(outDir, 'results'))).toEqual(['0001.jsonl', '0002.jsonl']);
  });
});
