import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { archonHere } from './in-process.js';
import { root, temporaryFolder } from './workspace.js';

const EXAMPLES = ['my-array.yaml', 'my-array-sweep.yaml'];

/** The examples of docs/architectures.md in a folder of their own, with a change of the architecture. */
function examples(change: (text: string) => string = (text) => text) {
  const folder = temporaryFolder();
  for (const name of EXAMPLES) cpSync(join(root, 'docs/examples', name), join(folder.path, name));
  const array = join(folder.path, 'my-array.yaml');
  writeFileSync(array, change(readFileSync(array, 'utf8')));
  return { ...folder, array, sweep: join(folder.path, 'my-array-sweep.yaml') };
}

describe('the examples of docs/architectures.md', () => {
  it('run, with the path of the file from the folder of the sweep', async () => {
    const { path, sweep, remove } = examples();
    const { status, stdout } = await archonHere(['sweep', sweep, '--out', join(path, 'out'), '--json']);
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ counts: { ok: 5, failed: 0 } });
    const text = readFileSync(join(path, 'out/summary.json'), 'utf8');
    expect(text).not.toContain(path);
    remove();
  });

  it('are simulated from the command line, a member changed', async () => {
    const { array, remove } = examples();
    const flags = ['--set', `architecture=${array}`, '--set', 'architecture.levels.buffer.meshX=8'];
    const { status, stdout } = await archonHere([
      'simulate',
      '--network',
      'mobilenet-v2',
      '--accelerator',
      'spatial',
      ...flags,
    ]);
    expect(status).toBe(0);
    expect(stdout).toContain('architecture=my array');
    remove();
  });
});

describe('an architecture file', () => {
  it.each(['simulate', 'explain'])('of --set is refused at its line by archon %s', async (command) => {
    const { array, remove } = examples((text) => text.replace('\n  pe:\n', '\n  ep:\n'));
    const flags = ['--network', 'mobilenet-v2', '--accelerator', 'spatial', '--set', `architecture=${array}`];
    const { status, stderr } = await archonHere([command, ...flags]);
    expect(status).not.toBe(0);
    expect(stderr).toContain('my-array.yaml:32:3');
    expect(stderr).toContain('Did you mean "pe"?');
    remove();
  });

  const idsOf = async (sweep: string): Promise<readonly string[]> => {
    const { points } = JSON.parse((await archonHere(['expand', sweep, '--json'])).stdout) as {
      points: { id: string }[];
    };
    return points.map(({ id }) => id);
  };

  it('is known by its content: another name keeps ids, another figure changes them', async () => {
    const [same, other] = [
      examples((text) => `# a comment\n${text}`),
      examples((text) => text.replace('banks: 16', 'banks: 8')),
    ];
    const before = await idsOf(join(root, 'docs/examples/my-array-sweep.yaml'));
    expect(await idsOf(same.sweep)).toEqual(before);
    const after = await idsOf(other.sweep);
    expect(after.filter((id) => before.includes(id))).toEqual(before.slice(4)); // Eyeriss
    for (const { remove } of [same, other]) remove();
  });

  it.each([
    ['a misspelt data space', /keeps: \[Weights\]/, 'keeps: [Weigths]', 21, 'Did you mean "Weights"?'],
    ['a misspelt member', 'sizeWords: 64', 'sizeWrods: 64', 22, 'Did you mean "sizeWords"?'],
    ['a level that is not there', '\n  pe:\n', '\n  ep:\n', 32, 'Did you mean "pe"?'],
    [
      'factors larger than the mesh',
      'spatialY: { dims: [C] }',
      'spatialY: { factors: { C: 32 } }',
      31,
      'the mesh has 16',
    ],
    ['a buffer beyond the price tables', 'sizeKib: 128', 'sizeKib: 12800', 10, 'depthWords of at most'],
    [
      'a second format of a level that does not keep it',
      /$/,
      `sparse:
  formats:
    - { level: dram, tensor: Weights, ranks: [{ format: bitmask, dims: [M, C] }] }
    - { level: buffer, tensor: Weights, ranks: [{ format: bitmask, dims: [M, C] }] }
`,
      37,
      'buffer does not keep Weights',
    ],
  ])('with %s is refused at its line, with what was meant', async (_, from, to, line, said) => {
    const { sweep, array, remove } = examples((text) => text.replace(from, to));
    writeFileSync(sweep, readFileSync(sweep, 'utf8').replace(/ {4}axes:\n( {6}.*\n)+/, ''));
    const { status, stderr } = await archonHere(['validate', sweep]);
    expect(status).not.toBe(0);
    expect(stderr).toContain(`my-array.yaml:${line}:`);
    expect(stderr).toContain(said);
    expect(array).toContain('my-array.yaml');
    remove();
  });
});
