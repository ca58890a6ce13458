import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { openStore } from './record-store.js';
import { RecordWriter } from './record-writer.js';
import { nextRun } from './result-files.js';
import { idOf, record, refusal, tempDir, write } from './test-fixtures.js';

const range = (count: number): readonly number[] => [...Array(count).keys()];

describe('RecordWriter', () => {
  it('makes no file for a run without records', () => {
    const outDir = tempDir();
    new RecordWriter(outDir, { run: 1 }).close();
    expect(readdirSync(outDir)).toEqual([]);
  });

  it('keeps records back, and has them in the file when it gives them back', () => {
    const outDir = tempDir();
    const writer = new RecordWriter(outDir, { run: 1 });
    expect(writer.append(record(1))).toEqual([]);
    expect(openStore(outDir).size).toBe(0);
    expect(writer.flush().map(({ pointId }) => pointId)).toEqual([idOf(1)]);
    expect(openStore(outDir).size).toBe(1);
    expect(writer.flush()).toEqual([]);
    writer.append(record(2));
    writer.close();
    expect([...openStore(outDir).ids()]).toEqual([1, 2].map(idOf));
  });

  it('writes a block when it is full', () => {
    const outDir = tempDir();
    const writer = new RecordWriter(outDir, { run: 1 });
    const written = range(300).map((number) => writer.append(record(number)).length);
    expect(written.filter((count) => count > 0)).toEqual([128, 128]);
    writer.close();
    expect(openStore(outDir).size).toBe(300);
  });

  it('writes a record that has waited for a second, in a long run for five, and at once after a point that took a quarter of that', () => {
    vi.useFakeTimers({ toFake: ['performance'] });
    try {
      const writer = new RecordWriter(tempDir(), { run: 1 });
      let number = 0;
      const append = (wallMs = 0): number => {
        const next = record((number += 1));
        return writer.append({ ...next, timing: { ...next.timing, wallMs } }).length;
      };
      const wait = (ms: number): number => {
        vi.advanceTimersByTime(ms);
        return writer.flushDue().length;
      };
      expect([append(), wait(999), append(), wait(1)], 'a second').toEqual([0, 0, 0, 2]);
      expect([append(249), append(250)], 'a quarter of it').toEqual([0, 2]);
      expect(wait(29_000)).toBe(0);
      expect([append(), wait(3000), wait(400)], 'a tenth of 30 s, more of 33 s').toEqual([0, 0, 1]);
      expect([append(800), append(900)]).toEqual([0, 2]);
      expect(wait(1e6)).toBe(0);
      expect([append(1249), wait(4999), wait(1), append(1250)], 'never more').toEqual([0, 0, 1, 1]);
      writer.close();
    } finally {
      vi.useRealTimers();
    }
  });

  it('holds each distinct layer result of a block once', () => {
    const [same, other] = [tempDir(), tempDir()];
    const layer = { name: 'a', block: 'b', role: 'c', macs: 1, cycles: 1, utilization: 1, energyByComponentPj: {} };
    const noted = (number: number, note: number, energyPj = 3): ReturnType<typeof record> => ({
      ...record(number),
      layers: [{ ...layer, energyPj, notes: [`${String(note)} and a text of some length`] }],
    });
    const size = (outDir: string, of: (number: number) => ReturnType<typeof record>): number =>
      readFileSync(write(outDir, ...range(100).map(of))).length;
    const [few, many] = [size(same, (number) => noted(number, 1)), size(other, (number) => noted(number, number))];
    expect(few).toBeLessThan(many - 100);
    expect([...openStore(other).records()]).toEqual(range(100).map((number) => noted(number, number)));
  });

  it('names its file by the run, and by the writer where there are several', () => {
    const outDir = tempDir();
    write(outDir, record(1));
    for (const writer of ['1', '4711-0-0-1']) {
      const one = new RecordWriter(outDir, { run: 2, writer });
      one.append(record(2));
      one.close();
    }
    expect(readdirSync(join(outDir, 'results')).sort()).toEqual(['0001.jsonl', '0002-1.jsonl', '0002-4711-0-0-1.jsonl']); // prettier-ignore
    expect(nextRun(outDir)).toBe(3);
    writeFileSync(join(outDir, 'results', '9999.jsonl'), '');
    expect(nextRun(outDir)).toBe(10000);
  });

  it('never writes to a file that is there', () => {
    const outDir = tempDir();
    write(outDir, record(1));
    const writer = new RecordWriter(outDir, { run: 1 });
    writer.append(record(2));
    expect(refusal(() => writer.flush())[0]?.code).toBe('ARCHON_FILE_REFUSED');
    expect(refusal(() => writer.flush())[0]?.code).toBe('ARCHON_FILE_REFUSED');
    writer.close();
    expect([...openStore(outDir).ids()]).toEqual([idOf(1)]);
  });

  it('says when the file was deleted while it was written, and when nothing can be written', () => {
    const outDir = tempDir();
    const deleted = {
      code: 'ARCHON_FILE_REFUSED',
      message: expect.stringContaining('it was deleted while the sweep ran') as string,
    };
    const writer = new RecordWriter(outDir, { run: 1 });
    writer.append(record(1));
    writer.flush();
    rmSync(outDir, { recursive: true });
    expect(refusal(() => writer.close())[0]).toMatchObject(deleted);
    const late = new RecordWriter(outDir, { run: 1 });
    late.append(record(1));
    expect(refusal(() => late.flush())[0]).toMatchObject(deleted);
    expect(existsSync(outDir)).toBe(false);
    writeFileSync(outDir, 'a file');
    const other = new RecordWriter(outDir, { run: 1 });
    other.append(record(1));
    expect(refusal(() => other.flush())[0]?.code).toBe('ARCHON_FILE_REFUSED');
  });
});
