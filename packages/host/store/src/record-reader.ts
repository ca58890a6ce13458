import { ArchonError, type EvaluationRecord, type LayerRecord, type RecordHead } from '@archon-dse/core';
import { LRUCache } from 'lru-cache';
import { unpackBodies, unpackLayers, type PackedBlock, type Unpacked } from './block.js';
import { refuseLine, removeBlock } from './corrupt.js';
import { readPlainLine } from './plain-line.js';
import type { Entry } from './record-index.js';
import { headOf, type RecordBody } from './record-parts.js';
import { FORMAT, joinHead, readRecordLine, type Place } from './record-line.js';
import type { ResultFile } from './result-file.js';
import { headMistake, recordMistake, type BadLine } from './sound-record.js';

/** Characters of unpacked blocks that are kept, of bodies and of layers. */
const KEPT_CHARS = 3e7;

type Cache<T> = LRUCache<string, Unpacked<T>>;

/** Reads records by where they are, and keeps the blocks that were used last. */
export class RecordReader {
  private readonly files: readonly ResultFile[];
  private readonly bodies: Cache<RecordBody> = new LRUCache({ maxSize: KEPT_CHARS });
  private readonly layers: Cache<readonly LayerRecord[]> = new LRUCache({ maxSize: KEPT_CHARS });

  constructor(files: readonly ResultFile[]) {
    this.files = files;
  }

  /** @throws ArchonError ARCHON_JOURNAL_CORRUPT, ARCHON_FILE_REFUSED */
  head(entry: Entry): RecordHead {
    const line = this.fileOf(entry).read(entry);
    if (!line.startsWith(FORMAT)) return headOf(this.plain(entry, line));
    const { place, ...said } = readRecordLine(line);
    return this.sound(entry, headMistake, joinHead(said, this.part(this.bodies, entry, place, unpackBodies)));
  }

  /** @throws ArchonError as {@link head} */
  record(entry: Entry): EvaluationRecord {
    const line = this.fileOf(entry).read(entry);
    if (!line.startsWith(FORMAT)) return this.plain(entry, line);
    const { place, ...said } = readRecordLine(line);
    const head = joinHead(said, this.part(this.bodies, entry, place, unpackBodies));
    const { schemaVersion, pointId, point, refines, status, metrics, ...rest } = head;
    return this.sound(entry, recordMistake, {
      ...{ schemaVersion, pointId, point, ...(refines === undefined ? {} : { refines }), status, metrics },
      ...{ layers: this.part(this.layers, entry, place, unpackLayers), ...rest },
    });
  }

  /** What a block holds of a record. */
  private part<T>(cache: Cache<T>, entry: Entry, { block, row }: Place, unpack: (of: PackedBlock) => Unpacked<T>): T {
    const key = `${String(entry.file)}:${String(block)}`;
    try {
      const known = cache.get(key);
      if (known !== undefined) return known.of(row);
      const fresh = unpack(JSON.parse(this.fileOf(entry).readBlock(block)) as PackedBlock);
      cache.set(key, fresh, { size: Math.max(1, fresh.chars) });
      return fresh.of(row);
    } catch (error) {
      if (error instanceof ArchonError) throw error;
      return this.refuse(entry, {
        found: `block ${String(block)} does not hold what the record needs (${String(error)})`,
        expected: 'the block as it was written',
        hint: removeBlock(block),
      });
    }
  }

  private plain(entry: Entry, line: string): EvaluationRecord {
    const read = readPlainLine(line);
    return 'found' in read ? this.refuse(entry, read) : read;
  }

  private sound<T extends object>(entry: Entry, mistakeIn: (value: object) => BadLine | undefined, value: T): T {
    const mistake = mistakeIn(value);
    return mistake === undefined ? value : this.refuse(entry, mistake);
  }

  private refuse(entry: Entry, bad: BadLine): never {
    return refuseLine(this.fileOf(entry).path, entry.offset, bad);
  }

  private fileOf({ file }: Entry): ResultFile {
    const found = this.files[file];
    if (found === undefined) throw new RangeError(`there is no file ${String(file)}`);
    return found;
  }
}
