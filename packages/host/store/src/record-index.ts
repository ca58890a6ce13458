import { isId } from './record-line.js';

/** Where the line of a record is, and how its point ended. */
export interface Entry {
  readonly pointId: string;
  readonly isOk: boolean;
  /** Of the result files, counted from 0. */
  readonly file: number;
  readonly offset: number;
  readonly length: number;
}

const FIRST_CAPACITY = 1024;
const HALF_DIGITS = 8;

/**
 * Entries by the id of their point, in the order in which ids were first seen. Numbers in columns: 10^6 entries take 40 MB, where objects
 * would take ten times as much.
 */
export class RecordIndex {
  size = 0;
  private high = new Uint32Array(FIRST_CAPACITY);
  private low = new Uint32Array(FIRST_CAPACITY);
  private file = new Uint32Array(FIRST_CAPACITY);
  private offset = new Float64Array(FIRST_CAPACITY);
  private length = new Uint32Array(FIRST_CAPACITY);
  private ok = new Uint8Array(FIRST_CAPACITY);
  /** Places in the columns plus one, by hash; 0 where none is. */
  private slots = new Uint32Array(2 * FIRST_CAPACITY);

  /** Takes an entry; of several of one point the last that is ok stays, or else the last. */
  set({ pointId, isOk, file, offset, length }: Entry): void {
    const high = highOf(pointId);
    const low = lowOf(pointId);
    const slot = this.slotOf(high, low);
    const known = (this.slots[slot] ?? 0) - 1;
    if (known >= 0 && !isOk && this.ok[known] === 1) return;
    const place = known >= 0 ? known : this.size;
    if (known < 0) {
      this.slots[slot] = place + 1;
      this.size += 1;
    }
    this.high[place] = high;
    this.low[place] = low;
    this.file[place] = file;
    this.offset[place] = offset;
    this.length[place] = length;
    this.ok[place] = isOk ? 1 : 0;
    if (this.size === this.high.length) this.grow();
  }

  /** The place of a point among all, or -1. */
  placeOf(pointId: string): number {
    if (!isId(pointId)) return -1;
    const high = highOf(pointId);
    const low = lowOf(pointId);
    return (this.slots[this.slotOf(high, low)] ?? 0) - 1;
  }

  /** @param place - 0 to size - 1 */
  at(place: number): Entry {
    const digits = (half: Uint32Array): string => (half[place] ?? 0).toString(16).padStart(HALF_DIGITS, '0');
    return {
      pointId: digits(this.high) + digits(this.low),
      isOk: this.isOk(place),
      ...{ file: this.file[place] ?? 0, offset: this.offset[place] ?? 0, length: this.length[place] ?? 0 },
    };
  }

  isOk(place: number): boolean {
    return this.ok[place] === 1;
  }

  /** Where an id is, or where it would go: ids are digests, so their digits are as good as a hash. */
  private slotOf(high: number, low: number): number {
    const mask = this.slots.length - 1;
    for (let slot = low & mask; ; slot = (slot + 1) & mask) {
      const place = (this.slots[slot] ?? 0) - 1;
      if (place < 0 || (this.low[place] === low && this.high[place] === high)) return slot;
    }
  }

  private grow(): void {
    const capacity = 2 * this.high.length;
    const wider = <T extends Uint32Array | Float64Array | Uint8Array>(column: T, into: T): T => {
      into.set(column);
      return into;
    };
    this.high = wider(this.high, new Uint32Array(capacity));
    this.low = wider(this.low, new Uint32Array(capacity));
    this.file = wider(this.file, new Uint32Array(capacity));
    this.offset = wider(this.offset, new Float64Array(capacity));
    this.length = wider(this.length, new Uint32Array(capacity));
    this.ok = wider(this.ok, new Uint8Array(capacity));
    this.slots = new Uint32Array(2 * capacity);
    for (let place = 0; place < this.size; place += 1) {
      this.slots[this.slotOf(this.high[place] ?? 0, this.low[place] ?? 0)] = place + 1;
    }
  }
}

function highOf(pointId: string): number {
  return Number.parseInt(pointId.slice(0, HALF_DIGITS), 16);
}

function lowOf(pointId: string): number {
  return Number.parseInt(pointId.slice(HALF_DIGITS), 16);
}
