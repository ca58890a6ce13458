/** Texts in the order in which they were first asked for, each once. */
export class Indices {
  readonly keys: string[] = [];
  readonly #indices = new Map<string, number>();

  has(key: string): boolean {
    return this.#indices.has(key);
  }

  /** Index of a text, which is added where it is new. */
  index(key: string): number {
    const known = this.#indices.get(key);
    if (known !== undefined) return known;
    this.#indices.set(key, this.keys.length);
    return this.keys.push(key) - 1;
  }
}

/** Six significant digits, which the page shows fewer of. */
export function short(value: number): number {
  return Number.isInteger(value) ? value : Number(value.toPrecision(6));
}
