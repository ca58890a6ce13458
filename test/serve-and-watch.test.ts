import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask, openEvents } from './ask.js';
import { startArchon, startHeld, startOnTerminal, type HeldCommand, type RunningCommand } from './processes.js';
import { archon, journalOf, root, temporaryFolder, type CliResult } from './workspace.js';

/** 60 points of 50 ms, so that a run can be seen to go on. */
const POINTS = 60;
const SWEEP = `
apiVersion: archon/v1
name: watched
plugins: [${JSON.stringify(join(root, 'packages/host/runner/fixtures/tiny'))}]
networks: [{ use: fixture/tiny, axes: { width: [4, 8, 12] } }]
accelerators: [{ use: fixture/mac, options: { delayMs: 50 }, axes: { macs: { from: 1, to: 20, step: 1 } } }]
objectives: [cycles, areaUm2]
executor: { kind: workerpool, workers: 2 }
`;

const folder = temporaryFolder();
const started: RunningCommand[] = [];
afterAll(async () => {
  for (const command of started.filter(({ isRunning }) => isRunning)) command.child.kill('SIGKILL');
  await Promise.all(started.map(({ ended }) => ended));
  folder.remove();
});
writeFileSync(join(folder.path, 'sweep.yaml'), SWEEP);

const start = (...args: readonly string[]): RunningCommand => {
  const command = startArchon(args, folder.path);
  started.push(command);
  return command;
};
/** Starts a sweep that gets no further than its first points before it is let go, however long it takes until somebody watches. */
const startSweep = (...args: readonly string[]): HeldCommand => {
  const held = startHeld(['sweep', 'sweep.yaml', ...args], folder.path);
  started.push(held.command);
  return held;
};
const URL_TEXT = /The dashboard is at (http:\/\/127\.0\.0\.1:\d+\/)/;
/** Sizes and times of all files. */
const stateOf = (name: string): readonly string[] =>
  readdirSync(join(folder.path, name), { recursive: true, encoding: 'utf8' }).map((file) => {
    const { size, mtimeMs } = statSync(join(folder.path, name, file));
    return `${file} ${String(size)} ${String(mtimeMs)}`;
  });

interface Status {
  readonly state: string;
  readonly total: number;
  readonly run?: { readonly points?: { readonly done: number; readonly total: number } };
}

