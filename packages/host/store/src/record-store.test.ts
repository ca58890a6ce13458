import { appendFileSync, mkdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { EvaluationRecord } from '@archon-dse/core';
import { sha256 } from '@archon-dse/core/files';
import { describe, expect, it } from 'vitest';
import { checkedLine } from './check.js';
import { openStore } from './record-store.js';
import { RecordWriter } from './record-writer.js';
import { idOf, record, refusal, tempDir, write } from './test-fixtures.js';

const LAYER = {
  ...{ name: 'conv', block: 'b0', role: 'expand', macs: 4, cycles: 2, utilization: 1, energyPj: 3 },
  energyByComponentPj: { mac: 3 },
};

const recordsIn = (outDir: string): readonly EvaluationRecord[] => [...openStore(outDir).records()];

/** A line of the format before this one, as its writer made it. */
function plainLine(value: object): string {
  const body = JSON.stringify(value).slice(0, -1);
  return `${body},"check":"${sha256(body).slice(0, 8)}"}\n`;
}

describe('openStore', () => {
  it('gives back what was written, from all files, whole or without layers', () => {
    const outDir = tempDir();
    const all = [{ ...record(1), layers: [LAYER, { ...LAYER, name: 'other' }] }, record(2, 'failed'), record(3)];
    write(outDir, ...all.slice(0, 2));
    write(outDir, ...all.slice(2));
    const store = openStore(outDir);
    expect(store.size).toBe(3);
    expect([...store.ids()]).toEqual([1, 2, 3].map(idOf));
    expect([...store.ids(2)]).toEqual([idOf(3)]);
    expect([...store.records()]).toEqual(all);
    expect([...store.heads([idOf(3), idOf(9), idOf(1)])]).toEqual(
      [all[2], all[0]].map((one) => ({ ...one, layers: undefined })),
    );
    expect([1, 2, 9].map((number) => store.statusOf(idOf(number)))).toEqual(['ok', 'failed', undefined]);
    expect([store.has(idOf(1)), store.has(idOf(9)), store.has('no id')]).toEqual([true, false, false]);
    expect([store.record(idOf(1)), store.record(idOf(9)), store.head('no id')]).toEqual([all[0], undefined, undefined]);
    store.close();
    expect(store.record(idOf(2))).toEqual(all[1]);
  });

  it('finds nothing where there are no results', () => {
    expect(openStore(join(tempDir(), 'nowhere')).size).toBe(0);
  });

  it('prefers the last ok record of a point to failed ones, before or after it', () => {
    const outDir = tempDir();
    write(outDir, record(1, 'failed'), record(1, 'ok', 1), record(2, 'failed', 1));
    write(outDir, record(1, 'ok', 2), record(1, 'failed'), record(2, 'failed', 2));
    expect(recordsIn(outDir)).toEqual([record(1, 'ok', 2), record(2, 'failed', 2)]);
  });

  it('reads files in the order of their runs and writers', () => {
    const outDir = tempDir();
    const places = [{ run: 10000 }, { run: 9999, writer: '2' }, { run: 9999, writer: '10' }, { run: 9999 }];
    for (const [index, place] of places.entries()) {
      const writer = new RecordWriter(outDir, place);
      writer.append(record(1, 'ok', index));
      writer.append(record(index + 2));
      writer.close();
    }
    expect(openStore(outDir).record(idOf(1))?.metrics).toEqual({ cycles: 0 });
    expect([...openStore(outDir).ids()]).toEqual([1, 4, 3, 5, 2].map(idOf));
  });

  it('reads on what was appended since, in new files too', () => {
    const outDir = tempDir();
    const store = openStore(outDir);
    const writer = new RecordWriter(outDir, { run: 1 });
    writer.append(record(1));
    expect(store.refresh()).toBe(0);
    writer.flush();
    expect(store.refresh()).toBe(1);
    writer.append(record(2));
    writer.append(record(1));
    writer.close();
    write(outDir, record(3));
    expect([store.refresh(), store.refresh(), store.size]).toEqual([2, 0, 3]);
    expect([...store.records()]).toEqual([1, 2, 3].map((number) => record(number)));
  });

  it('leaves out a torn end, wherever it is torn, and reads it when it is whole', () => {
    const outDir = tempDir();
    const file = write(outDir, record(1));
    const whole = readFileSync(file);
    const more = readFileSync(write(tempDir(), record(2), record(3)))
      .toString()
      .replaceAll('"block":0', '"block":1');
    const bytes = Buffer.concat([whole, Buffer.from(recheck(more))]);
    const ends = [...bytes.keys()].filter((at) => bytes[at] === 10);
    for (let length = bytes.length; length > whole.length; length -= 7) {
      writeFileSync(file, bytes.subarray(0, length));
      const lines = ends.filter((end) => end < length).length; // a block and a record, a block and two records
      const store = openStore(outDir);
      expect(store.size).toBe(Math.max(1, lines - 2));
      appendFileSync(file, bytes.subarray(length));
      store.refresh();
      expect([...store.records()]).toEqual([1, 2, 3].map((number) => record(number)));
    }
  });

  it('keeps what executions of layers found', () => {
    const execution = {
      cyclesAnalytical: 7,
      ...{ stalls: { full: 0.5 }, shares: { live: 1 } },
      ...{ histograms: { additions: [1, 2] }, maps: { live: [[0.5], []] } },
    };
    const outDir = tempDir();
    const executed = { ...record(1), layers: [{ ...LAYER, execution }] };
    write(outDir, executed);
    expect(recordsIn(outDir)).toEqual([executed]);
  });
});

/** Lines with the checks that their texts should have. */
function recheck(text: string): string {
  return text.replaceAll(/^(.*),"check":"\w+"\}$/gm, (_, body: string) => checkedLine(body).trimEnd());
}

