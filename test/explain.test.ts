import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { archonHere } from './in-process.js';
import { temporaryFolder } from './workspace.js';

const explain = (accelerator: string, ...more: readonly string[]) =>
  archonHere(['explain', '--network', 'mobilenet-v2', '--accelerator', accelerator, ...more]);

interface Document {
  readonly layers: readonly {
    readonly name: string;
    readonly cycles: number;
    readonly energyPj: number;
    readonly utilization: number;
    readonly limits?: readonly { readonly cycles: number }[];
    readonly losses?: readonly { readonly share: number }[];
    readonly now?: { readonly cycles: number; readonly energyPj: number };
    readonly energy: readonly { readonly energyPj: number }[];
    readonly nest?: readonly { readonly name: string }[];
  }[];
  readonly larger: readonly { readonly level: string; readonly cycles: number; readonly layersChanged: number }[];
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

describe('archon explain', () => {
  it('accounts for the cycles, the multipliers and the energy of every layer', async () => {
    const { status, stdout } = await explain('dense', '--json');
    expect(status).toBe(0);
    const { layers, larger } = JSON.parse(stdout) as Document;
    expect(layers).toHaveLength(54);
    for (const { name, cycles, energyPj, utilization, limits, losses, now, energy, nest } of layers) {
      expect(limits?.[0]?.cycles, name).toBe(cycles);
      expect(sum(losses!.map(({ share }) => share)) + utilization, name).toBeCloseTo(1, 9);
      expect(sum(energy.map((part) => part.energyPj)) / energyPj, name).toBeCloseTo(1, 9);
      expect(now!.cycles, name).toBe(cycles);
      expect(now!.energyPj / energyPj, name).toBeCloseTo(1, 9);
      expect(nest?.[0]?.name, name).toBe('DRAM');
    }
    expect(larger.map(({ level }) => level)).toEqual(['shared_glb', 'ifmap_spad', 'weights_spad', 'psum_spad']);
  });

  it('draws what bounds a layer where a buffer is slow', async () => {
    const { stdout } = await explain('dense', '--set', 'glbReadBandwidth=1', '--layer', 'b2.project');
    expect(stdout).toMatch(/^bounded by +cycles alone +of its cycles\nshared_glb reads +[\d,]+ +100\.0% {2}#{24}$/m);
    expect(stdout).toMatch(/%  shared_glb +bandwidth: multipliers wait for words$/m);
    expect(stdout).toContain('for M in 0:');
  });

  it('says which buffer is too small, by how much, for which layers, and what would do', async () => {
    const { status, stdout } = await explain('dense', '--set', 'ifmapSpadWords=2');
    expect(status).toBe(0);
    expect(stdout).toContain('18 of 54 layers cannot run.');
    expect(stdout.replaceAll(/\n */g, ' ')).toContain(
      'ifmap_spad holds 2 words; the smallest tiles the constraints bring it take 3: 1 too many. ifmap_spad of 4 words would do. stem, b0.depthwise,',
    );
  });

  it('tells from records alone what an accelerator does not', async () => {
    const { stdout } = await explain('archon');
    expect(stdout).toContain('This accelerator does not tell what bounds its cycles');
    expect(stdout).not.toContain('bounded by');
    expect(stdout).toMatch(/^b1\.project, main +[\d,]+ +\d+% {2}\S+ \w+ \d+%$/m);
    expect((await explain('archon', '--layer', 'b1.project')).stdout).toMatch(/^b1\.project, main: [\d,]+ cycles$/m);
  });

  it('explains arrays that are given as data', async () => {
    const { stdout } = await explain('spatial', '--set', 'architecture=tpu-v1', '--layer', 'fc');
    expect(stdout).toMatch(/^DRAM reads +[\d,]+ +100\.0%/m);
    expect(stdout).toMatch(/%  DRAM +bandwidth: multipliers wait for words$/m);
    expect(stdout).toMatch(/^accumulators +1,048,576 -> 2,097,152 /m);
    // What zeros save is not in the nest.
    const scnn = await explain('spatial', '--set', 'architecture=scnn');
    expect(scnn.stdout).toContain('This accelerator does not tell what bounds its cycles');
  });

  it('explains a point of a sweep', async () => {
    const folder = temporaryFolder();
    const sweep = `apiVersion: archon/v1
name: told
networks: [{ use: mobilenet-v2 }]
accelerators: [{ use: dense, axes: { ifmapSpadWords: [2, 16] } }]
objectives: [cycles]
`;
    writeFileSync(join(folder.path, 'told.yaml'), sweep);
    const here = (...args: readonly string[]) => archonHere([...args], folder.path);
    expect((await here('sweep', 'told.yaml', '--out', 'told')).status).toBe(3);
    const { points } = JSON.parse((await here('expand', 'told.yaml', '--json')).stdout) as {
      points: readonly { readonly id: string }[];
    };
    const [failed, done] = points.map(({ id }) => id);
    expect((await here('explain', 'told', '--point', failed!)).stdout).toContain('18 of 54 layers cannot run.');
    const { stdout } = await here('explain', 'told', '--point', done!.slice(0, 12), '--layer', 'fc');
    expect(stdout).toContain('of its cycles');
    expect((await here('explain', 'told', '--point', 'none')).stderr).toContain('no point "none" in this folder');
    expect((await here('explain', 'told', '--point', '')).stderr).toContain('--point is empty');
    expect((await here('explain', 'told')).stderr).toContain('--point with the id of a point of the sweep');
    folder.remove();
  });

  it('is as wide as a page', async () => {
    const { stdout } = await explain('dense');
    for (const line of stdout.split('\n')) expect(line.length, line).toBeLessThanOrEqual(100);
  });
});
