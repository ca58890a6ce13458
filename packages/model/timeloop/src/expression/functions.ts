/** The functions an expression may call, with their Python names. */
export const FUNCTIONS: Readonly<Record<string, (...values: readonly number[]) => number>> = {
  max: Math.max,
  min: Math.min,
  ceil: (value = NaN) => Math.ceil(value),
  floor: (value = NaN) => Math.floor(value),
  round: (value = NaN) => Math.round(value),
  int: (value = NaN) => Math.trunc(value),
  float: (value = NaN) => value,
  abs: (value = NaN) => Math.abs(value),
  sqrt: (value = NaN) => Math.sqrt(value),
  exp: (value = NaN) => Math.exp(value),
  pow: (base = NaN, power = NaN) => base ** power,
  log2: (value = NaN) => Math.log2(value),
  log10: (value = NaN) => Math.log10(value),
  log: (value = NaN, base = Math.E) => Math.log(value) / Math.log(base),
};

/** Operators of two numbers, by how tightly they bind; `**` is apart, since it groups from the right. */
export const OPERATORS: readonly Readonly<Record<string, (a: number, b: number) => number>>[] = [
  {
    '<': (a, b) => Number(a < b),
    '>': (a, b) => Number(a > b),
    '<=': (a, b) => Number(a <= b),
    '>=': (a, b) => Number(a >= b),
    '==': (a, b) => Number(a === b),
    '!=': (a, b) => Number(a !== b),
  },
  { '+': (a, b) => a + b, '-': (a, b) => a - b },
  {
    '*': (a, b) => a * b,
    '/': (a, b) => a / b,
    '//': (a, b) => Math.floor(a / b),
    '%': (a, b) => a - b * Math.floor(a / b),
  },
];