describe('a damaged result file', () => {
  it('is refused for every digit that was changed', () => {
    const outDir = tempDir();
    const file = write(outDir, record(1, 'ok', 5042));
    const text = readFileSync(file, 'utf8');
    writeFileSync(file, text.replace('5042', '5043'));
    expect(refusal(() => openStore(outDir))[0]).toMatchObject({
      code: 'ARCHON_JOURNAL_CORRUPT',
      message: `${file}:2: the line was changed`,
      hint: 'Remove all lines with "block":0, to evaluate their points again.',
      location: { line: 2 },
    });
    const block = text.indexOf('"bodies":"') + 20;
    writeFileSync(file, `${text.slice(0, block)}${text[block] === 'A' ? 'B' : 'A'}${text.slice(block + 1)}`);
    expect(refusal(() => openStore(outDir))[0]?.message).toBe(`${file}:1: the line was changed`);
  });

  it('is refused without the block that a record needs, and read without both', () => {
    const outDir = tempDir();
    const file = write(outDir, record(1));
    const [block, line] = readFileSync(file, 'utf8').split('\n');
    writeFileSync(file, `${line!}\n${block!}\n`);
    expect(refusal(() => openStore(outDir))[0]).toMatchObject({
      code: 'ARCHON_JOURNAL_CORRUPT',
      message: `${file}:1: block 0, which holds a part of the record, is not there`,
      expected: 'a block before its records',
    });
    writeFileSync(file, '');
    expect(openStore(outDir).size).toBe(0);
  });

  it.each([
    ['a row too many', (text: string) => text.replace('"row":0', '"row":1')],
    ['a body too few', (text: string) => text.replace(/"bodies":"[^"]*"/, '"bodies":""')],
    ['other layers', (text: string) => text.replace(/"layers":"[^"]*"/, '"layers":"AAAA"')],
  ])('is refused when a record is read: %s', (_, change) => {
    const outDir = tempDir();
    const file = write(outDir, record(1));
    writeFileSync(file, recheck(change(readFileSync(file, 'utf8'))));
    const store = openStore(outDir);
    expect(refusal(() => store.record(idOf(1)))[0]).toMatchObject({
      code: 'ARCHON_JOURNAL_CORRUPT',
      message: expect.stringContaining(`${file}:2: block 0 does not hold what the record needs`),
    });
  });

  it('is refused when a later version wrote it', () => {
    const outDir = tempDir();
    const file = write(outDir, record(1));
    writeFileSync(file, '{"format":3,"pointId":"x"}\n');
    expect(refusal(() => openStore(outDir))[0]).toMatchObject({
      message: `${file}:1: its format is not known`,
      hint: 'Use another out directory for this version.',
    });
  });
});

describe('lines of the format before', () => {
  it('are read, with a digest or without', () => {
    const outDir = tempDir();
    const file = write(outDir, record(9));
    const [one, two] = [{ ...record(1), layers: [LAYER] }, record(2, 'failed')];
    writeFileSync(file, `${plainLine(one)}${JSON.stringify(two)}\n`);
    write(outDir, record(3));
    expect(recordsIn(outDir)).toEqual([one, two, record(3)]);
    expect([...openStore(outDir).heads()]).toEqual(
      [one, two, record(3)].map((each) => ({ ...each, layers: undefined })),
    );
    writeFileSync(file, plainLine(record(1, 'ok', 5042)).replace('5042', '5043'));
    expect(refusal(() => openStore(outDir))[0]?.message).toBe(`${file}:1: the line was changed`);
    truncateSync(file, 30);
    expect(openStore(outDir).size).toBe(1);
  });

  it.each([
    ['{"schemaVersion":1,"pointId":"b"', /0001\.jsonl:2: ".*" is not a JSON object/],
    ['', /0001\.jsonl:2: "" is not a JSON object/],
    ['null', /0001\.jsonl:2: "null" is not a JSON object/],
    ['{"schemaVersion":2,"pointId":"b","status":"ok"}', /0001\.jsonl:2: schemaVersion is 2/],
    [JSON.stringify({ ...record(2), pointId: 'b' }), /0001\.jsonl:2: its "pointId" is not what it should be/],
    [JSON.stringify({ ...record(2), status: 'fine' }), /0001\.jsonl:2: its "status" is not what it should be/],
    [JSON.stringify({ ...record(2), metrics: { cycles: null } }), /its "metrics" is not what it should be/],
    [JSON.stringify({ ...record(2), point: {} }), /its "point" is not what it should be/],
    [JSON.stringify({ ...record(2), layers: [{ name: 'x' }] }), /its "layers" is not what it should be/],
    ...[{}, { cyclesAnalytical: 1, stalls: [1] }, { cyclesAnalytical: 1, maps: { live: [1] } }].map(
      (execution): [string, RegExp] => [
        JSON.stringify({ ...record(2), layers: [{ ...LAYER, execution }] }),
        /its "layers" is not what it should be/,
      ],
    ),
    [JSON.stringify({ ...record(2), error: { code: 'X', message: '' } }), /its "error" is not what it should be/],
  ])('are refused where they are no records: %j', (line, message) => {
    const outDir = tempDir();
    mkdirSync(join(outDir, 'results'));
    writeFileSync(join(outDir, 'results/0001.jsonl'), `${plainLine(record(1))}${line}\n${plainLine(record(3))}`);
    const [found] = refusal(() => openStore(outDir));
    expect(found).toMatchObject({ code: 'ARCHON_JOURNAL_CORRUPT', message: expect.stringMatching(message) });
    expect(found?.location).toMatchObject({ line: 2 });
  });
});
