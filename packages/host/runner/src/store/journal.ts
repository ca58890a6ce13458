import {
  appendFileSync,
  closeSync,
  createReadStream,
  existsSync,
  fstatSync,
  fsyncSync,
  openSync,
  readdirSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { attemptFile, fail, type EvaluationRecord } from '@archon-dse/core';
import { makeFolder } from '@archon-dse/core/files';
import { decodeLine, encodeLine } from './journal-line.js';

const FOLDER = 'results';
const FILE_NAME = /^(\d{4,})\.jsonl$/;
/** Lines reach the operating system at once, so a killed process loses none; the disk has them after this long. */
const SYNC_INTERVAL_MS = 1000;

/** Records by point id, in the order they were first seen. */
export type JournalRecords = ReadonlyMap<string, EvaluationRecord>;

function journalFiles(outDir: string): readonly string[] {
  const folder = join(outDir, FOLDER);
  if (!existsSync(folder)) return [];
  return attemptFile({ path: folder, doing: 'listed' }, () => readdirSync(folder))
    .filter((name) => FILE_NAME.test(name))
    .sort((a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10))
    .map((name) => join(folder, name));
}

/**
 * Reads all journal files of an out directory. Of several records of a point the last `ok` one wins, or else the last.
 * A last line without its newline was being written when the process died; it is left out.
 *
 * @throws ArchonError ARCHON_JOURNAL_CORRUPT for any other line that is no record of this schema version, ARCHON_FILE_REFUSED
 */
export async function readJournal(outDir: string): Promise<JournalRecords> {
  const records = new Map<string, EvaluationRecord>();
  for (const file of journalFiles(outDir)) {
    let line = 0;
    const read = async (): Promise<void> => {
      for await (const text of completeLines(file)) {
        const record = parseRecord(text, file, ++line);
        if (record.status === 'ok' || records.get(record.pointId)?.status !== 'ok') records.set(record.pointId, record);
      }
    };
    await attemptFile({ path: file, doing: 'read', expected: 'a journal of ours' }, read);
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
  const read = decodeLine(text);
  if ('pointId' in read) return read;
  const { found, ...rest } = read;
  return fail({
    code: 'ARCHON_JOURNAL_CORRUPT',
    message: `${file}:${String(line)}: ${found}`,
    ...rest,
    location: { file, line, column: 1, length: Math.max(1, text.length) },
  });
}

/** Appends records to a new file of its own; never to a file of an earlier run, whose last line may be torn. */
export class JournalWriter {
  private readonly folder: string;
  private readonly outDir: string;
  /** Chosen with the first record. */
  private file = '';
  private descriptor: number | undefined;
  private timer: NodeJS.Timeout | undefined;
  /** What a sync between two appends ended in; the next append throws it. */
  private failure: { readonly error: unknown } | undefined;

  constructor(outDir: string) {
    this.outDir = outDir;
    this.folder = join(outDir, FOLDER);
  }

  /** @throws ArchonError ARCHON_FILE_REFUSED, ARCHON_DISK_FULL; a line that was cut short is left out when the journal is read */
  append(record: EvaluationRecord): void {
    if (this.failure !== undefined) throw this.failure.error;
    this.descriptor ??= this.open();
    const { descriptor } = this;
    attemptFile({ path: this.file, doing: 'written' }, () => appendFileSync(descriptor, `${encodeLine(record)}\n`));
    this.timer ??= setTimeout(() => this.syncLater(), SYNC_INTERVAL_MS);
  }

  /** @throws ArchonError as {@link append}, also when the file was deleted in the meantime */
  close(): void {
    const { descriptor, failure } = this;
    if (descriptor === undefined) return;
    try {
      if (failure === undefined) this.sync();
    } finally {
      clearTimeout(this.timer);
      this.descriptor = undefined;
      closeSync(descriptor);
    }
  }

  private open(): number {
    makeFolder(this.folder);
    const last = journalFiles(this.outDir).at(-1);
    const number = last === undefined ? 1 : Number.parseInt(basename(last), 10) + 1;
    this.file = join(this.folder, `${String(number).padStart(4, '0')}.jsonl`);
    return attemptFile({ path: this.file, doing: 'made' }, () => openSync(this.file, 'wx'));
  }

  private syncLater(): void {
    try {
      this.sync();
    } catch (error) {
      this.failure = { error };
    }
  }

  private sync(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    const { descriptor, file } = this;
    if (descriptor === undefined) return;
    attemptFile({ path: file, doing: 'written' }, () => fsyncSync(descriptor));
    if (fstatSync(descriptor).nlink > 0) return;
    fail({
      code: 'ARCHON_FILE_REFUSED',
      message: `"${file}" cannot be written: it was deleted while the sweep ran`,
      expected: 'an out directory that stays until the sweep is done',
      hint: 'Run the same command again; points whose records are gone are evaluated again.',
    });
  }
}
