import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { archonHere } from './in-process.js';
import { startHeld, type HeldCommand } from './processes.js';
import { ARCHON, journalOf, root, temporaryFolder, type CliResult } from './workspace.js';

/** Whatever the file system refuses, in any command: one error with a code, exit code 2, and what to do. No stack trace, no hang. */

const folder = temporaryFolder();
const at = (...names: readonly string[]): string => join(folder.path, ...names);
const SWEEP = `apiVersion: archon/v1
name: small
networks: [{ use: mobilenet-v2, options: { width: 0.1, resolution: 8 }, axes: { classes: [2, 3] } }]
accelerators: [{ use: dense, axes: { glbKib: [64, 128] } }]
objectives: [cycles, energyPj]
executor: { kind: serial }
`;

/** Every point takes long enough that its record is written by itself. */
const ONE_BY_ONE = `apiVersion: archon/v1
name: one-by-one
plugins: [${JSON.stringify(join(root, 'packages/host/runner/fixtures/tiny'))}]
networks: [{ use: fixture/tiny }]
accelerators: [{ use: fixture/mac, options: { delayMs: 300 }, axes: { macs: [1, 2, 3, 4] } }]
objectives: [cycles, areaUm2]
executor: { kind: serial }
`;

/** Folders in the place of files that a sweep or a report writes or reads. */
const IN_THE_WAY = ['sweep.json', 'results', 'report.html', 'summary.json', 'pareto.csv'];

beforeAll(async () => {
  writeFileSync(at('sweep.yaml'), SWEEP);
  writeFileSync(at('one-by-one.yaml'), ONE_BY_ONE);
  writeFileSync(at('file'), 'not a folder');
  mkdirSync(at('folder'));
  mkdirSync(at('empty'));
  mkdirSync(at('plugin/package.json'), { recursive: true });
  symlinkSync(at('nowhere'), at('dangling'));
  symlinkSync(at('nowhere'), at('dangling.yaml'));
  symlinkSync(at('circle.yaml'), at('circle.yaml'));
  expect(await archonHere(['sweep', at('sweep.yaml'), '--out', at('done')])).toMatchObject({ status: 0 });
  for (const name of IN_THE_WAY) {
    await archonHere(['sweep', at('sweep.yaml'), '--out', at(`with-${name}`)]);
    rmSync(at(`with-${name}`, name), { recursive: true });
    if (name === 'results') writeFileSync(at(`with-${name}`, name), 'a file');
    else mkdirSync(at(`with-${name}`, name));
  }
});
afterAll(folder.remove);

const LONG = 'x'.repeat(300);
const SMALL = ['--network', 'mobilenet-v2', '--set', 'width=0.1', '--set', 'resolution=8', '--set', 'classes=2'];
const TRAIN = ['train', ...SMALL, '--images', '8', '--batch', '8', '--epochs', '1'];
const RUN = ['run', join(root, 'sweeps/experiments/cifar10/fusionet/vanilla.yaml')];
const IMPORT = ['import', at('file'), ...SMALL];

