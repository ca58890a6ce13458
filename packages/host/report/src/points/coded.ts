import { canonicalJson } from '@archon-dse/core';

/** A column of few distinct values: each once, and of each row which one. */
export interface Coded<T> {
  readonly values: readonly T[];
  /** Index into `values`; -1 where a row has none. */
  readonly codes: Int32Array;
}

const FIRST_ROWS = 256;

/** A coded column that grows row by row; equal values are one, also where they are objects. */
export class GrowingCodes<T> {
  readonly values: T[] = [];
  readonly #byValue = new Map<unknown, number>();
  readonly #byText = new Map<string, number>();
  #codes = new Int32Array(FIRST_ROWS).fill(-1);

  /** @param key - a text that tells the value from others, where there is a quicker one than its JSON */
  set(row: number, value: T, key?: string): void {
    if (row >= this.#codes.length) {
      const longer = new Int32Array(2 * row).fill(-1);
      longer.set(this.#codes);
      this.#codes = longer;
    }
    this.#codes[row] = this.#codeOf(value, key);
  }

  /** The rows in another order, and the values in the order in which rows then have them: whatever the order of the rows was. */
  inOrder(order: Uint32Array): Coded<T> {
    const codes = Int32Array.from(order, (row) => this.#codes[row] ?? -1);
    const met = [...new Set(codes)].filter((code) => code >= 0);
    const placeOf = new Int32Array(this.values.length);
    for (const [place, code] of met.entries()) placeOf[code] = place;
    return {
      values: met.flatMap((code) => this.values.slice(code, code + 1)),
      codes: codes.map((code) => placeOf[code] ?? -1),
    };
  }

  #codeOf(value: T, key: string | undefined): number {
    const isObject = typeof value === 'object' && value !== null;
    const known: Map<unknown, number> = isObject ? this.#byText : this.#byValue;
    const name = isObject ? (key ?? canonicalJson(value)) : value;
    const code = known.get(name);
    if (code !== undefined) return code;
    known.set(name, this.values.length);
    return this.values.push(value) - 1;
  }
}

/** Numbers that grow row by row; NaN where none was set. */
export class GrowingNumbers {
  #numbers = new Float64Array(FIRST_ROWS).fill(NaN);

  set(row: number, value: number): void {
    if (row >= this.#numbers.length) {
      const longer = new Float64Array(2 * row).fill(NaN);
      longer.set(this.#numbers);
      this.#numbers = longer;
    }
    this.#numbers[row] = value;
  }

  /** The rows in another order. */
  inOrder(order: Uint32Array): Float64Array {
    return Float64Array.from(order, (row) => this.#numbers[row] ?? NaN);
  }
}