describe('a sweep with its dashboard beside it', () => {
  let [swept, watched, seen]: [CliResult?, CliResult?, (readonly Status[])?] = [];
  let url = '';

  beforeAll(async () => {
    const { command: sweep, letGo } = startSweep('--out', 'shown', '--ui', '0');
    url = await sweep.says(URL_TEXT);
    // A client that reads nothing holds up neither the sweep nor its end.
    const stalled = connect(Number(new URL(url).port), '127.0.0.1');
    stalled.on('error', () => undefined);
    stalled.write('GET /events HTTP/1.1\r\nHost: localhost\r\n\r\n');
    stalled.pause();
    const events = await openEvents(url);
    const [{ id } = { id: '' }] = await events.next<readonly { id: string }[]>('sweeps', (sweeps) => sweeps.length > 0);
    events.close();
    const own = await openEvents(url, `?sweep=${id}`);
    await own.next<Status>('status', ({ run }) => run?.points !== undefined);
    const watch = start('watch', 'shown');
    await watch.says(/\/60 points/);
    letGo();
    [swept, watched] = await Promise.all([sweep.ended, watch.ended]);
    seen = own.all<Status>('status');
    own.close();
    stalled.destroy();
  });

  it('shows how it runs, from the first points on', () => {
    expect(seen?.[0]).toMatchObject({ total: POINTS });
    expect(seen?.some(({ state, run }) => state === 'running' && (run?.points?.done ?? 0) < POINTS)).toBe(true);
  });

  it('ends by itself off a terminal, and the dashboard with it', async () => {
    expect(swept?.status).toBe(0);
    expect(swept?.stderr.startsWith(`The dashboard is at ${url}\n`)).toBe(true);
    expect(swept?.stdout).toContain(`${String(POINTS)} points`);
    expect(swept?.stdout).not.toContain(url);
    await expect(ask(url)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });

  it('has the records of a run without', () => {
    expect(archon(['sweep', 'sweep.yaml', '--out', 'alone'], folder.path)).toMatchObject({ status: 0 });
    expect(journalOf(join(folder.path, 'shown'))).toHaveLength(POINTS);
    expect(journalOf(join(folder.path, 'shown'))).toEqual(journalOf(join(folder.path, 'alone')));
  });

  it('is watched in another terminal until it ends', () => {
    expect(watched).toMatchObject({ status: 0, stdout: `watched: ${String(POINTS)} of ${String(POINTS)} points\n` });
    // Off a terminal a line at once, and then one each half minute: nothing that is drawn again.
    expect(watched?.stderr).toMatch(/^\d+\/60 points.*\n$/);
  });

  it('is watched when it is over', () => {
    const { status, stdout, stderr } = archon(['watch', 'shown', '--json'], folder.path);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(JSON.parse(stdout)).toEqual({
      ...{ name: 'watched', out: join(folder.path, 'shown'), state: 'done' },
      ...{ done: POINTS, total: POINTS, failed: 0 },
    });
  });

  it('is not begun where its port is taken', async () => {
    const dashboard = start('serve', 'shown', '--port', '0', '--json');
    const port = await dashboard.says(/"port": (\d+)/);
    const { status, stdout, stderr } = archon(['sweep', 'sweep.yaml', '--out', 'never', '--ui', port], folder.path);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toContain(`port ${port} of 127.0.0.1 cannot be had: another program listens on it`);
    expect(readdirSync(folder.path)).not.toContain('never');
    dashboard.child.kill('SIGTERM');
    expect((await dashboard.ended).status).toBe(0);
  });
});

describe('watch', () => {
  it('ends with Ctrl-C, and with a sweep that is stopped, as interrupted', async () => {
    const { command: sweep, letGo } = startSweep('--out', 'stopped', '--executor', 'serial');
    while (!readdirSync(folder.path).includes('stopped')) await new Promise((resolve) => setTimeout(resolve, 20));
    while (!readdirSync(join(folder.path, 'stopped')).includes('progress.json'))
      await new Promise((resolve) => setTimeout(resolve, 20));
    const [impatient, patient] = [start('watch', 'stopped'), start('watch', 'stopped')];
    await Promise.all([impatient.says(/\/60 points/), patient.says(/\/60 points/)]);
    impatient.child.kill('SIGINT');
    expect(await impatient.ended).toMatchObject({ status: 130, stdout: '' });
    expect(impatient.stderr).toContain('Stopping to watch; the sweep goes on.');
    expect(sweep.isRunning).toBe(true);
    sweep.child.kill('SIGINT');
    letGo();
    expect((await sweep.ended).status).toBe(130);
    const { status, stdout } = await patient.ended;
    expect(status).toBe(130);
    expect(stdout).toMatch(
      /^watched: \d+ of 60 points\nThe run was interrupted; the same command goes on from here\.\n$/,
    );
  });

  it('refuses a folder without a sweep', () => {
    mkdirSync(join(folder.path, 'empty'));
    const { status, stdout, stderr } = archon(['watch', 'empty'], folder.path);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toContain('ARCHON_FILE_NOT_FOUND');
  });
});

describe('serve', () => {
  it('prints its address, lets nobody in but its own pages, changes nothing, and ends with Ctrl-C', async () => {
    const before = stateOf('shown');
    const serve = start('serve', 'shown', '--port', '0');
    const url = await serve.says(URL_TEXT);
    expect(serve.stdout).toBe(`The dashboard is at ${url}; Ctrl-C ends it.\n`);
    expect((await ask(url)).status).toBe(200);
    expect((await ask(url, { Host: 'evil.example' })).status).toBe(421);
    expect((await ask(url, { Origin: 'http://evil.example' })).status).toBe(403);
    expect((await ask(url, {}, 'POST')).status).toBe(405);
    const events = await openEvents(url);
    const [{ id } = { id: '' }] = await events.next<readonly { id: string }[]>('sweeps', (sweeps) => sweeps.length > 0);
    const report = JSON.parse((await ask(`${url}report?sweep=${id}`)).body) as { summary: object };
    expect(report.summary).toMatchObject({ name: 'watched', counts: { points: POINTS } });
    serve.child.kill('SIGINT'); // with a stream that is open
    expect(await serve.ended).toMatchObject({ status: 0, stderr: 'Stopping.\n' });
    await expect(ask(url)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    expect(stateOf('shown')).toEqual(before);
  });

  it('refuses a folder that is not there, and a port that is taken', async () => {
    const absent = archon(['serve', 'absent'], folder.path);
    expect(absent).toMatchObject({ status: 2, stdout: '' });
    expect(absent.stderr).toContain(`there is no folder "${join(folder.path, 'absent')}"`);
    const first = start('serve', 'shown', '--port', '0', '--json');
    const port = await first.says(/"port": (\d+)/);
    const second = archon(['serve', 'shown', '--port', port], folder.path);
    expect(second).toMatchObject({ status: 2, stdout: '' });
    expect(second.stderr).toContain(`port ${port} of 127.0.0.1 cannot be had: another program listens on it`);
    expect(JSON.parse(first.stdout)).toEqual({
      ...{ url: `http://127.0.0.1:${port}/`, port: Number(port) },
      ...{ pid: first.child.pid, folders: ['shown'] },
    });
    first.child.kill('SIGINT');
    expect((await first.ended).status).toBe(0);
  });
});

describe.skipIf(spawnSync('script', ['--version']).status !== 0)('on a terminal', () => {
  it('the dashboard stays after the sweep until Ctrl-C', async () => {
    const sweep = startOnTerminal(['sweep', 'sweep.yaml', '--out', 'shown', '--ui', '0'], folder.path);
    started.push(sweep);
    const url = await sweep.says(/The dashboard stays at (http:\/\/127\.0\.0\.1:\d+\/) until Ctrl-C\./);
    expect((await ask(url)).status).toBe(200);
    sweep.child.stdin?.write('\u0003');
    expect((await sweep.ended).status).toBe(0);
    await expect(ask(url)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });
});
