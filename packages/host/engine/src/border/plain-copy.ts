import { excerpt } from './safe-text.js';

/**
 * The border that data of plugins crosses: a copy of plain JSON data, each member read once. Getters, proxies and later changes end here;
 * functions, cycles and data without end are refused.
 */

/** Texts and values of what a plugin says about itself, counted as characters of JSON. */
export const MOST_SELF_DESCRIPTION = 2 ** 20;
/** Of what a plugin returns. */
export const MOST_RESULT = 2 ** 28;

const DEEPEST = 100;
const LONGEST_PATH = 200;
/** Brackets, commas and digits of one value. */
const CHARACTERS_A_VALUE = 8;

/** Data that is more than plain: where, what was found and what was expected. */
export class NotPlain extends Error {
  readonly path: string;
  readonly found: string;
  readonly expected: string;

  constructor(path: string, found: string, expected = 'plain JSON data') {
    super(`${path === '' ? 'it' : path} is ${found}`);
    this.path = path;
    this.found = found;
    this.expected = expected;
  }
}

/**
 * A frozen copy. Members that are `undefined` are left out; numbers may be any, since others say better what is wrong with NaN.
 *
 * @param name - what the value is called in paths; may be empty
 * @param most - characters of JSON, about
 * @throws NotPlain
 */
export function plainCopy(value: unknown, name: string, most: number): unknown {
  return new Copier(name, most).copy(value);
}

class Copier {
  private readonly name: string;
  private readonly most: number;
  private left: number;
  /** The objects around the one being copied, and the steps that lead to it. */
  private readonly above: object[] = [];
  private readonly steps: (string | number)[] = [];

  constructor(name: string, most: number) {
    this.name = name;
    this.most = most;
    this.left = most;
  }

  copy(value: unknown): unknown {
    this.count(typeof value === 'string' ? value.length + CHARACTERS_A_VALUE : CHARACTERS_A_VALUE);
    if (typeof value === 'bigint' || typeof value === 'symbol' || typeof value === 'function') {
      throw this.refusal(`a ${typeof value}`);
    }
    if (typeof value !== 'object' || value === null) return value;
    if (this.above.includes(value)) throw this.refusal('a part that holds itself');
    if (this.above.length >= DEEPEST) throw this.refusal(`nested deeper than ${String(DEEPEST)} levels`);
    this.above.push(value);
    const copy = this.read(() => Array.isArray(value)) ? this.items(value as readonly unknown[]) : this.members(value);
    this.above.pop();
    return Object.freeze(copy);
  }

  private items(list: readonly unknown[]): unknown[] {
    const length = this.read(() => list.length);
    this.count(length);
    return Array.from({ length }, (_, index) => this.step(index, () => list[index]));
  }

  private members(object: object): object {
    this.requirePlain(object);
    const copies: [string, unknown][] = [];
    for (const name of this.read(() => Object.keys(object))) {
      this.count(name.length);
      const copy = this.step(name, () => (object as Readonly<Record<string, unknown>>)[name]);
      if (copy !== undefined) copies.push([name, copy]);
    }
    return Object.fromEntries(copies);
  }

  private step(step: string | number, read: () => unknown): unknown {
    this.steps.push(step);
    const copy = this.copy(this.read(read));
    this.steps.pop();
    return copy;
  }

  /** Not an instance of a class, a typed array or a map, whose members are not all there is to them. Objects of another realm are plain. */
  private requirePlain(object: object): void {
    const prototype = this.read(() => Object.getPrototypeOf(object) as object | null);
    if (prototype === null || prototype === Object.prototype) return;
    if (this.read(() => Object.getPrototypeOf(prototype) as unknown) !== null)
      throw this.refusal('an instance of a class');
  }

  /** Reading may call code of the plugin. */
  private read<T>(act: () => T): T {
    try {
      return act();
    } catch {
      throw this.refusal('a member that throws when it is read');
    }
  }

  private count(characters: number): void {
    this.left -= characters;
    if (this.left >= 0) return;
    throw this.refusal('where it gets too large', `less than ${String(this.most / 2 ** 20)} MiB of JSON in all`);
  }

  private refusal(found: string, expected?: string): NotPlain {
    return new NotPlain(excerpt(pathOf(this.name, this.steps), LONGEST_PATH), found, expected);
  }
}

/** `name.member[0]` */
function pathOf(name: string, steps: readonly (string | number)[]): string {
  const path = name + steps.map((step) => (typeof step === 'number' ? `[${String(step)}]` : `.${step}`)).join('');
  return path.replace(/^\./, '');
}