/** A command line, and what its message says. */
const REFUSED: readonly (readonly [args: readonly string[], message: RegExp])[] = [
  [['sweep', at('sweep.yaml'), '--out', at('file')], /cannot be made: .*EEXIST/],
  [['sweep', at('sweep.yaml'), '--out', at('file', 'x')], /cannot be made: .*(ENOTDIR|EEXIST)/],
  [['sweep', at('sweep.yaml'), '--out', at('dangling')], /cannot be made: .*EEXIST/],
  [['sweep', at('sweep.yaml'), '--out', at(LONG)], /cannot be made: .*ENAMETOOLONG/],
  [['sweep', at('sweep.yaml'), '--out', '/proc/x'], /cannot be made: .*ENOENT/],
  [['sweep', at('sweep.yaml'), '--out', '/dev/null/x'], /cannot be made: .*(ENOTDIR|EEXIST)/],
  [['sweep', at('sweep.yaml'), '--out', at('with-sweep.json')], /cannot be read: .*EISDIR/],
  [['sweep', at('sweep.yaml'), '--out', at('with-results')], /cannot be listed: .*ENOTDIR/],
  [['sweep', at('sweep.yaml'), '--out', at('with-report.html')], /report\.html" cannot be written: .*EISDIR/],
  [['sweep', at('folder')], /cannot be read: .*EISDIR/],
  [['sweep', at('nothing.yaml')], /cannot be read: .*ENOENT/],
  [['validate', at('dangling.yaml')], /cannot be read: .*ENOENT/],
  [['validate', at('circle.yaml')], /cannot be read: .*ELOOP/],
  [['validate', at(LONG)], /cannot be read: .*ENAMETOOLONG/],
  [['expand', at('folder')], /cannot be read: .*EISDIR/],
  [['describe', 'mobilenet-v2', '--plugin', at('plugin')], /package\.json is a folder/],
  [
    ['simulate', '--network', 'mobilenet-v2', '--accelerator', 'dense', '--plugin', at('plugin')],
    /package\.json is a folder/,
  ],
  [['report', at('nothing')], /holds no sweep/],
  [['report', at('file')], /holds no sweep/],
  [['report', at('with-sweep.json')], /cannot be read: .*EISDIR/],
  [['report', at('with-results')], /cannot be listed: .*ENOTDIR/],
  [['report', at('with-report.html')], /report\.html" cannot be written: .*EISDIR/],
  [['report', at('with-summary.json')], /summary\.json" cannot be written: .*EISDIR/],
  [['report', at('with-pareto.csv')], /pareto\.csv" cannot be written: .*EISDIR/],
  [['reproduce', 'ics21', '--out', at('file')], /cannot be made: .*EEXIST/],
  [['reproduce', 'ics21', '--out', '/proc/x'], /cannot be made: .*ENOENT/],
  [[...TRAIN, '--out', at('file')], /cannot be made: .*EEXIST/],
  [[...TRAIN, '--out', '/proc/x'], /cannot be made: .*ENOENT/],
  [[...TRAIN, '--out', at('dangling', 'x')], /cannot be made: .*EEXIST/],
  [[...TRAIN, '--data', at('file')], /is no folder/],
  [[...RUN, '--evaluate', at('folder')], /cannot be read: .*EISDIR/],
  [['run', at('file', 'x')], /cannot be read: .*ENOTDIR/],
  [['run', at('nothing')], /there is no/],
  [['run', at('circle.yaml')], /cannot be read: .*ELOOP/],
  [['run', at('empty')], /holds no experiments/],
  [['import', at('folder'), ...SMALL], /cannot be read: .*EISDIR/],
  [['import', at('nothing'), ...SMALL], /cannot be read: .*ENOENT/],
  [['import', '/dev/zero', ...SMALL], /cannot be read: it is a pipe or a device/],
  [[...IMPORT, '--data', at('file')], /there is no folder/],
  [['evaluate', at('folder')], /cannot be read: .*EISDIR/],
  [['evaluate', at('dangling')], /cannot be read: .*ENOENT/],
  [['evaluate', at('file', 'x')], /cannot be read: .*ENOTDIR/],
  [['evaluate', '/dev/zero'], /cannot be read: it is a pipe or a device/],
  [['runs', at('file')], /cannot be listed: .*ENOTDIR/],
  [['runs', 'show', at('folder')], /cannot be read: .*ENOENT/],
  [['runs', 'show', at('circle.yaml')], /cannot be read: .*ELOOP/],
  [['data', 'info', at('file')], /there is no folder/],
  [['data', 'info', at('circle.yaml')], /cannot be read: .*ELOOP/],
  [['data', 'fetch', 'cifar10', '--dir', at('file')], /cannot be made: .*EEXIST/],
  [['data', 'fetch', 'cifar10', '--dir', '/proc/x'], /cannot be made: .*ENOENT/],
];

/** One error for people: a code, no trace of a stack, and a way on. */
function expectRefusal({ status, stdout, stderr }: CliResult, message: RegExp): void {
  expect({ status, stdout }, stderr).toEqual({ status: 2, stdout: '' });
  expect(stderr).toMatch(/^ARCHON_[A-Z_]+$/m);
  expect(stderr).toMatch(message);
  expect(stderr).not.toMatch(/\n\s+at |[Ii]nternal error/);
}

describe('what is refused', () => {
  it(`counts: ${String(REFUSED.length)} refusals over ${String(new Set(REFUSED.map(([args]) => args[0])).size)} commands`, () => {
    expect(REFUSED.length).toBeGreaterThanOrEqual(20);
  });

  it.each(REFUSED)('%j', async (args, message) => {
    expectRefusal(await archonHere(args, folder.path), message);
    const { status, stdout, stderr } = await archonHere([...args, '--json'], folder.path);
    expect(status, stderr).toBe(2);
    expect(stderr).not.toContain('ARCHON_');
    const { error } = JSON.parse(stdout) as { error: { diagnostics: { code: string; message: string }[] } };
    expect(error.diagnostics[0]?.code).toMatch(/^ARCHON_/);
    expect(error.diagnostics.map((one) => one.message).join('\n')).toMatch(message);
  });
});

interface Fault {
  readonly path: string;
  readonly code: 'ENOSPC' | 'EROFS' | 'EACCES';
  /** Writes that succeed before. */
  readonly after?: number;
}

/** Runs `archon` in a process whose file system refuses; see `faults.mjs`. */
function archonWith({ path, code, after = 0 }: Fault, args: readonly string[]): CliResult {
  const preload = join(import.meta.dirname, 'faults.mjs');
  const env = { ARCHON_FAULT_PATH: path, ARCHON_FAULT_CODE: code, ARCHON_FAULT_AFTER: String(after), NO_COLOR: '1' };
  const result = spawnSync(process.execPath, ['--import', preload, ARCHON, ...args], {
    ...{ cwd: folder.path, encoding: 'utf8', timeout: 50_000 },
    env: { ...process.env, ...env },
  });
  return { status: result.status, stdout: result.stdout, stderr: result.stderr };
}

describe('a disk that fills up', () => {
  it('stops a sweep, keeps what was evaluated, and the same command goes on from there', async () => {
    const undisturbed = ['sweep', at('one-by-one.yaml'), '--out', at('not-full')];
    expect(await archonHere(undisturbed)).toMatchObject({ status: 0 });
    const out = at('full');
    const args = ['sweep', at('one-by-one.yaml'), '--out', out];
    const { status, stderr } = archonWith({ path: join(out, 'results'), code: 'ENOSPC', after: 2 }, args);
    expect({ status, stderr }).toMatchObject({ status: 2, stderr: expect.stringContaining('ARCHON_DISK_FULL') });
    expect(stderr).toContain('Make room, then run the same command again: it goes on from there.');
    expect(stderr).not.toMatch(/\n\s+at /);
    expect(readdirSync(out).sort()).toEqual(['progress.json', 'results', 'sweep.json']);
    const { stdout } = await archonHere([...args, '--json']);
    expect(JSON.parse(stdout)).toMatchObject({ counts: { total: 4, ok: 4, failed: 0, skipped: 2 } });
    expect(journalOf(out)).toEqual(journalOf(at('not-full')));
  });

  it('leaves no lock behind that nobody gives back', async () => {
    const out = at('full-at-once');
    const args = ['sweep', at('sweep.yaml'), '--out', out];
    const { status, stderr } = archonWith({ path: join(out, 'archon.lock'), code: 'ENOSPC' }, args);
    expect({ status, stderr }).toMatchObject({ status: 2, stderr: expect.stringContaining('ARCHON_DISK_FULL') });
    expect(readdirSync(out)).toEqual([]);
    expect((await archonHere(args)).status).toBe(0);
  });

  it.each([
    ['report', () => ['report', at('done')], () => at('done')],
    ['reproduce', () => ['reproduce', 'ics21', '--network', 'shufflenet', '--out', at('paper')], () => at('paper')],
    ['train', () => [...TRAIN, '--out', at('trained')], () => at('trained')],
  ])('is told by %s', (_command, args, path) => {
    const { status, stderr } = archonWith({ path: path(), code: 'ENOSPC' }, args());
    expect({ status, stderr }).toMatchObject({ status: 2, stderr: expect.stringContaining('ARCHON_DISK_FULL') });
    expect(stderr).not.toMatch(/\n\s+at |[Ii]nternal error/);
  });

  it('or on which the result itself has no place, is told too', () => {
    const command = `"${process.execPath}" "${ARCHON}" expand "${at('sweep.yaml')}" > /dev/full`;
    const { status, stderr } = spawnSync('sh', ['-c', command], { encoding: 'utf8' });
    expect({ status, stderr }).toMatchObject({ status: 2, stderr: expect.stringContaining('ARCHON_DISK_FULL') });
  });
});

describe('a disk that is read-only', () => {
  it.each([
    ['sweep', () => ['sweep', at('sweep.yaml'), '--out', at('read-only')], () => at('read-only')],
    ['train', () => [...TRAIN, '--out', at('read-only')], () => at('read-only')],
    ['report', () => ['report', at('done')], () => at('done')],
  ])('is told by %s', (_command, args, path) => {
    const { status, stderr } = archonWith({ path: path(), code: 'EROFS' }, args());
    expect({ status, stderr }).toMatchObject({ status: 2, stderr: expect.stringContaining('is read-only (EROFS)') });
    expect(stderr).not.toMatch(/\n\s+at |[Ii]nternal error/);
  });
});

describe('a folder that others may not use', () => {
  it('is told with what to do', () => {
    mkdirSync(at('closed'));
    chmodSync(at('closed'), 0o500);
    chmodSync(folder.path, 0o755);
    const args = ['sweep', at('sweep.yaml'), '--out', at('closed', 'out')];
    const nobody = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};
    const asNobody = (...given: readonly string[]) =>
      spawnSync(process.execPath, [ARCHON, ...given], { ...nobody, cwd: '/', encoding: 'utf8' });
    // root is refused nothing, and nobody may not reach this repository everywhere
    const isReachable = asNobody('--version').status === 0;
    const fault = { path: at('closed', 'out'), code: 'EACCES' } as const;
    const { status, stderr } = isReachable ? asNobody(...args) : archonWith(fault, args);
    expect({ status, stderr }).toMatchObject({ status: 2, stderr: expect.stringContaining('(EACCES)') });
    expect(stderr).toContain('Choose another place');
  });
});

/** A sweep whose folder has such a file, and that ends no point but the first before it is let go. */
async function startSweep(out: string, file: string): Promise<HeldCommand> {
  const held = startHeld(['sweep', at('one-by-one.yaml'), '--out', out], folder.path);
  while (!existsSync(join(out, file)) && held.command.isRunning) await setTimeout(5);
  return held;
}

describe('a folder that is deleted', () => {
  it.each(['results', 'progress.json'])(
    'while a sweep runs that has %s, is told, and not passed over',
    async (file) => {
      const out = at(`deleted-${file}`);
      const { command: sweep, letGo } = await startSweep(out, file);
      rmSync(out, { recursive: true });
      letGo();
      const { status, stderr } = await sweep.ended;
      expect({ status, stderr }).toMatchObject({ status: 2, stderr: expect.stringMatching(/ARCHON_FILE_REFUSED/) });
      expect(stderr).not.toMatch(/\n\s+at |[Ii]nternal error/);
    },
  );

  it('and was the working directory, is told by what needs it', () => {
    const command = `mkdir "${at('gone')}" && cd "${at('gone')}" && rmdir "${at('gone')}" && "${process.execPath}" "${ARCHON}"`;
    const run = (args: string) => spawnSync('sh', ['-c', `${command} ${args}`], { encoding: 'utf8' });
    expect(run('--version')).toMatchObject({ status: 0, stderr: '' });
    expect(run('runs')).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('the working directory cannot be used'),
    });
  });
});

describe('a reader that stops reading', () => {
  it('stops nothing: head has its line, and the exit code is that of the work', () => {
    writeFileSync(at('many.yaml'), SWEEP.replace('classes: [2, 3]', 'classes: { from: 2, to: 900, step: 1 }'));
    const archon = `"${process.execPath}" "${ARCHON}" expand "${at('many.yaml')}"; echo "exit $?" >&2`;
    const { stdout, stderr } = spawnSync('sh', ['-c', `(${archon}) | head -n 1`], { encoding: 'utf8' });
    expect(stdout.split('\n')).toHaveLength(2);
    expect(stderr).toBe('exit 0\n');
  });
});

describe('a terminal that closes', () => {
  it('stops a sweep in good order, as kill and Ctrl-C do', async () => {
    const out = at('hung-up');
    const { command: sweep, letGo } = await startSweep(out, 'results');
    sweep.child.kill('SIGHUP');
    letGo();
    await sweep.ended;
    expect([sweep.child.exitCode, sweep.child.signalCode]).toEqual([130, null]);
    expect(existsSync(join(out, 'archon.lock'))).toBe(false);
  });
});

describe('archon without a command', () => {
  it.each([[[]], [['data']]])('prints its help: %j', async (args) => {
    const { status, stdout, stderr } = await archonHere(args);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toMatch(/^Usage: archon/);
  });
});
