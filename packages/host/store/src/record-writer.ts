import { appendFileSync, closeSync, fstatSync, fsyncSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { attemptFile, type EvaluationRecord, type RecordHead } from '@archon-dse/core';
import { makeFolder } from '@archon-dse/core/files';
import { BlockBuilder } from './block.js';
import { mustBeThere, refuseDeleted } from './out-dir.js';
import { headOf } from './record-parts.js';
import { blockLine, recordLine } from './record-line.js';
import { resultFile } from './result-files.js';

/** A block is written when it has so many records, or so many layer results. */
const MOST_RECORDS = 128;
const MOST_RESULTS = 8192;
/**
 * Or when its first record has waited so long that a kill would cost too much: a tenth of the run so far, within these bounds. Small
 * blocks take three times the room of large ones.
 */
const WAIT_SHARE = 1 / 10;
const LEAST_WAIT_MS = 1000;
const MOST_WAIT_MS = 5000;
/** A point that took this share of the wait is written at once: little would be gained, and much lost. */
const SLOW_SHARE = 1 / 4;
/** Lines reach the operating system with their block, so a killed process loses none of them; the disk has them after this long. */
const SYNC_INTERVAL_MS = 1000;

/**
 * Appends records to a new file of its own; never to a file of an earlier run, whose last line may be torn. Records are kept back until a
 * block of them is written in one piece. One writer a file: threads and processes have writers of their own names.
 */
export class RecordWriter {
  private readonly outDir: string;
  private readonly file: string;
  private heads: RecordHead[] = [];
  private builder = new BlockBuilder();
  private blocks = 0;
  private firstAt = 0;
  private readonly startedAt = performance.now();
  private descriptor: number | undefined;
  private timer: NodeJS.Timeout | undefined;
  private syncedAt = 0;
  /** What writing has failed with once; a file whose last line may be torn gets no other. */
  private failure: { readonly error: unknown } | undefined;

  /**
   * @param outDir - has to be there
   * @param place - number of the run, see `nextRun`, and the name of this writer where the run has several
   */
  constructor(outDir: string, place: { readonly run: number; readonly writer?: string }) {
    this.outDir = outDir;
    this.file = resultFile(outDir, place);
  }

  /**
   * Takes a record, and writes what has waited long enough. Only what was written counts as done.
   *
   * @returns the records that were written with this call
   * @throws ArchonError ARCHON_FILE_REFUSED, ARCHON_DISK_FULL; a line that was cut short is left out when results are read
   */
  append(record: EvaluationRecord): readonly RecordHead[] {
    if (this.heads.length === 0) this.firstAt = performance.now();
    this.builder.add(record);
    this.heads.push(headOf(record));
    const isFull = this.heads.length >= MOST_RECORDS || this.builder.size >= MOST_RESULTS;
    const isSlow = record.timing.wallMs >= SLOW_SHARE * this.waitMs;
    return isFull || isSlow ? this.flush() : this.flushDue();
  }

  /**
   * Writes what has waited long enough. To be called every second or so, as no record may follow.
   *
   * @returns the records that were written
   * @throws ArchonError as {@link append}
   */
  flushDue(): readonly RecordHead[] {
    return performance.now() - this.firstAt >= this.waitMs ? this.flush() : [];
  }

  private get waitMs(): number {
    const runMs = performance.now() - this.startedAt;
    return Math.min(MOST_WAIT_MS, Math.max(LEAST_WAIT_MS, WAIT_SHARE * runMs));
  }

  /**
   * Writes all that waits.
   *
   * @returns the records that were written
   * @throws ArchonError as {@link append}
   */
  flush(): readonly RecordHead[] {
    if (this.failure !== undefined) throw this.failure.error;
    const { heads, builder, blocks } = this;
    if (heads.length === 0) return [];
    const lines = heads.map((head, row) => recordLine(head, { block: blocks, row }));
    const text = blockLine(blocks, builder.pack()) + lines.join('');
    this.guarded(() => this.write(text));
    this.blocks += 1;
    this.heads = [];
    this.builder = new BlockBuilder();
    return heads;
  }

  /** Writes all that waits and closes the file. @throws ArchonError as {@link append}, also when the file was deleted in the meantime */
  close(): void {
    try {
      if (this.failure === undefined) {
        this.flush();
        this.sync();
      }
    } finally {
      clearTimeout(this.timer);
      if (this.descriptor !== undefined) closeSync(this.descriptor);
      this.descriptor = undefined;
    }
  }

  private write(text: string): void {
    this.descriptor ??= this.open();
    const { descriptor } = this;
    attemptFile({ path: this.file, doing: 'written' }, () => appendFileSync(descriptor, text));
    if (performance.now() - this.syncedAt >= SYNC_INTERVAL_MS) this.sync();
    else this.timer ??= setTimeout(() => this.syncLater(), SYNC_INTERVAL_MS);
  }

  private open(): number {
    mustBeThere(this.outDir);
    makeFolder(dirname(this.file));
    this.syncedAt = performance.now();
    return attemptFile({ path: this.file, doing: 'made' }, () => openSync(this.file, 'wx'));
  }

  private syncLater(): void {
    try {
      this.guarded(() => this.sync());
    } catch {
      // the next call throws it
    }
  }

  private guarded(act: () => void): void {
    try {
      act();
    } catch (error) {
      this.failure = { error };
      throw error;
    }
  }

  private sync(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.syncedAt = performance.now();
    const { descriptor, file } = this;
    if (descriptor === undefined) return;
    attemptFile({ path: file, doing: 'written' }, () => fsyncSync(descriptor));
    if (fstatSync(descriptor).nlink === 0) refuseDeleted(file);
  }
}
