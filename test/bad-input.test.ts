import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { archonHere } from './in-process.js';
import { temporaryFolder } from './workspace.js';

const MOBILENET = '{ use: mobilenet-v2 }';

const sweepOf = (accelerator: string, network: string): string => `apiVersion: archon/v1
name: bad
networks: [${network}]
accelerators:
  - ${accelerator}
objectives: [cycles]
`;

describe('a sweep with an option that makes no sense', () => {
  it.each([
    ['a mesh no layer fills', '{ use: dense, axes: { meshX: [8, 7] } }', MOBILENET, '7', 'Set meshX to 6 or 8'],
    ['the same on sparse', '{ use: sparse, options: { meshY: 11 } }', MOBILENET, '11', 'Set meshY to 10 or 12'],
    ['a mesh for no plane', '{ use: archon, axes: { meshY: [12] } }', MOBILENET, '12', 'Set meshY to 8 or 16'],
    ['lanes wider than the adder', '{ use: archon, options: { adderLanes: 6 } }', MOBILENET, '6', 'adderLanes to 5'],
    ['no adders', '{ use: archon, options: { addersPerPe: 0 } }', MOBILENET, '0', 'at least 1'],
    ['a density above 1', '{ use: sparse, options: { pointwiseDensity: 1.5 } }', MOBILENET, '1.5', 'at most 1'],
    ['a density below 0', '{ use: archon, axes: { depthwiseDensity: [-0.1] } }', MOBILENET, '-0.1', 'at least 0'],
    [
      'an unknown dataset',
      '{ use: dense }',
      '{ use: mobilenet-v2, options: { dataset: cifar11 } }',
      'cifar11',
      'Did you mean "cifar10"?',
    ],
  ])('%s is refused at its place, and nothing is written', async (_what, accelerator, network, value, words) => {
    const folder = temporaryFolder();
    const text = sweepOf(accelerator, network);
    writeFileSync(join(folder.path, 'bad.yaml'), text);
    const { status, stdout, stderr } = await archonHere(['sweep', 'bad.yaml', '--out', 'out', '--json'], folder.path);
    expect({ status, stderr }).toEqual({ status: 2, stderr: '' });
    const { error } = JSON.parse(stdout) as { error: { diagnostics: { location: object; code: string }[] } };
    const before = text.slice(0, text.lastIndexOf(value)).split('\n');
    expect(error.diagnostics).toHaveLength(1);
    expect(error.diagnostics[0]).toMatchObject({
      code: 'ARCHON_BAD_OPTION',
      location: { file: 'bad.yaml', line: before.length, column: before.at(-1)!.length + 1, length: value.length },
    });
    expect(JSON.stringify(error.diagnostics[0])).toContain(words.replaceAll('"', '\\"'));
    expect(existsSync(join(folder.path, 'out'))).toBe(false);
    folder.remove();
  });

  it('is refused by simulate too', async () => {
    const args = ['simulate', '--network', 'mobilenet-v2', '--accelerator', 'dense', '--set', 'meshX=7'];
    const { status, stdout, stderr } = await archonHere(args);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toContain('option meshX is 7, which divides over no layer of the network');
  });

  it('as is a network without a block to fuse, on ARCHON', async () => {
    const blocks = Array.from({ length: 18 }, (_, index) => `"b${index}"`).join();
    const args = ['simulate', '--network', 'mobilenet-v2', '--accelerator', 'archon', '--set', `unfused=[${blocks}]`];
    const { status, stderr } = await archonHere(args);
    expect(status).toBe(2);
    expect(stderr).toContain('ARCHON_WORKLOAD_UNSUPPORTED');
    expect(stderr).toContain(
      'ARCHON finds no block to fuse in this network (b0: block b0 is listed under unfused; b1:',
    );
  });
});
