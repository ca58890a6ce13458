import { spawnSync } from 'node:child_process';
import { copyFileSync, readFileSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { archonHere } from './in-process.js';
import { root, temporaryFolder } from './workspace.js';

/** Every YAML file below `sweeps/` but the experiments and networks, which have tests of their own. */
const sweeps = readdirSync(join(root, 'sweeps'), { recursive: true, encoding: 'utf8' }).filter(
  (name) => name.endsWith('.yaml') && !/^(experiments|networks)/.test(name),
);

describe('sweeps/', () => {
  it.each(sweeps)('%s is valid wherever it is installed, and names the schema', async (name) => {
    const elsewhere = temporaryFolder();
    const copy = join(elsewhere.path, basename(name));
    copyFileSync(join(root, 'sweeps', name), copy);
    expect(await archonHere(['validate', copy])).toMatchObject({ status: 0, stderr: '' });
    elsewhere.remove();
    expect(readFileSync(join(root, 'sweeps', name), 'utf8')).toMatch(
      /^# yaml-language-server: \$schema=\S*sweep\.schema\.json\n/,
    );
  });

  // A sweep that trains networks; test/accuracy-sweep.test.ts runs a smaller one.
  it.each(sweeps.filter((name) => !name.includes('accuracy')))('%s runs at a limit of 3', async (name) => {
    const folder = temporaryFolder();
    const { status, stdout } = await archonHere([
      'sweep',
      join('sweeps', name),
      '--limit',
      '3',
      '--out',
      folder.path,
      '--json',
    ]);
    expect(JSON.parse(stdout)).toMatchObject({ counts: { ok: 3, failed: 0 } });
    expect(status).toBe(0);
    folder.remove();
  });

  it('has the schemas of the built-in plugins', () => {
    const { status, stderr } = spawnSync(process.execPath, [join(root, 'tools/sweep-schema.mjs'), '--check'], {
      encoding: 'utf8',
    });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });

  it('quickstart has at least 60 points', async () => {
    const { points } = JSON.parse((await archonHere(['validate', 'sweeps/quickstart.yaml', '--json'])).stdout) as {
      points: number;
    };
    expect(points).toBeGreaterThanOrEqual(60);
  });
});
