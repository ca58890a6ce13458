import { join } from 'node:path';
import type { EvaluationRecord, RecordHead } from '@archon-dse/core';
import { OpenFiles } from './open-files.js';
import { RecordIndex, type Entry } from './record-index.js';
import { RecordReader } from './record-reader.js';
import { ResultFile } from './result-file.js';
import { resultFiles, resultsFolder, type WriterFamily } from './result-files.js';

/**
 * Records of an out directory. It holds an index alone, some 40 bytes a record; records are read when they are asked for. Of several
 * records of a point the last that is ok counts, or else the last. Reading throws ArchonError ARCHON_JOURNAL_CORRUPT for a record that is
 * damaged and ARCHON_FILE_REFUSED.
 */
export interface RecordStore {
  /** Points with a record. */
  readonly size: number;
  has(id: string): boolean;
  statusOf(id: string): EvaluationRecord['status'] | undefined;
  head(id: string): RecordHead | undefined;
  record(id: string): EvaluationRecord | undefined;
  /** Ids in the order in which they were first seen. @param from - leaves out so many of the first */
  ids(from?: number): Iterable<string>;
  /** @param ids - those wanted, in this order, without those that have no record; all in the order they were first seen unless given */
  heads(ids?: Iterable<string>): Iterable<RecordHead>;
  /** Likewise. */
  records(ids?: Iterable<string>): Iterable<EvaluationRecord>;
  /** Reads what was appended since, in new files too. @returns how many points have a record that had none */
  refresh(): number;
  /** Gives back open files; reading opens them again. */
  close(): void;
}

/**
 * Opens the results of an out directory; one without results is empty. A last line without its newline was being written when its writer
 * died, or is being written now: it is left out.
 *
 * @param of - reads the results of these writers alone
 * @throws ArchonError ARCHON_JOURNAL_CORRUPT for any other line that is none of ours or was changed, ARCHON_FILE_REFUSED
 */
export function openStore(outDir: string, of?: WriterFamily): RecordStore {
  const store = new FileStore(outDir, of);
  try {
    store.refresh();
  } catch (error) {
    store.close();
    throw error;
  }
  return store;
}

class FileStore implements RecordStore {
  private readonly outDir: string;
  private readonly of: WriterFamily | undefined;
  private readonly index = new RecordIndex();
  private readonly open = new OpenFiles();
  private readonly files: ResultFile[] = [];
  private readonly names = new Set<string>();
  private readonly reader = new RecordReader(this.files);

  constructor(outDir: string, of: WriterFamily | undefined) {
    this.outDir = outDir;
    this.of = of;
  }

  get size(): number {
    return this.index.size;
  }

  has(id: string): boolean {
    return this.index.placeOf(id) >= 0;
  }

  statusOf(id: string): EvaluationRecord['status'] | undefined {
    const place = this.index.placeOf(id);
    return place < 0 ? undefined : this.index.isOk(place) ? 'ok' : 'failed';
  }

  head(id: string): RecordHead | undefined {
    const place = this.index.placeOf(id);
    return place < 0 ? undefined : this.reader.head(this.index.at(place));
  }

  record(id: string): EvaluationRecord | undefined {
    const place = this.index.placeOf(id);
    return place < 0 ? undefined : this.reader.record(this.index.at(place));
  }

  *ids(from = 0): Iterable<string> {
    for (let place = from; place < this.index.size; place += 1) yield this.index.at(place).pointId;
  }

  *heads(ids?: Iterable<string>): Iterable<RecordHead> {
    for (const entry of this.entries(ids)) yield this.reader.head(entry);
  }

  *records(ids?: Iterable<string>): Iterable<EvaluationRecord> {
    for (const entry of this.entries(ids)) yield this.reader.record(entry);
  }

  refresh(): number {
    const before = this.index.size;
    for (const name of resultFiles(this.outDir, this.of).filter((one) => !this.names.has(one))) {
      this.names.add(name);
      this.files.push(new ResultFile(join(resultsFolder(this.outDir), name), this.files.length, this.open));
    }
    for (const file of this.files) file.scan((entry) => this.index.set(entry));
    return this.index.size - before;
  }

  close(): void {
    this.open.close();
  }

  private *entries(ids?: Iterable<string>): Iterable<Entry> {
    if (ids === undefined) for (let place = 0; place < this.index.size; place += 1) yield this.index.at(place);
    else {
      for (const id of ids) {
        const place = this.index.placeOf(id);
        if (place >= 0) yield this.index.at(place);
      }
    }
  }
}
