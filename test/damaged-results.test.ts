import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { tried, tryAll, tryCommand } from './damaged/try.js';
import { archonHere } from './in-process.js';
import { bitFlips, jsonMutations, otherFiles, randomOf, truncations, type Mutant } from './mutate.js';
import { journalOf, temporaryFolder } from './workspace.js';

/**
 * Damaged results of a sweep, seeded. Each is refused with a code, or it means what the whole file means, and then that is checked: no
 * stack trace, no hang, no silent success, and nothing in them that a terminal would obey.
 */

const folder = temporaryFolder();
afterAll(folder.remove);

describe('results of a sweep', async () => {
  const sweepFile = join(folder.path, 'sweep.yaml');
  writeFileSync(
    sweepFile,
    'apiVersion: archon/v1\nname: small\nnetworks: [{ use: mobilenet-v2, options: { width: 0.1, resolution: 8 }, axes: { classes: [2, 3] } }]\n' +
      'accelerators: [{ use: dense, axes: { glbKib: [64, 128] } }]\nobjectives: [cycles, energyPj]\nexecutor: { kind: serial }\n',
  );
  const original = join(folder.path, 'sweep');
  await archonHere(['sweep', sweepFile, '--out', original]);
  const journal = readFileSync(join(original, 'results/0001.jsonl'));
  const note = readFileSync(join(original, 'sweep.json'));
  const lines = journal.toString().trimEnd().split('\n');
  const [block = '', ...recordLines] = lines;
  /** As the version before this one wrote them, whole. */
  const plain = journalOf(original).map((record) => ({ ...record, timing: {} }));
  /** Metrics of each point, without the rank that depends on the others. */
  const rowsOf = (dir: string): Map<string, string> =>
    new Map(
      readFileSync(join(dir, 'pareto.csv'), 'utf8')
        .trimEnd()
        .split('\n')
        .slice(1)
        .map((row) => row.split(','))
        .map(([id = '', group, , , ...values]) => [id, [group, ...values].join()]),
    );
  const expected = rowsOf(original);
  const dir = join(folder.path, 'report');
  const put = (results: Buffer, sweep: Buffer): void => {
    rmSync(dir, { recursive: true, force: true });
    mkdirSync(join(dir, 'results'), { recursive: true });
    writeFileSync(join(dir, 'results/0001.jsonl'), results);
    writeFileSync(join(dir, 'sweep.json'), sweep);
  };
  /** Points that are there have the values they had. */
  const sameValues = (): void => {
    for (const [id, row] of rowsOf(dir)) expect(row).toBe(expected.get(id));
  };
  const random = randomOf('journal');
  const textOf = (...rows: readonly string[]): Buffer => Buffer.from(`${rows.join('\n')}\n`);
  const [first = '', ...others] = recordLines;
  const damaged: readonly Mutant[] = [
    ...truncations(journal, 12, random),
    ...bitFlips(journal, 0, journal.length, 40, random),
    ...otherFiles(journal),
    ...jsonMutations(JSON.parse(first), 20, random).map(({ what, value }) => ({
      what,
      bytes: textOf(block, JSON.stringify(value), ...others),
    })),
    ...jsonMutations(JSON.parse(block), 10, random).map(({ what, value }) => ({
      what: `the block: ${what}`,
      bytes: textOf(JSON.stringify(value), ...recordLines),
    })),
    { what: 'a line twice', bytes: textOf(block, first, first, ...others) },
    { what: 'a block twice', bytes: textOf(block, block, ...recordLines) },
    { what: 'another order', bytes: textOf(block, ...others, first) },
    { what: 'the block last', bytes: textOf(...recordLines, block) },
    { what: 'a line too few', bytes: textOf(block, ...others) },
    { what: 'no block', bytes: textOf(...recordLines) },
    { what: 'an empty line', bytes: textOf(block, first, '', ...others) },
    { what: 'a line from elsewhere', bytes: textOf('{"schemaVersion":9}', ...lines) },
    { what: 'a later format', bytes: textOf('{"format":9}', ...lines) },
    { what: 'Windows line ends', bytes: Buffer.from(`${lines.join('\r\n')}\r\n`) },
  ];

  it('archon report, with a damaged journal', async () => {
    await tryAll(
      'journals',
      damaged,
      ({ what, bytes }) => {
        put(bytes, note);
        return tryCommand(what, ['report', dir]);
      },
      sameValues,
    );
  });

  it('archon report, with records that no digest guards, as of earlier versions', async () => {
    const [record, ...rest] = plain as readonly Record<string, unknown>[];
    await tryAll(
      'journals without digests',
      jsonMutations(
        JSON.parse(JSON.stringify({ ...record, layers: (record!['layers'] as unknown[]).slice(0, 2) })),
        40,
        randomOf('forged'),
      ),
      ({ what, value }) => {
        put(textOf(...[value, ...rest].map((one) => JSON.stringify(one))), note);
        return tryCommand(what, ['report', dir]);
      },
      () => expect(rowsOf(dir).size).toBeGreaterThanOrEqual(3), // whatever it says, the others are as they were
      'say something else that may be',
    );
  });

  it('archon report, with a damaged note of the sweep', async () => {
    const rest = JSON.parse(note.toString()) as object;
    await tryAll(
      'notes of a sweep',
      [
        ...truncations(note, 8, random),
        ...bitFlips(note, 0, note.length, 24, random),
        ...otherFiles(note),
        ...jsonMutations(rest, 20, random).map(({ what, value }) => ({
          what,
          bytes: Buffer.from(JSON.stringify(value)),
        })),
      ],
      ({ what, bytes }) => {
        put(journal, bytes);
        return tryCommand(what, ['report', dir]);
      },
      () => expect(rowsOf(dir)).toEqual(expected),
    );
  });

  it('archon sweep, going on from a damaged journal', async () => {
    await tryAll(
      'journals, gone on from',
      damaged.filter((_, index) => index % 8 === 0),
      ({ what, bytes }) => {
        put(bytes, note);
        return tryCommand(what, ['sweep', sweepFile, '--out', dir]);
      },
      () => expect(rowsOf(dir)).toEqual(expected),
    );
  });
});

it('are 150 and more', () => {
  expect(tried.files).toBeGreaterThanOrEqual(150);
});
