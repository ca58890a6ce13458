import { own } from '../own.js';
import { hintOf } from '../suggest.js';
import { FUNCTIONS, NEGATIVE_PRECEDENCE, OPERATORS, type Formula } from './formula.js';

/** What is wrong with the text of a formula, and where. */
export class FormulaError extends Error {
  override readonly name = 'FormulaError';
  readonly at: number;
  readonly length: number;
  readonly expected: string;
  readonly hint?: string;

  constructor(message: string, { text, at }: Token, expected: string, { hint }: { readonly hint?: string } = {}) {
    super(message);
    this.at = at;
    this.length = Math.max(1, text.length);
    this.expected = expected;
    if (hint !== undefined) this.hint = hint;
  }
}

interface Token {
  readonly kind: 'number' | 'name' | 'sign' | 'end';
  readonly text: string;
  readonly at: number;
}

/** Names may be paths into a point: `accelerator.options.meshX`, `stages[0].options.density`. Two of them are operators. */
const TOKEN =
  /(?<number>(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)|(?<name>[A-Za-z_]\w*(?:\[\d+\])?(?:\.[A-Za-z_]\w*)*)|(?<sign>[<>=!]=|[-+*/^(),<>])/y;

/** Longer ones are no formulas, and would nest too deeply. */
const LONGEST = 1000;

/**
 * Reads a formula: numbers, names, `+ - * / ^`, comparisons, `and`, `or`, parentheses and calls of {@link FUNCTIONS}. Nothing of it is
 * ever run as code.
 *
 * @throws FormulaError
 */
export function parseFormula(text: string): Formula {
  if (text.length > LONGEST) {
    const all: Token = { kind: 'end', text: '', at: 0 };
    throw new FormulaError(`the formula has ${text.length} characters`, all, `at most ${LONGEST}`);
  }
  const parser = new Parser(tokensOf(text));
  const formula = parser.expression(0);
  parser.end();
  return formula;
}

function tokensOf(text: string): readonly Token[] {
  const tokens: Token[] = [];
  let at = 0;
  for (;;) {
    at += /^\s*/.exec(text.slice(at))?.[0].length ?? 0;
    if (at === text.length) return [...tokens, { kind: 'end', text: '', at }];
    TOKEN.lastIndex = at;
    const { number, name, sign } = TOKEN.exec(text)?.groups ?? {};
    const found = number ?? name ?? sign;
    if (found === undefined) {
      const token: Token = { kind: 'sign', text: text.charAt(at), at };
      const hint = token.text === '=' ? { hint: 'Did you mean "=="?' } : {};
      throw new FormulaError(`${JSON.stringify(token.text)} means nothing in a formula`, token, SIGNS, hint);
    }
    tokens.push({ kind: kindOf(found, { number, name }), text: found, at });
    at += found.length;
  }
}

const SIGNS = 'numbers, names, + - * / ^ ( ), < <= > >= == !=, and, or, and functions';

function kindOf(
  text: string,
  { number, name }: { readonly number?: string | undefined; readonly name?: string | undefined },
): Token['kind'] {
  if (number !== undefined) return 'number';
  return name !== undefined && !Object.hasOwn(OPERATORS, text) ? 'name' : 'sign';
}

/** By precedence of operators, from left to right. */
class Parser {
  private readonly tokens: readonly Token[];
  private next = 0;

  constructor(tokens: readonly Token[]) {
    this.tokens = tokens;
  }

  /** @param least - precedence of the operators that still belong to it */
  expression(least: number): Formula {
    let left = this.operand();
    let compared = false;
    for (;;) {
      const token = this.peek();
      const operator = token.kind === 'sign' ? own(OPERATORS, token.text) : undefined;
      if (operator === undefined || operator.precedence < least) return left;
      if (operator.isComparison === true && compared) this.refuse(token, 'and, or, or the end: write 1 < x and x < 3');
      compared = operator.isComparison === true;
      this.next += 1;
      const right = this.expression(operator.isRightToLeft ? operator.precedence : operator.precedence + 1);
      left = { kind: 'operation', operator: token.text, left, right };
    }
  }

  end(): void {
    if (this.peek().kind !== 'end') this.refuse(this.peek(), 'an operator, or the end');
  }

  private operand(): Formula {
    const token = this.take();
    if (token.kind === 'number') return { kind: 'number', value: Number(token.text) };
    if (token.kind === 'name') {
      if (this.peek().text === '(') return this.call(token);
      return { kind: 'name', name: token.text, at: token.at };
    }
    if (token.text === '-') return { kind: 'negative', operand: this.expression(NEGATIVE_PRECEDENCE) };
    if (token.text !== '(') this.refuse(token, 'a number, a name, a function or "("');
    const inside = this.expression(0);
    this.close();
    return inside;
  }

  private call(token: Token): Formula {
    const names = Object.keys(FUNCTIONS);
    const takes = own(FUNCTIONS, token.text);
    if (takes === undefined) {
      const expected = `one of: ${names.join(', ')}`;
      throw new FormulaError(`there is no function "${token.text}"`, token, expected, hintOf(token.text, names));
    }
    const parts: Formula[] = [];
    do {
      this.next += 1;
      parts.push(this.expression(0));
    } while (this.peek().text === ',');
    this.close();
    if (takes.takes !== undefined && takes.takes !== parts.length) {
      throw new FormulaError(`${token.text} is given ${parts.length} values`, token, `${takes.takes} value`);
    }
    return { kind: 'call', name: token.text, parts };
  }

  private close(): void {
    const token = this.take();
    if (token.text !== ')') this.refuse(token, 'an operator or ")"');
  }

  private peek(): Token {
    return this.tokens[this.next] ?? { kind: 'end', text: '', at: 0 };
  }

  private take(): Token {
    const token = this.peek();
    if (token.kind !== 'end') this.next += 1;
    return token;
  }

  private refuse(token: Token, expected: string): never {
    const found = token.kind === 'end' ? 'the formula ends here' : `${JSON.stringify(token.text)} cannot stand here`;
    throw new FormulaError(found, token, expected);
  }
}
