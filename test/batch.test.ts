import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSweep } from '@archon-dse/config';
import { loadPlugins } from '@archon-dse/runner';
import { afterAll, describe, expect, it } from 'vitest';
import { BUILTIN_PLUGINS } from '../packages/host/cli/dist/builtin-plugins.js';
import { archonHere } from './in-process.js';
import { root, temporaryFolder } from './workspace.js';

const { registry } = await loadPlugins(BUILTIN_PLUGINS, [join(root, 'packages/host/cli')]);
const folder = temporaryFolder();
afterAll(folder.remove);
writeFileSync(join(folder.path, 'net.yaml'), 'input: [8, 8, 3]\nlayers:\n  - { op: conv, filters: 4 }\n');

const networks = registry.list('network').map(({ id }) => id);
const optionsOf = (id: string): string => (id === 'archon/file' ? ', options: { file: ./net.yaml }' : '');

describe('the batch of every built-in network', () => {
  it('is there', () => {
    expect(networks.length).toBeGreaterThanOrEqual(8);
  });

  it.each(networks)('%s: an axis of a sweep, and as many multiply-accumulates', async (id) => {
    const text = `apiVersion: archon/v1
name: batch
networks: [{ use: ${id}${optionsOf(id)}, axes: { batch: [1, 3] } }]
accelerators: [{ use: dense }]
objectives: [cycles]
`;
    expect(parseSweep(text, 'sweep.yaml', registry).networks[0]?.axes).toEqual({ batch: [1, 3] });
    const macs = async (batch: number): Promise<number> => {
      const set = [`batch=${batch}`, ...(id === 'archon/file' ? ['file=./net.yaml'] : [])].flatMap((one) => [
        '--set',
        one,
      ]);
      const { stdout } = await archonHere(['describe', id, ...set, '--json'], folder.path);
      return (JSON.parse(stdout) as { macs: number }).macs;
    };
    expect(await macs(3)).toBe(3 * (await macs(1)));
  });

  it('is not in points that do not give it, whose ids and seeds stay', () => {
    const text =
      'apiVersion: archon/v1\nname: x\nnetworks: [{ use: fusionet }]\naccelerators: [{ use: dense }]\nobjectives: [cycles]\n';
    const [network] = parseSweep(text, 'sweep.yaml', registry).networks;
    expect(network?.options).toEqual({ dataset: 'cifar10', width: 1, resolution: 32, classes: 0 });
  });
});
