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
  readonly apply: (left: number, right: number) => number;
}

/** A minus before a value binds as a product does: `-2 ^ 2` is -4. */
export const NEGATIVE_PRECEDENCE = 2;

export const OPERATORS: Readonly<Record<string, Operator>> = {
  '+': { precedence: 1, apply: (a, b) => a + b },
  '-': { precedence: 1, apply: (a, b) => a - b },
  '*': { precedence: 2, apply: (a, b) => a * b },
  '/': { precedence: 2, apply: (a, b) => a / b },
  '^': { precedence: 3, isRightToLeft: true, apply: (a, b) => a ** b },
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
  round: { takes: 1, apply: Math.round },
  sqrt: { takes: 1, apply: Math.sqrt },
};

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
