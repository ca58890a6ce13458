import { spawn, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openStore } from '@archon-dse/store';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { archonHere } from './in-process.js';
import { until } from './virtual-cluster.mjs';
import { ARCHON, archon, root, temporaryFolder } from './workspace.js';

/** A sweep in parts: what any scheduler can start, without one. */

vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 }); // on machines that do other things too

const folder = temporaryFolder();
const at = (...names: readonly string[]): string => join(folder.path, ...names);

/** A plugin of its own, so that a test may change it. */
const PLUGIN = at('plugin');
const sweepText = (delayMs: number): string => `
apiVersion: archon/v1
name: my
plugins: ['${PLUGIN}']
networks: [{ use: testing/tiny, axes: { width: [1, 2, 3, 4] } }]
accelerators: [{ use: testing/mac, options: { delayMs: ${String(delayMs)} }, axes: { macs: [1, 2, 3], fault: [none, throws] } }]
objectives: [cycles]
`;

function recordsOf(out: string): readonly unknown[] {
  return [...openStore(out).records()]
    .sort((a, b) => (a.pointId < b.pointId ? -1 : 1))
    .map((record) => ({ ...record, timing: undefined }));
}

/** Runs a line of the documentation, in the folder of the tests. */
function shell(line: string): ReturnType<typeof spawnSync> {
  return spawnSync('bash', ['-e', '-o', 'pipefail', '-c', line], {
    cwd: folder.path,
    encoding: 'utf8',
    env: { ...process.env, PATH: `${at('bin')}:${process.env['PATH'] ?? ''}` },
  });
}

let expected: readonly unknown[] = [];

beforeAll(async () => {
  cpSync(join(root, 'packages/host/testing'), PLUGIN, {
    recursive: true,
    filter: (path) => !path.includes('node_modules'),
  });
  mkdirSync(at('node_modules'));
  symlinkSync(join(root, 'node_modules/@archon-dse'), at('node_modules', '@archon-dse'));
  mkdirSync(at('bin'));
  writeFileSync(at('bin', 'archon'), `#!/bin/sh\nexec '${process.execPath}' '${ARCHON}' "$@"\n`, { mode: 0o755 });
  writeFileSync(at('my.yaml'), sweepText(0));
  writeFileSync(at('slow.yaml'), sweepText(300));
  expect(await archonHere(['sweep', at('my.yaml'), '--out', at('local'), '--workers', '1'], folder.path)).toMatchObject(
    {
      status: 3, // points that fail are told as such
    },
  );
  expected = recordsOf(at('local'));
  expect(expected).toHaveLength(24);
});

afterAll(() => folder.remove());

/** The plan of a sweep in a folder of its own. */
async function planned(name: string, sweep: string, tasks: number): Promise<readonly string[]> {
  const { stdout } = await archonHere(
    ['shard', 'plan', at(sweep), '--tasks', String(tasks), '--out', at(name)],
    folder.path,
  );
  return stdout.trim().split('\n').filter(Boolean);
}

describe('docs/slurm.md', () => {
  it('has lines for xargs that give the records of a run on one machine', () => {
    const document = readFileSync(join(root, 'docs/slurm.md'), 'utf8');
    const lines = /```sh\n([\s\S]*?)```/.exec(document)?.[1] ?? '';
    expect(lines).toMatch(/xargs[\s\S]*archon sweep my\.yaml/);
    const { status, stderr, stdout } = shell(
      lines.replace('archon sweep my.yaml', 'archon sweep my.yaml || [ $? = 3 ]'),
    );
    expect({ status, stderr }).toMatchObject({ status: 0 });
    expect(stdout).toContain('my: 12 of 24 points ok, 12 failed, 24 from an earlier run');
    expect(recordsOf(at('archon-out', 'my'))).toEqual(expected);
    expect(shell('archon shard plan my.yaml --tasks 4')).toMatchObject({ status: 0, stdout: '' });
  });
});

