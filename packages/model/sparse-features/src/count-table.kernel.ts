/**
 * How many words of any box of an array are not zero, from a table of sums over all boxes that begin at the origin.
 *
 * Offsets are positions in that table, whose axes are one longer than those of the array: add up `index * strides[axis]`.
 */
export class CountTable {
  readonly strides: readonly number[];
  /** 1 where the word at an offset is not zero. */
  readonly words: Uint8Array;
  private readonly sums: Int32Array;
  private readonly sizes: readonly number[];

  /** @param values - row-major over the sizes; anything but 0 counts */
  constructor(values: Uint8Array, sizes: readonly number[]) {
    this.sizes = sizes;
    const lengths = sizes.map((size) => size + 1);
    this.strides = lengths.map((_, axis) => lengths.slice(axis + 1).reduce((product, length) => product * length, 1));
    this.sums = new Int32Array(lengths.reduce((product, length) => product * length, 1));
    this.words = new Uint8Array(this.sums.length);
    this.place(values);
    for (let axis = 0; axis < sizes.length; axis++) this.addUp(lengths[axis]!, this.strides[axis]!);
  }

  private place(values: Uint8Array): void {
    const { sums, words, sizes, strides } = this;
    const index = new Int32Array(sizes.length);
    // In the table of sums a word counts in the boxes that end behind it.
    const behind = strides.reduce((sum, stride) => sum + stride, 0);
    let at = 0;
    for (let word = 0; word < values.length; word++) {
      if (values[word] !== 0) {
        words[at] = 1;
        sums[at + behind] = 1;
      }
      for (let axis = sizes.length - 1; axis >= 0; axis--) {
        at += strides[axis]!;
        if (++index[axis]! < sizes[axis]!) break;
        at -= sizes[axis]! * strides[axis]!;
        index[axis] = 0;
      }
    }
  }

  private addUp(length: number, stride: number): void {
    const { sums } = this;
    const block = length * stride;
    for (let start = 0; start < sums.length; start += block) {
      for (let at = start + stride; at < start + block; at++) sums[at]! += sums[at - stride]!;
    }
  }

  /** Counts boxes of one size by the offset of their first word. */
  boxes(box: readonly number[]): BoxCounts {
    const { strides, sizes, sums } = this;
    let corners = [{ offset: 0, sign: 1 }];
    for (let axis = 0; axis < box.length; axis++) {
      const far = corners.map(({ offset, sign }) => ({ offset: offset + box[axis]! * strides[axis]!, sign }));
      // A box as long as the whole axis begins at 0, where the table holds zeros.
      corners =
        box[axis] === sizes[axis] ? far : [...far, ...corners.map(({ offset, sign }) => ({ offset, sign: -sign }))];
    }
    return new BoxCounts(
      sums,
      Int32Array.from(corners, ({ offset }) => offset),
      Int8Array.from(corners, ({ sign }) => sign),
    );
  }
}

export class BoxCounts {
  private readonly sums: Int32Array;
  private readonly corners: Int32Array;
  private readonly signs: Int8Array;

  constructor(sums: Int32Array, corners: Int32Array, signs: Int8Array) {
    this.sums = sums;
    this.corners = corners;
    this.signs = signs;
  }

  at(offset: number): number {
    const { sums, corners, signs } = this;
    let count = 0;
    for (let corner = 0; corner < corners.length; corner++) count += signs[corner]! * sums[offset + corners[corner]!]!;
    return count;
  }
}
