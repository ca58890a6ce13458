import type { Run } from '@archon-dse/training';
import { describe, expect, it } from 'vitest';
import { runListText, runText, unreadableText } from './runs-text.js';
import { treeOfRuns } from './run-tree.js';

const epoch = (testLoss: number, testAccuracy: number) => ({
  trainLoss: 3,
  trainAccuracy: 0.25,
  testLoss,
  testAccuracy,
});

function run(changes: Partial<Run>): Run {
  const history = [epoch(2, 0.5), epoch(1, 0.75), epoch(1.5, 0.625)];
  return {
    ...{ path: '/w/out/train-1/model.safetensors', status: 'finished', stage: 'train', network: 'archon/mobilenet-v2' },
    ...{
      networkOptions: { width: 0.25, variant: 'baseline' },
      dataset: 'cifar10',
      seed: 7,
      recipe: 'short',
      batch: 16,
    },
    ...{ epochs: 3, epochsDone: 3, keptEpoch: 2, accuracy: 0.75, loss: 1, density: { nonzero: 20, total: 100 } },
    ...{
      bytes: 9_400_000,
      sha256: 'aa',
      parent: null,
      file: null,
      history,
      layers: [{ layer: 'fc', nonzero: 20, total: 100 }],
    },
    ...changes,
  };
}

const trained = run({});
const pruned = run({
  ...{ path: '/w/out/prune-2/model.safetensors', stage: 'prune', sha256: 'bb' },
  ...{ parent: { stage: 'train', sha256: 'aa' }, status: 'interrupted', epochs: 9 },
});
const stray = run({
  ...{ path: '/cache/x.safetensors', stage: 'prune', sha256: 'cc', networkOptions: null },
  parent: { stage: 'import', sha256: 'dd' },
});
const meta = {
  ...{ name: 'mobilenet-v2', title: '', description: '', source: '' },
  options: {
    width: { type: 'number', default: 1, description: '' },
    variant: { type: 'string', default: 'baseline', description: '' },
  },
} as const;

describe('runs', () => {
  it('stand below the run they started from', () => {
    const tree = treeOfRuns([pruned, stray, trained]);
    expect(tree.map(({ run: { sha256 }, depth, parent }) => [sha256, depth, parent?.sha256])).toEqual([
      ['cc', 0, undefined],
      ['aa', 0, undefined],
      ['bb', 1, 'aa'],
    ]);
    expect(treeOfRuns([{ ...trained, path: '/copy' }, trained, pruned])).toHaveLength(3);
  });

  it('are listed under their network, with the options that are not defaults', () => {
    const text = runListText(treeOfRuns([pruned, stray, trained]), () => meta, '/w');
    expect(text.split('\n').map((line) => line.replace(/ +/g, ' '))).toEqual([
      'stage images epochs kept accuracy loss density size seed path',
      '',
      'archon/mobilenet-v2',
      'prune after import cifar10 3 2 75.00% 1.0000 20.00% 9.4 MB 7 /cache/x.safetensors',
      '',
      'archon/mobilenet-v2 width=0.25',
      'train cifar10 3 2 75.00% 1.0000 20.00% 9.4 MB 7 out/train-1',
      '└ prune cifar10 3 of 9, interrupted 2 75.00% 1.0000 20.00% 9.4 MB 7 out/prune-2',
    ]);
    expect(unreadableText([{ path: '/w/notes.txt', problem: 'no' }], '/w')).toBe(
      'no checkpoint  because\nnotes.txt      no',
    );
  });

  it('are shown with charts, and without what is not known', () => {
    const text = runText(trained);
    expect(text).toContain('epochs    3 of 3, kept 2');
    expect(text).toMatch(/75\.0┤ +┏━+┓/);
    expect(text).toMatch(/2\.000┤━+┓/);
    expect(text).toMatch(/^ +2 +3\.0000 +25\.00% +1\.0000 +75\.00% +kept$/m);
    expect(text).toMatch(/^fc +20 +100 +20\.00%$/m);
    expect(text).not.toMatch(/^(from|file)/m);
    const short = runText(run({ history: [], epochs: 0, keptEpoch: null, accuracy: null, loss: null, recipe: null }));
    expect(short).not.toMatch(/┤|^(epochs|accuracy|loss|recipe)/m);
  });

  it('have at most some twenty rows of history, the first, the kept and the last among them', () => {
    const history = Array.from({ length: 260 }, (_, index) => epoch(1 / (index + 1), 0.5));
    const rows = [
      ...runText(run({ history, epochs: 260, epochsDone: 260, keptEpoch: 100 })).matchAll(/^ *(\d+) .*%.*%/gm),
    ];
    const epochs = rows.map(([, number]) => Number(number));
    expect(epochs.length).toBeLessThan(25);
    expect(epochs).toEqual(expect.arrayContaining([1, 100, 260]));
  });
});
