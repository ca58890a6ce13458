import { appendFileSync, mkdirSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { RECORD_SCHEMA_VERSION, type EvaluationRecord } from '@archon-dse/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { JournalWriter, readJournal } from './journal.js';
import { rejection, tempDir } from '../test-fixtures.js';

function record(pointId: string, status: EvaluationRecord['status'] = 'ok', cycles = 1): EvaluationRecord {
  const choice = { use: 'fixture/tiny', options: {} };
  return {
    schemaVersion: RECORD_SCHEMA_VERSION,
    pointId,
    point: { network: choice, stages: [], accelerator: choice, seed: 0 },
    status,
    metrics: { cycles },
    layers: [],
    provenance: { plugins: [], engine: 'engine', seed: 0, prices: {} },
    timing: { startedAt: '2000-01-01T00:00:00.000Z', wallMs: 0, worker: 0 },
  };
}

const LAYER = {
  ...{ name: 'conv', block: 'b0', role: 'expand', macs: 4, cycles: 2, utilization: 1, energyPj: 3 },
  energyByComponentPj: { mac: 3 },
};

function write(outDir: string, ...records: readonly EvaluationRecord[]): string {
  const writer = new JournalWriter(outDir);
  for (const item of records) writer.append(item);
  writer.close();
  return join(outDir, 'results', readdirSync(join(outDir, 'results')).sort().at(-1)!);
}

describe('journal', () => {
  it('gives back what was appended, from all files', async () => {
    const outDir = tempDir();
    expect(write(outDir, record('a'), record('b', 'failed'))).toMatch(/0001\.jsonl$/);
    expect(write(outDir, record('c'))).toMatch(/0002\.jsonl$/);
    expect([...(await readJournal(outDir)).values()]).toEqual([record('a'), record('b', 'failed'), record('c')]);
  });

  it('makes no file for a run without records, and reads nothing where there is none', async () => {
    const outDir = tempDir();
    new JournalWriter(outDir).close();
    expect(readdirSync(outDir)).toEqual([]);
    expect((await readJournal(outDir)).size).toBe(0);
  });

  it('has each line in the file as soon as it is appended', async () => {
    const outDir = tempDir();
    const writer = new JournalWriter(outDir);
    writer.append(record('a'));
    expect((await readJournal(outDir)).has('a')).toBe(true);
    writer.close();
  });

  it('numbers files on after 9999', () => {
    const outDir = tempDir();
    mkdirSync(join(outDir, 'results'));
    writeFileSync(join(outDir, 'results', '9999.jsonl'), '');
    writeFileSync(join(outDir, 'results', '10000.jsonl'), '');
    const writer = new JournalWriter(outDir);
    writer.append(record('a'));
    writer.close();
    expect(readdirSync(join(outDir, 'results')).sort()).toEqual(['10000.jsonl', '10001.jsonl', '9999.jsonl']);
  });

  it('prefers the last ok record of a point to failed ones, before or after it', async () => {
    const outDir = tempDir();
    write(outDir, record('a', 'failed'), record('a', 'ok', 1), record('b', 'failed', 1));
    write(outDir, record('a', 'ok', 2), record('a', 'failed'), record('b', 'failed', 2));
    const records = await readJournal(outDir);
    expect(records.get('a')).toEqual(record('a', 'ok', 2));
    expect(records.get('b')).toEqual(record('b', 'failed', 2));
  });

  it('leaves out a torn last line, wherever it is torn', async () => {
    const outDir = tempDir();
    const file = write(outDir, record('a'), record('b'));
    const bytes = readFileSync(file);
    const first = bytes.indexOf('\n') + 1;
    for (let length = bytes.length - 1; length >= first; length -= 7) {
      truncateSync(file, length);
      expect([...(await readJournal(outDir)).keys()]).toEqual(['a']);
    }
  });

  it('keeps any text of a record, line separators too', async () => {
    const text = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('\u2028', '\u2029', '\r', '\n', 'é\u{1f600}'));
    await fc.assert(
      fc.asyncProperty(fc.array(text), async (notes) => {
        const outDir = join(tempDir(), 'out');
        const noted = { ...record('a'), provenance: { ...record('a').provenance, prices: { notes: notes.join('') } } };
        write(outDir, noted);
        expect((await readJournal(outDir)).get('a')).toEqual(noted);
      }),
      { numRuns: 15 },
    );
  });

  it('keeps what executions of layers found, with or without a digest', async () => {
    const outDir = tempDir();
    const execution = {
      cyclesAnalytical: 7,
      ...{ stalls: { full: 0.5 }, shares: { live: 1 } },
      ...{ histograms: { additions: [1, 2] }, maps: { live: [[0.5], []] } },
    };
    const executed = { ...record('a'), layers: [{ ...LAYER, execution }] };
    const file = write(outDir, executed);
    expect((await readJournal(outDir)).get('a')).toEqual(executed);
    writeFileSync(file, readFileSync(file, 'utf8').replace(/,"check":"\w+"/, ''));
    expect((await readJournal(outDir)).get('a')).toEqual(executed);
  });

  it('finds every digit that was changed, and reads lines of earlier versions, which have no digest', async () => {
    const outDir = tempDir();
    const file = write(outDir, record('a', 'ok', 5042));
    const line = readFileSync(file, 'utf8');
    writeFileSync(file, line.replace('5042', '5043'));
    expect((await rejection(readJournal(outDir)))[0]).toMatchObject({
      code: 'ARCHON_JOURNAL_CORRUPT',
      message: `${file}:1: the line was changed`,
    });
    writeFileSync(file, line.replace(/,"check":"\w+"/, ''));
    expect((await readJournal(outDir)).get('a')).toEqual(record('a', 'ok', 5042));
  });

  it('says when the file was deleted while it was written, and when nothing can be written', async () => {
    const outDir = join(tempDir(), 'out');
    const writer = new JournalWriter(outDir);
    writer.append(record('a'));
    rmSync(outDir, { recursive: true });
    expect((await rejection(Promise.resolve().then(() => writer.close())))[0]).toMatchObject({
      code: 'ARCHON_FILE_REFUSED',
      message: expect.stringContaining('it was deleted while the sweep ran'),
    });
    writeFileSync(outDir, 'a file');
    const other = async (): Promise<void> => new JournalWriter(outDir).append(record('a'));
    expect((await rejection(other()))[0]?.code).toBe('ARCHON_FILE_REFUSED');
  });

  it.each([
    ['{"schemaVersion":1,"pointId":"b"', /0001\.jsonl:2: ".*" is not a JSON object/],
    ['', /0001\.jsonl:2: "" is not a JSON object/],
    ['null', /0001\.jsonl:2: "null" is not a JSON object/],
    ['{"schemaVersion":2,"pointId":"b","status":"ok"}', /0001\.jsonl:2: schemaVersion is 2/],
    [JSON.stringify({ ...record('b'), status: 'fine' }), /0001\.jsonl:2: its "status" is not what it should be/],
    [JSON.stringify({ ...record('b'), metrics: { cycles: null } }), /its "metrics" is not what it should be/],
    [JSON.stringify({ ...record('b'), point: {} }), /its "point" is not what it should be/],
    [JSON.stringify({ ...record('b'), layers: [{ name: 'x' }] }), /its "layers" is not what it should be/],
    ...[{}, { cyclesAnalytical: 1, stalls: [1] }, { cyclesAnalytical: 1, maps: { live: [1] } }].map(
      (execution): [string, RegExp] => [
        JSON.stringify({ ...record('b'), layers: [{ ...LAYER, execution }] }),
        /its "layers" is not what it should be/,
      ],
    ),
    [JSON.stringify({ ...record('b'), error: { code: 'X', message: '' } }), /its "error" is not what it should be/],
  ])('refuses the whole line %j', async (line, message) => {
    const outDir = tempDir();
    appendFileSync(write(outDir, record('a')), `${line}\n${JSON.stringify(record('c'))}\n`);
    const [found] = await rejection(readJournal(outDir));
    expect(found).toMatchObject({ code: 'ARCHON_JOURNAL_CORRUPT', message: expect.stringMatching(message) });
    expect(found?.location).toMatchObject({ line: 2 });
  });
});
