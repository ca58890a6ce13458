/** A value that tells its listeners when it changes. */
export class Signal<T> {
  #value: T;
  readonly #listeners: ((value: T) => void)[] = [];

  constructor(value: T) {
    this.#value = value;
  }

  get value(): T {
    return this.#value;
  }

  set(value: T): void {
    if (value === this.#value) return;
    this.#value = value;
    for (const listener of this.#listeners) listener(value);
  }

  onChange(listener: (value: T) => void): void {
    this.#listeners.push(listener);
  }

  /** Calls the listener now and at each change. */
  watch(listener: (value: T) => void): void {
    this.onChange(listener);
    listener(this.#value);
  }
}
