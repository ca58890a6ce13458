import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { archonHere } from './in-process.js';
import { temporaryFolder } from './workspace.js';

/** What people are told of searches that cannot be: before anything runs, at the place in the file, in these words. */

const folder = temporaryFolder();
afterAll(folder.remove);

const SWEEP = `apiVersion: archon/v1
name: mistakes
networks:
  - { use: mobilenet-v2, axes: { width: [0.25, 0.5] } }
accelerators:
  - use: dense
    axes: { meshX: [4, 8], meshY: [3, 6] }
    where: meshX * meshY <= 256
objectives: [cycles]
search: { strategy: nsga2, budget: { points: 20 } }
where: network.options.width * accelerator.options.meshX <= 256
`;

/** What `archon validate` says of the sweep with another text, from the place on to what was expected or meant. */
async function saidOf(right: string, wrong: string): Promise<readonly string[]> {
  writeFileSync(join(folder.path, 'sweep.yaml'), SWEEP.replace(right, wrong));
  const { status, stdout, stderr } = await archonHere(['validate', 'sweep.yaml'], folder.path);
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  const lines = stderr.trim().split('\n');
  return lines
    .slice(
      0,
      lines.findIndex((line) => /^ +>? *\d+ \|/.test(line)),
    )
    .map((line) => line.trim());
}

describe('a search that cannot be', () => {
  it('is right as it stands here', async () => {
    writeFileSync(join(folder.path, 'sweep.yaml'), SWEEP);
    const { stdout } = await archonHere(['validate', 'sweep.yaml'], folder.path);
    expect(stdout).toBe('sweep.yaml is valid: "mistakes", archon/nsga2 searches up to 20 points\n');
  });

  it('has no such strategy', async () => {
    expect(await saidOf('nsga2', 'nsga3')).toEqual([
      'sweep.yaml:10:21  ARCHON_UNKNOWN_ID',
      'no strategy is called "nsga3"',
      'expected one of: archon/grid, archon/random, archon/sobol, archon/nsga2, archon/tpe, archon/halving',
      'Did you mean "nsga2"?',
    ]);
  });

  it('has an axis without values', async () => {
    expect(await saidOf('meshX: [4, 8], meshY: [3, 6]', 'meshX: []')).toEqual([
      'sweep.yaml:7:13  ARCHON_SWEEP_EMPTY',
      'accelerators[0].axes.meshX is an empty list',
      'expected at least one entry',
    ]);
  });

  it('has an empty space', async () => {
    expect(await saidOf('meshX * meshY <= 256', 'meshX * meshY > 256')).toEqual([
      'sweep.yaml:8:12  ARCHON_SWEEP_EMPTY',
      'accelerators[0].where leaves no point: "meshX * meshY > 256" holds for no values',
      'expected a condition that some combination of the options keeps',
    ]);
  });

  it('has conditions of an entry that contradict each other', async () => {
    expect(await saidOf('meshX * meshY <= 256', '[meshX > 4, meshX < 8]')).toEqual([
      'sweep.yaml:8:24  ARCHON_SWEEP_EMPTY',
      'accelerators[0].where[1] leaves no point: "meshX < 8" holds for no values that keep what is above it',
      'expected a condition that some combination of the options keeps',
    ]);
  });

  it('has conditions of the sweep that contradict those of an entry', async () => {
    expect(await saidOf('.meshX <= 256', '.meshY > 3')).toEqual([
      'sweep.yaml:11:8  ARCHON_SWEEP_EMPTY',
      'where leaves no point: "network.options.width * accelerator.options.meshY > 3" holds for no values that keep what entries say under where',
      'expected a condition that some combination of the options keeps',
    ]);
  });

  it('has a formula that does not parse', async () => {
    expect(await saidOf('meshX * meshY <= 256', 'meshX * <= 256')).toEqual([
      'sweep.yaml:8:20  ARCHON_SWEEP_BAD_VALUE',
      'accelerators[0].where: "<=" cannot stand here',
      'expected a number, a name, a function or "("',
    ]);
  });

  it('has a formula that wants to be a program', async () => {
    expect(await saidOf('meshX * meshY <= 256', 'process.exit(1) > 0')).toEqual([
      'sweep.yaml:8:12  ARCHON_SWEEP_BAD_VALUE',
      'accelerators[0].where: there is no function "process.exit"',
      'expected one of: abs, ceil, exp, floor, ln, log10, log2, max, min, not, round, sqrt',
    ]);
  });

  it('has a formula that names no option', async () => {
    expect(
      (await saidOf('meshX * meshY <= 256', 'meshX * meshZ <= 256')).filter((line) => !line.startsWith('expected')),
    ).toEqual(['sweep.yaml:8:20  ARCHON_UNKNOWN_OPTION', 'dense has no option "meshZ"', 'Did you mean "meshX"?']);
    expect(await saidOf('network.options.width', 'network.width')).toEqual([
      'sweep.yaml:11:8  ARCHON_UNKNOWN_OPTION',
      'no point of the sweep has "network.width"',
      'expected network.options.X, stages[i].options.X or accelerator.options.X, numbers or yes and no',
      'Did you mean "network.options.width"?',
    ]);
  });
});
