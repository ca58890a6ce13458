import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { archonHere } from './in-process.js';
import { temporaryFolder } from './workspace.js';

const folder = temporaryFolder();
afterAll(() => folder.remove());

const NETWORK = ['--network', 'mobilenet-v2', '--set', 'width=0.1', '--set', 'resolution=8', '--set', 'classes=2'];
const SMALL = ['train', 'prune'].flatMap((stage) => ['--set', `${stage}.images=40`, '--set', `${stage}.batch=20`]);
const stages = ['--stages', 'train,prune', '--epochs', '3', '--set', 'prune.rampEpochs=2'];
const { stdout } = await archonHere(['train', ...NETWORK, ...SMALL, ...stages, '--out', folder.path, '--json']);
const [train, prune] = (
  JSON.parse(stdout) as { stages: readonly { checkpoint: string; accuracy: number; loss: number; density: object }[] }
).stages;

describe('archon runs', () => {
  it('lists what archon train wrote, what started from what, and files of others', async () => {
    writeFileSync(join(folder.path, 'broken.safetensors'), 'not one');
    const { runs, unreadable } = JSON.parse((await archonHere(['runs', folder.path, '--json'])).stdout) as {
      runs: readonly Record<string, unknown>[];
      unreadable: readonly object[];
    };
    const { checkpoint, ...score } = train!;
    const { accuracy, loss, density } = score;
    expect(runs).toHaveLength(2);
    expect(runs[0]).toMatchObject({
      ...{
        path: checkpoint,
        status: 'finished',
        stage: 'train',
        network: 'archon/mobilenet-v2',
        dataset: 'procedural',
      },
      networkOptions: { width: 0.1, resolution: 8, classes: 2, variant: 'baseline' },
      ...{ recipe: 'short', batch: 20, epochs: 3, epochsDone: 3, accuracy, loss, density, parent: null },
    });
    expect(runs[1]).toMatchObject({
      ...{ path: prune!.checkpoint, stage: 'prune', accuracy: prune!.accuracy, density: prune!.density },
      ...{ parent: { stage: 'train', sha256: runs[0]!['sha256'] }, parentPath: checkpoint },
    });
    expect(unreadable).toEqual([{ path: join(folder.path, 'broken.safetensors'), problem: expect.any(String) }]);
    const text = await archonHere(['runs', folder.path]);
    expect(text).toMatchObject({ status: 0, stderr: '' });
    expect(text.stdout).toMatch(
      /^archon\/mobilenet-v2 {2}classes=2 {2}resolution=8 {2}width=0\.1\ntrain .*\n└ prune /m,
    );
    expect(text.stdout).toMatch(/^\S*broken\.safetensors +/m);
  });

  it('shows one, by its checkpoint or its folder', async () => {
    const shown = JSON.parse((await archonHere(['runs', 'show', dirname(prune!.checkpoint), '--json'])).stdout) as {
      history: readonly { testAccuracy: number }[];
    };
    expect(shown).toMatchObject({ stage: 'prune', recipe: 'short', layers: expect.any(Array) });
    expect(shown.history).toHaveLength(3);
    expect(shown.history.at(-1)?.testAccuracy).toBe(prune!.accuracy);
    const { stdout: text } = await archonHere(['runs', 'show', prune!.checkpoint]);
    expect(text).toContain('loss on test images, by epoch');
    expect(text).toMatch(/^b1\.expand +[\d,]+ +[\d,]+ +\d+\.\d+%$/m);
  });

  it('says what is not there', async () => {
    const missing = { status: 2, stderr: expect.stringContaining('ARCHON_FILE_NOT_FOUND') };
    expect(await archonHere(['runs', join(folder.path, 'nowhere')])).toMatchObject(missing);
    expect(await archonHere(['runs', 'show', join(folder.path, 'nowhere')])).toMatchObject(missing);
    const damaged = { status: 2, stderr: expect.stringContaining('ARCHON_CHECKPOINT_INVALID') };
    expect(await archonHere(['runs', 'show', join(folder.path, 'broken.safetensors')])).toMatchObject(damaged);
  });
});
