import { statSync } from 'node:fs';
import { join } from 'node:path';
import { costsIn, type Costs, type EvaluationRecord, type RecordHead } from '@archon-dse/core';
import type { RecordSource } from '@archon-dse/report';
import { notedIds, openStore, readSweepNote, type RecordStore, type SweepNote } from '@archon-dse/store';

/** A point that came, in the order in which points were done. */
export interface Arrival {
  readonly id: string;
  /** Absent where it may stand on no front. */
  readonly costs: Costs | undefined;
}

/** The points of a sweep in its folder, and those that came since they were last asked for. Folders may hold points of other sweeps too. */
export class SweepRecords implements RecordSource {
  private readonly folder: string;
  private readonly store: RecordStore;
  private readonly counted = new Set<string>();
  /** Points of the store that are no points of the sweep, as far as its note tells. */
  private others: string[] = [];
  private heard = 0;
  private noteStamp = '';
  private wanted: ReadonlySet<string> = new Set();
  private costsOf: (head: RecordHead) => Costs | undefined = () => undefined;
  note: SweepNote;

  /** @throws ArchonError as `readSweepNote` and `openStore` do */
  constructor(folder: string) {
    this.folder = folder;
    this.note = readSweepNote(folder);
    this.store = openStore(folder);
  }

  get size(): number {
    return this.counted.size;
  }

  /** Points of the sweep, of both steps. */
  get total(): number {
    return this.wanted.size;
  }

  /** Points that came since the last call. The note is read first: it names points before they are evaluated. */
  arrivals(): readonly Arrival[] {
    this.readNote();
    this.store.refresh();
    const ids = [...this.others, ...this.store.ids(this.heard)];
    this.heard = this.store.size;
    this.others = ids.filter((id) => !this.wanted.has(id));
    const fresh = ids.filter((id) => this.wanted.has(id));
    for (const id of fresh) this.counted.add(id);
    return this.inOrder(fresh);
  }

  /** All points so far that are asked for. */
  again(isAsked: (id: string) => boolean): readonly Arrival[] {
    return this.inOrder([...this.counted].filter(isAsked));
  }

  has(id: string): boolean {
    return this.counted.has(id);
  }

  heads(): Iterable<RecordHead> {
    return this.store.heads(this.wanted);
  }

  record(id: string): EvaluationRecord | undefined {
    return this.wanted.has(id) ? this.store.record(id) : undefined;
  }

  close(): void {
    this.store.close();
  }

  private readNote(): void {
    const { mtimeMs, size } = statSync(join(this.folder, 'sweep.json'));
    const stamp = `${String(mtimeMs)} ${String(size)}`;
    if (stamp === this.noteStamp) return;
    this.note = readSweepNote(this.folder);
    this.noteStamp = stamp;
    this.wanted = notedIds(this.note);
    this.costsOf = costsIn(this.note.sweep);
  }

  /** Writers have a file each, so the order in which points were done is in their timing. */
  private inOrder(ids: readonly string[]): readonly Arrival[] {
    const ended = ({ timing }: RecordHead): number => Date.parse(timing.startedAt) + timing.wallMs;
    const arrivals = Array.from(this.store.heads(ids), (head) => ({
      ...{ id: head.pointId, costs: this.costsOf(head), at: ended(head) },
    }));
    return arrivals.sort((a, b) => a.at - b.at);
  }
}
