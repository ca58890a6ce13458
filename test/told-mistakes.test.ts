import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { archonHere } from './in-process.js';
import { root, temporaryFolder } from './workspace.js';

/** Mistakes that used to pass in silence, as a user meets them: refused at their place, or with the reason in the terminal. */

const NETWORK = '{ use: mobilenet-v2, options: { resolution: 16, classes: 4, width: 0.1 } }';

interface Parts {
  readonly accelerator?: string;
  readonly network?: string;
  readonly objectives?: string;
  readonly more?: string;
}

const sweepOf = (parts: Parts): string => `apiVersion: archon/v1
name: told
networks: [${parts.network ?? NETWORK}]
accelerators: [${parts.accelerator ?? '{ use: dense }'}]
objectives: ${parts.objectives ?? '[cycles]'}
executor: { kind: serial }
${parts.more ?? ''}
`;

const folder = temporaryFolder();
afterAll(() => folder.remove());
const out = join(folder.path, 'out');

async function sweep(parts: Parts, ...flags: readonly string[]) {
  writeFileSync(join(folder.path, 'sweep.yaml'), sweepOf(parts));
  return archonHere(['sweep', 'sweep.yaml', '--out', 'out', ...flags], folder.path);
}

describe('refused before anything runs', () => {
  it.each<[string, Parts, readonly string[]]>([
    [
      'an objective that nothing in the sweep measures',
      { objectives: '[cycles, accuracy]' },
      ['sweep.yaml:5:22  ARCHON_UNKNOWN_METRIC', 'no metric of this sweep is called "accuracy"', 'archon/train'],
    ],
    [
      'accuracy of an import without data',
      { objectives: '[accuracy]', more: 'stages: [{ use: import, options: { file: x.h5 } }]' },
      ['sweep.yaml:5:14', 'no point has accuracy: archon/import measures it only with the option data'],
    ],
    [
      'a buffer without a price',
      { accelerator: '{ use: dense, axes: { glbKib: [64, 100000] } }' },
      ['sweep.yaml:4:51  ARCHON_PRICE_INFEASIBLE', '"shared_glb": no SRAM of 12800000 words', 'of at most 65536'],
    ],
    [
      'a constraint that no design can keep',
      { more: 'constraints: [{ metric: energyPj, max: 0 }]' },
      ['sweep.yaml:7:40  ARCHON_SWEEP_BAD_VALUE', 'constraints[0].max is 0', 'a number greater than 0'],
    ],
  ])('%s', async (_what, parts, sentences) => {
    const { status, stdout, stderr } = await sweep(parts);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    for (const sentence of sentences) expect(stderr).toContain(sentence);
    expect(existsSync(out)).toBe(false);
  });

  it('an empty path, which is a variable that was not set', async () => {
    const { status, stderr } = await sweep({}, '--out', '');
    expect(status).toBe(2);
    expect(stderr).toContain('ARCHON_USAGE\n  --out is empty');
    expect((await archonHere(['report', ''])).stderr).toContain('ARCHON_USAGE\n  <folder> is empty');
  });
});

describe('told with the reason', () => {
  it('why no point is feasible, and how near the points come', async () => {
    const { status, stdout } = await sweep({
      accelerator: '{ use: dense, axes: { meshX: [4, 8] } }',
      more: 'constraints: [{ metric: cycles, max: 1000 }, { metric: areaUm2, max: 2.0e6 }]',
    });
    expect(status).toBe(0);
    const { points, constraintChecks } = JSON.parse(readFileSync(join(out, 'summary.json'), 'utf8')) as {
      points: number;
      constraintChecks: readonly { readonly nearest?: { readonly value: number } }[];
    };
    const lowest = constraintChecks[0]?.nearest?.value ?? 0;
    expect(lowest).toBeGreaterThan(1000);
    expect(stdout).toContain(`No point is feasible: 2 outside the constraints.
  cycles <= 1,000: 0 of 2 points; the lowest is ${lowest.toLocaleString('en-US')} (meshX 8)
  areaUm2 <= 2 mm2: 2 of 2 points
`);
    expect(points).toBeUndefined();
  });

  it('what failed, equal reasons once with their number, the plugin and an example', async () => {
    const faulty = join(root, 'packages/host/runner/fixtures/faulty');
    const { status, stdout } = await sweep({
      accelerator: '{ use: faulty, axes: { fault: [none, cycles-nan] } }',
      network: '{ use: mobilenet-v2, options: { resolution: 16, classes: 4 }, axes: { width: [0.1, 0.25] } }',
      more: `plugins: [${faulty}]`,
    });
    expect(status).toBe(3);
    expect(stdout).toContain('told: 2 of 4 points ok, 2 failed\n');
    expect(stdout).toContain('2 points failed, e.g. width 0.1, fault cycles-nan  ARCHON_RESULT_INVALID\n');
    expect(stdout).toContain('  layer "stem": cycles is NaN\n');
    expect(stdout).toContain('  in plugin archon-fixture-faulty, layer stem\n');
    expect(stdout.match(/cycles is NaN/g)).toHaveLength(3);
  });
});
