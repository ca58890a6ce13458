import { own } from '../own.js';
import { FUNCTIONS, namesIn, OPERATORS, type Formula } from './formula.js';

/** The value of a formula, or why it has none. */
export type FormulaValue = { readonly value: number } | { readonly reason: string };

/** @param valueOf - of a name; nothing where there is none */
export function evaluateFormula(formula: Formula, valueOf: (name: string) => number | undefined): FormulaValue {
  const missing = namesIn(formula).find(({ name }) => valueOf(name) === undefined);
  if (missing !== undefined) return { reason: `it has no ${missing.name}` };
  if (dividesByZero(formula, valueOf)) return { reason: 'it divides by 0' };
  const value = valueIn(formula, valueOf);
  return Number.isFinite(value) ? { value } : { reason: Number.isNaN(value) ? 'it is no number' : 'it is infinite' };
}

function valueIn(formula: Formula, valueOf: (name: string) => number | undefined): number {
  switch (formula.kind) {
    case 'number':
      return formula.value;
    case 'name':
      return valueOf(formula.name) ?? NaN;
    case 'negative':
      return -valueIn(formula.operand, valueOf);
    case 'operation': {
      const [left, right] = [valueIn(formula.left, valueOf), valueIn(formula.right, valueOf)];
      return own(OPERATORS, formula.operator)?.apply(left, right) ?? NaN;
    }
    case 'call':
      return own(FUNCTIONS, formula.name)?.apply(...formula.parts.map((part) => valueIn(part, valueOf))) ?? NaN;
  }
}

function dividesByZero(formula: Formula, valueOf: (name: string) => number | undefined): boolean {
  const isWrong = (part: Formula): boolean => dividesByZero(part, valueOf);
  if (formula.kind === 'negative') return isWrong(formula.operand);
  if (formula.kind === 'call') return formula.parts.some(isWrong);
  if (formula.kind !== 'operation') return false;
  if (formula.operator === '/' && valueIn(formula.right, valueOf) === 0) return true;
  return isWrong(formula.left) || isWrong(formula.right);
}
