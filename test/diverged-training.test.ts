import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import mobileNetV2 from '@archon-dse/net-mobilenetv2';
import { initialState, planModel } from '@archon-dse/tensor';
import { buildNetwork } from '@archon-dse/testing';
import { encodeTensors } from '@archon-dse/weights';
import { afterAll, describe, expect, it } from 'vitest';
import { archonHere } from './in-process.js';
import { temporaryFolder } from './workspace.js';

/** Weights that are numbers, but so large that the first batch comes to a loss that is none. */

const folder = temporaryFolder();
afterAll(folder.remove);

const OPTIONS = { width: 0.1, resolution: 8, classes: 2 };
const plan = planModel({ network: buildNetwork(mobileNetV2.networks![0]!, OPTIONS), batch: 1 });
const state = initialState(plan, 1);
const file = join(folder.path, 'huge.safetensors');
writeFileSync(
  file,
  encodeTensors({
    tensors: Object.fromEntries(
      plan.weights.map(({ name }) => {
        const { shape, data } = state[name]!;
        return [name, { shape, data: name.endsWith('kernel') ? data.map(() => 3e38) : data }];
      }),
    ),
    metadata: {},
  }),
);

describe('a training whose loss is no number', () => {
  it('stops archon train with a code, and leaves no result', async () => {
    const set = Object.entries(OPTIONS).flatMap(([key, value]) => ['--set', `${key}=${String(value)}`]);
    const chain = ['--stages', 'import,prune', '--set', `import.file=${file}`, '--epochs', '1'];
    const size = ['--set', 'prune.images=16', '--set', 'prune.batch=8', '--out', join(folder.path, 'train')];
    const { status, stdout, stderr } = await archonHere([
      'train',
      '--network',
      'mobilenet-v2',
      ...set,
      ...chain,
      ...size,
    ]);
    expect(stderr).toContain('ARCHON_TRAINING_DIVERGED');
    expect(stderr).toMatch(/batch 1 .*epoch 1/);
    expect([status, stdout]).toEqual([2, '']);
  });

  it('fails its point of a sweep with the reason, and no null gets into the journal', async () => {
    const sweep = join(folder.path, 'diverged.yaml');
    const stages = ['import', 'prune'].map((use) => {
      const options = use === 'import' ? { file } : { images: 16, batch: 8, epochs: 1 };
      return { use, options };
    });
    writeFileSync(
      sweep,
      JSON.stringify({
        apiVersion: 'archon/v1',
        name: 'diverged',
        networks: [{ use: 'mobilenet-v2', options: OPTIONS }],
        stages,
        accelerators: [{ use: 'dense' }],
        objectives: ['cycles', 'accuracy'],
      }),
    );
    const out = join(folder.path, 'out');
    const { status, stdout } = await archonHere(['sweep', sweep, '--out', out]);
    expect(status).toBe(3);
    expect(stdout).toContain('ARCHON_TRAINING_DIVERGED');
    const results = join(out, 'results');
    const journal = readdirSync(results)
      .filter((name) => name.endsWith('.jsonl'))
      .map((name) => readFileSync(join(results, name), 'utf8'))
      .join('');
    expect(journal).toContain('"code":"ARCHON_TRAINING_DIVERGED"');
    expect(journal).not.toContain(':null');
  });
});
