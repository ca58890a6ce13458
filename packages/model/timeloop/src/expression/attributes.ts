import type { Field } from '../input/field.js';
import { evaluate } from './evaluate.js';

/** The value of an attribute: a number where it is one or an expression of some, else its text. */
export type Value = number | string;

/** What an attribute says that its user must give. */
const MUST_SPECIFY = 'must_specify';

/**
 * Named values of which each may be an expression of the others, as the attributes of a component or of a class are. The nearest
 * definition of a name counts; those behind are what it falls back to when its expression names itself.
 */
export class Attributes {
  private readonly own: ReadonlyMap<string, Field>;
  private readonly outer: Attributes | undefined;
  private readonly known = new Map<string, Value>();
  private readonly asked = new Set<string>();

  /** @param outer - attributes of what it is part of, which names fall back to */
  constructor(own: ReadonlyMap<string, Field>, outer?: Attributes) {
    this.own = own;
    this.outer = outer;
  }

  /** Where an attribute is given, here or further out. */
  field(name: string): Field | undefined {
    return this.own.get(name) ?? this.outer?.field(name);
  }

  /** All that are given, here and further out. */
  all(): ReadonlyMap<string, Field> {
    return new Map([...(this.outer?.all() ?? []), ...this.own]);
  }

  /** The value of an attribute, or nothing when it is not given. */
  value(name: string): Value | undefined {
    const known = this.known.get(name);
    if (known !== undefined) return known;
    const field = this.own.get(name);
    if (field === undefined || this.asked.has(name)) return this.outer?.value(name);
    this.asked.add(name);
    const value = this.evaluate(field);
    this.asked.delete(name);
    this.known.set(name, value);
    return value;
  }

  /** What a value of the file means here. */
  evaluate(field: Field): Value {
    const { scalar } = field;
    if (typeof scalar === 'number') return scalar;
    if (scalar === MUST_SPECIFY) {
      return field.fail(`${field.name} must be given where the class is used`, { expected: 'a value' });
    }
    const text = field.text();
    const value = this.evaluateText(text);
    if (value !== undefined) return value;
    return /^\w+$/.test(text) && this.own.get(text) !== field ? (this.value(text) ?? text) : text;
  }

  /** The number that an expression makes of the attributes, or nothing when it makes none. */
  evaluateText(text: string): number | undefined {
    return evaluate(text, (name) => {
      const found = this.value(name);
      return typeof found === 'number' ? found : undefined;
    });
  }

  /** A number that an attribute must be, if it is given. */
  number(name: string, least = 0): number | undefined {
    const value = this.value(name);
    if (value === undefined || (typeof value === 'number' && Number.isFinite(value) && value >= least)) return value;
    const found = typeof value === 'number' ? value : `the text "${value}"`;
    return this.field(name)?.fail(`${name} is ${found}`, {
      expected: `a number of ${least} or more, or an expression of attributes that makes one`,
    });
  }

  /** A whole number that an attribute must be, if it is given. */
  integer(name: string, least = 1): number | undefined {
    const value = this.number(name, least);
    if (value === undefined || Number.isSafeInteger(value)) return value;
    return this.field(name)?.fail(`${name} is ${value}`, { expected: `a whole number of ${least} or more` });
  }
}

/** The entries of a map of attributes that have a value; none where there is no map. */
export function attributesOf(field: Field | undefined): ReadonlyMap<string, Field> {
  return new Map(field?.entries().filter(([, value]) => !value.isEmpty));
}