describe('archon shard', () => {
  it('evaluates what an earlier try has not, into a file of its own', async () => {
    const [file = ''] = await planned('tries', 'my.yaml', 1);
    const { status, stdout } = await archonHere(['shard', file, '--json', '--workers', '2'], folder.path);
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toEqual({ file, total: 24, skipped: 0, evaluated: 24, failed: 12, interrupted: false });
    const again = await archonHere(['shard', file, '--json'], folder.path);
    expect(JSON.parse(again.stdout)).toMatchObject({ skipped: 24, evaluated: 0 });
    expect(recordsOf(at('tries'))).toEqual(expected);
  });

  it('writes twice and counts once where two evaluate the same part', async () => {
    const [file = ''] = await planned('twice', 'slow.yaml', 1);
    const both = [1, 2].map(() =>
      spawn(process.execPath, [ARCHON, 'shard', file, '--workers', '2'], { stdio: 'ignore' }),
    );
    const ends = await Promise.all(both.map((child) => new Promise((resolve) => child.once('exit', resolve))));
    expect(ends).toEqual([0, 0]);
    expect(readdirSync(at('twice', 'results'))).toHaveLength(2);
    expect(recordsOf(at('twice'))).toHaveLength(24);
  });

  it('closes its file on SIGTERM and ends with 143; the next try goes on', async () => {
    const [file = ''] = await planned('ended', 'slow.yaml', 1);
    const child = spawn(process.execPath, [ARCHON, 'shard', file, '--workers', '1'], { stdio: 'ignore' });
    await until('some results', () => existsSync(at('ended', 'results')) && recordsOf(at('ended')).length > 1);
    child.kill('SIGTERM');
    child.kill('SIGTERM'); // schedulers say it to the shell and to its children
    expect(await new Promise((resolve) => child.once('exit', resolve))).toBe(143);
    const had = recordsOf(at('ended')).length;
    expect(had).toBeLessThan(24);
    const { stdout } = await archonHere(['shard', file, '--json', '--workers', '4'], folder.path);
    expect(JSON.parse(stdout)).toMatchObject({ skipped: had, evaluated: 24 - had });
    expect(recordsOf(at('ended'))).toHaveLength(24);
  });

  it('has as many parts as asked for, the last ones empty, and plans only what is missing', async () => {
    const files = await planned('many', 'my.yaml', 30);
    expect(files).toHaveLength(30);
    const last = await archonHere(['shard', files[29]!, '--json'], folder.path);
    expect(JSON.parse(last.stdout)).toMatchObject({ total: 0, interrupted: false });
    await archonHere(['shard', files[0]!], folder.path);
    const args = ['shard', 'plan', at('my.yaml'), '--tasks', '2', '--out', at('many'), '--json'];
    expect(JSON.parse((await archonHere(args, folder.path)).stdout)).toMatchObject({ name: 'my', points: 23 });
  });

  it('refuses what is no part of a sweep', async () => {
    const { status, stderr } = await archonHere(['shard', at('my.yaml')], folder.path);
    expect(status).toBe(2);
    expect(stderr).toContain('ARCHON_SHARD_INVALID');
  });

  it.each([
    ['no contents', { contents: null }],
    ['a plugin without a place', { sources: [{ name: 'p' }] }],
    ['a point that is none', { jobs: [{ id: 'a' }] }],
  ])('refuses a part with %s', async (_, changes) => {
    const [file = ''] = await planned('changed', 'my.yaml', 1);
    const part = JSON.parse(readFileSync(file, 'utf8')) as object;
    writeFileSync(file, JSON.stringify({ ...part, ...changes }));
    const { status, stderr } = await archonHere(['shard', file], folder.path);
    expect(status).toBe(2);
    expect(stderr).toContain('ARCHON_SHARD_INVALID');
  });

  it('refuses to evaluate with other code than it was planned with', async () => {
    const [file = ''] = await planned('stale', 'my.yaml', 1);
    const code = join(PLUGIN, 'dist/executor-plugin.js');
    const before = readFileSync(code, 'utf8');
    writeFileSync(code, `${before}\n// changed\n`);
    const { status, stderr } = archon(['shard', file], folder.path);
    writeFileSync(code, before);
    expect(status).toBe(2);
    expect(stderr).toContain('ARCHON_SHARD_STALE');
    expect(stderr).toContain('plugin "@archon-dse/testing" is not what it was when the shard was planned');
    rmSync(at('stale'), { recursive: true });
  });
});
