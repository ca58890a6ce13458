import { FUNCTIONS, OPERATORS } from './functions.js';
import { tokensOf, type Token } from './tokens.js';

/** What a name stands for; nothing when there is no such name. */
export type Scope = (name: string) => number | undefined;

/** Longest expression that is read, in characters; bounds how deep its brackets nest. */
const LONGEST = 400;

/**
 * The value of an arithmetic expression as Accelergy's attributes have them: numbers, names, `+ - * / // % **`, comparisons,
 * `a if b else c` and the functions of Python's math that `FUNCTIONS` lists.
 *
 * @returns nothing when the text is no expression, or uses a name that `scope` does not have
 */
export function evaluate(text: string, scope: Scope): number | undefined {
  const tokens = text.length > LONGEST ? undefined : tokensOf(text);
  if (tokens === undefined || tokens.length === 0) return undefined;
  const parser = new Parser(tokens, scope);
  try {
    const value = parser.conditional();
    return parser.isDone ? value() : undefined;
  } catch (error) {
    if (error instanceof NoExpression) return undefined;
    throw error;
  }
}

class NoExpression extends Error {}

/** Values are found only where they are asked for, so that the branch of an `if` that is not taken may have no value. */
type Value = () => number;

class Parser {
  private readonly tokens: readonly Token[];
  private readonly scope: Scope;
  private next = 0;

  constructor(tokens: readonly Token[], scope: Scope) {
    this.tokens = tokens;
    this.scope = scope;
  }

  get isDone(): boolean {
    return this.next === this.tokens.length;
  }

  conditional(): Value {
    const value = this.binary(0);
    if (!this.takeWord('if')) return value;
    const condition = this.binary(0);
    if (!this.takeWord('else')) throw new NoExpression();
    const other = this.conditional();
    return () => (condition() === 0 ? other() : value());
  }

  private binary(level: number): Value {
    const operators = OPERATORS[level];
    if (operators === undefined) return this.unary();
    let left = this.binary(level + 1);
    for (let sign = this.sign(); sign !== undefined && sign in operators; sign = this.sign()) {
      this.next += 1;
      const [apply, first, second] = [operators[sign], left, this.binary(level + 1)];
      left = () => apply?.(first(), second()) ?? NaN;
    }
    return left;
  }

  private unary(): Value {
    if (this.takeSign('-')) {
      const value = this.unary();
      return () => -value();
    }
    if (this.takeSign('+')) return this.unary();
    const base = this.atom();
    if (!this.takeSign('**')) return base;
    const power = this.unary();
    return () => base() ** power();
  }

  private atom(): Value {
    const token = this.tokens[this.next];
    this.next += 1;
    if (token?.kind === 'number') return () => token.value;
    if (token?.kind === 'word') return this.named(token.text);
    if (token?.text !== '(') throw new NoExpression();
    const value = this.conditional();
    if (!this.takeSign(')')) throw new NoExpression();
    return value;
  }

  private named(name: string): Value {
    if (!this.takeSign('(')) {
      return () => {
        const value = this.scope(name);
        if (value === undefined) throw new NoExpression();
        return value;
      };
    }
    const call = Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name] : undefined;
    const values = [this.conditional()];
    while (this.takeSign(',')) values.push(this.conditional());
    if (call === undefined || !this.takeSign(')')) throw new NoExpression();
    return () => call(...values.map((value) => value()));
  }

  private sign(): string | undefined {
    const token = this.tokens[this.next];
    return token?.kind === 'sign' ? token.text : undefined;
  }

  private takeSign(text: string): boolean {
    if (this.sign() !== text) return false;
    this.next += 1;
    return true;
  }

  private takeWord(text: string): boolean {
    const token = this.tokens[this.next];
    if (token?.kind !== 'word' || token.text !== text) return false;
    this.next += 1;
    return true;
  }
}
