import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { archonHere } from './in-process.js';
import { journalOf, root, temporaryFolder } from './workspace.js';
import { pageDataOf } from './page-data.js';

const SWEEP = `
apiVersion: archon/v1
name: small-accuracy
networks:
  - { use: mobilenet-v2, options: { resolution: 8, classes: 2, width: 0.1 } }
stages:
  - { use: train, options: { images: 40, batch: 20, epochs: 1 } }
  - { use: prune, options: { images: 24, epochs: 1 } }
accelerators:
  - { use: dense, axes: { meshX: [4, 8] } }
objectives: [accuracy, cycles]
references:
  - { metric: accuracy, value: 0.9421, label: a published net, source: a paper }
`;

const folder = temporaryFolder();
afterAll(() => folder.remove());
const file = join(folder.path, 'sweep.yaml');
writeFileSync(file, SWEEP);
const out = join(folder.path, 'out');

describe('a sweep that trains', async () => {
  const { status } = await archonHere(['sweep', file, '--out', out, '--workers', '1', '--json']);
  const read = (name: string): string => readFileSync(join(out, name), 'utf8');

  it('keeps in each record what its stages trained with, defaults of recipes filled in', () => {
    expect(status).toBe(0);
    const common = { recipe: 'short', dataset: 'procedural', epochs: 1, backend: 'onnx' };
    const budgets = [
      { ...common, stage: 'train', images: 40, testImages: 10, batch: 20, microBatch: 20 },
      { ...common, stage: 'prune', images: 24, testImages: 6, batch: 16, microBatch: 16 },
    ];
    expect(journalOf(out)).toMatchObject([{ budgets }, { budgets }]);
    const section = readFileSync(join(root, 'docs/records.md'), 'utf8').split('## `budgets[]`')[1]?.split(/^## /m)[0];
    const documented = [...(section ?? '').matchAll(/^\| `(\w+)`/gm)].map(([, name]) => name);
    const [first] = (journalOf(out)[0] as unknown as { budgets: readonly Readonly<Record<string, string>>[] }).budgets;
    expect(documented.sort()).toEqual(Object.keys(first!).sort());
    expect(first!['runtime']).toMatch(/^onnxruntime-(node|web) [\d.]+, .* 1 thread$/);
  });

  it('shows budgets and references, and puts no reference among the points', () => {
    const summary = JSON.parse(read('summary.json')) as {
      readonly counts: { readonly points: number };
      readonly references: readonly object[];
      readonly provenance: { readonly budgets: readonly object[] };
    };
    expect(summary.counts.points).toBe(2);
    expect(summary.references).toMatchObject([{ metric: 'accuracy', value: 0.9421 }]);
    expect(summary.provenance.budgets).toHaveLength(2);
    expect(read('report.md')).toContain('| a published net | Accuracy | 94.21 % | a paper |');
    expect(pageDataOf(read('report.html'))).toContain('a published net');
    const points = [read('pareto.csv'), read('front.svg'), JSON.stringify(journalOf(out))];
    expect(points.map((text) => /a published net|0\.9421/.test(text))).toEqual([false, false, false]);
    expect(read('pareto.csv').trimEnd().split('\n')).toHaveLength(3);
  });
});
