/** A formula that has been read. `at` is where in the text a name begins. */
export type Formula =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'name'; readonly name: string; readonly at: number }
  | { readonly kind: 'negative'; readonly operand: Formula }
  | { readonly kind: 'operation'; readonly operator: string; readonly left: Formula; readonly right: Formula }
  | { readonly kind: 'call'; readonly name: string; readonly parts: readonly Formula[] };

interface Operator {
  /** Higher binds tighter. */
  readonly precedence: number;
  readonly isRightToLeft?: boolean;
  /** Two in a row mean nothing: `1 < x < 3`. */
  readonly isComparison?: boolean;
  readonly apply: (left: number, right: number) => number;
}

/** A minus before a value binds as a product does: `-2 ^ 2` is -4. */
export const NEGATIVE_PRECEDENCE = 5;

/** Comparisons, and what joins them. */
const CONDITIONAL_PRECEDENCE = 3;

/** Comparisons, `and` and `or` are 1 where they hold and 0 where they do not; any other number but 0 holds too. */
export const OPERATORS: Readonly<Record<string, Operator>> = {
  or: { precedence: 1, apply: (a, b) => Number(a !== 0 || b !== 0) },
  and: { precedence: 2, apply: (a, b) => Number(a !== 0 && b !== 0) },
  '<=': { precedence: 3, isComparison: true, apply: (a, b) => Number(a <= b) },
  '<': { precedence: 3, isComparison: true, apply: (a, b) => Number(a < b) },
  '>=': { precedence: 3, isComparison: true, apply: (a, b) => Number(a >= b) },
  '>': { precedence: 3, isComparison: true, apply: (a, b) => Number(a > b) },
  '==': { precedence: 3, isComparison: true, apply: (a, b) => Number(a === b) },
  '!=': { precedence: 3, isComparison: true, apply: (a, b) => Number(a !== b) },
  '+': { precedence: 4, apply: (a, b) => a + b },
  '-': { precedence: 4, apply: (a, b) => a - b },
  '*': { precedence: 5, apply: (a, b) => a * b },
  '/': { precedence: 5, apply: (a, b) => a / b },
  '^': { precedence: 6, isRightToLeft: true, apply: (a, b) => a ** b },
};

interface FormulaFunction {
  /** How many values it takes; any number from one up unless given. */
  readonly takes?: number;
  readonly apply: (...values: number[]) => number;
}

export const FUNCTIONS: Readonly<Record<string, FormulaFunction>> = {
  abs: { takes: 1, apply: Math.abs },
  ceil: { takes: 1, apply: Math.ceil },
  exp: { takes: 1, apply: Math.exp },
  floor: { takes: 1, apply: Math.floor },
  ln: { takes: 1, apply: Math.log },
  log10: { takes: 1, apply: Math.log10 },
  log2: { takes: 1, apply: Math.log2 },
  max: { apply: Math.max },
  min: { apply: Math.min },
  not: { takes: 1, apply: (value = 0) => Number(value === 0) },
  round: { takes: 1, apply: Math.round },
  sqrt: { takes: 1, apply: Math.sqrt },
};

/** Whether a formula says something that holds or does not, at its outermost. */
export function isCondition(formula: Formula): boolean {
  if (formula.kind === 'call') return formula.name === 'not';
  return (
    formula.kind === 'operation' && (OPERATORS[formula.operator]?.precedence ?? Infinity) <= CONDITIONAL_PRECEDENCE
  );
}

/** All names in a formula, in the order of the text. */
export function namesIn(formula: Formula): readonly { readonly name: string; readonly at: number }[] {
  switch (formula.kind) {
    case 'number':
      return [];
    case 'name':
      return [formula];
    case 'negative':
      return namesIn(formula.operand);
    case 'operation':
      return [...namesIn(formula.left), ...namesIn(formula.right)];
    case 'call':
      return formula.parts.flatMap(namesIn);
  }
}
