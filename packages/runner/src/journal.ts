import {
  appendFileSync,
  closeSync,
  createReadStream,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
} from 'node:fs';
import { join } from 'node:path';
import { fail, RECORD_SCHEMA_VERSION, type EvaluationRecord } from '@archon-dse/core';

const FOLDER = 'results';
const FILE_NAME = /^(\d{4,})\.jsonl$/;
/** Lines reach the operating system at once, so a killed process loses none; the disk has them after this long. */
const SYNC_INTERVAL_MS = 1000;

/** Records by point id, in the order they were first seen. */
export type JournalRecords = ReadonlyMap<string, EvaluationRecord>;

function journalFiles(outDir: string): readonly string[] {
  const folder = join(outDir, FOLDER);
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => FILE_NAME.test(name))
    .sort((a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10))
    .map((name) => join(folder, name));
}

/**
 * Reads all journal files of an out directory. Of several records of a point the last `ok` one wins, or else the last.
 * A last line without its newline was being written when the process died; it is left out.
 *
 * @throws ArchonError ARCHON_JOURNAL_CORRUPT for any other line that is no record of this schema version
 */
export async function readJournal(outDir: string): Promise<JournalRecords> {
  const records = new Map<string, EvaluationRecord>();
  for (const file of journalFiles(outDir)) {
    let line = 0;
    for await (const text of completeLines(file)) {
      const record = parseRecord(text, file, ++line);
      if (record.status === 'ok' || records.get(record.pointId)?.status !== 'ok') records.set(record.pointId, record);
    }
  }
  return records;
}

/** Lines that end in a newline. Only `\n` ends a line: texts in a record may hold other separators. */
async function* completeLines(file: string): AsyncGenerator<string> {
  let rest = '';
  for await (const chunk of createReadStream(file, 'utf8') as AsyncIterable<string>) {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
}

function parseRecord(text: string, file: string, line: number): EvaluationRecord {
  const value = parseJson(text) as Partial<EvaluationRecord> | null | undefined;
  const complain = (found: string, expected: string, hint: string): never =>
    fail({
      code: 'ARCHON_JOURNAL_CORRUPT',
      message: `${file}:${line}: ${found}`,
      expected,
      hint,
      location: { file, line, column: 1, length: Math.max(1, text.length) },
    });
  if (typeof value !== 'object' || value === null) {
    return complain(
      `"${text.slice(0, 60)}" is not a JSON object`,
      'an evaluation record',
      'Remove the line to evaluate its point again.',
    );
  }
  if (value.schemaVersion !== RECORD_SCHEMA_VERSION) {
    const found = `schemaVersion is ${JSON.stringify(value.schemaVersion)}`;
    return complain(found, `schemaVersion ${RECORD_SCHEMA_VERSION}`, 'Use another out directory for this version.');
  }
  const { pointId, status } = value;
  if (typeof pointId !== 'string' || (status !== 'ok' && status !== 'failed')) {
    return complain(
      'it has no pointId or no status',
      'an evaluation record',
      'Remove the line to evaluate its point again.',
    );
  }
  return value as EvaluationRecord;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Appends records to a new file of its own; never to a file of an earlier run, whose last line may be torn. */
export class JournalWriter {
  private readonly file: string;
  private descriptor: number | undefined;
  private timer: NodeJS.Timeout | undefined;

  constructor(outDir: string) {
    const last = journalFiles(outDir).at(-1);
    const number = last === undefined ? 1 : Number.parseInt(last.slice(join(outDir, FOLDER).length + 1), 10) + 1;
    this.file = join(outDir, FOLDER, `${String(number).padStart(4, '0')}.jsonl`);
  }

  append(record: EvaluationRecord): void {
    this.descriptor ??= this.open();
    appendFileSync(this.descriptor, `${JSON.stringify(record)}\n`);
    this.timer ??= setTimeout(() => this.sync(), SYNC_INTERVAL_MS);
  }

  close(): void {
    if (this.descriptor === undefined) return;
    this.sync();
    closeSync(this.descriptor);
    this.descriptor = undefined;
  }

  private open(): number {
    mkdirSync(join(this.file, '..'), { recursive: true });
    return openSync(this.file, 'wx');
  }

  private sync(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    if (this.descriptor !== undefined) fsyncSync(this.descriptor);
  }
}
