/** Factors a number in a filter may end with. */
const SUFFIXES: Readonly<Record<string, number>> = {
  p: 1e-12,
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  k: 1e3,
  K: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
};

const COMPARISONS: Readonly<Record<string, (a: number, b: number) => boolean>> = {
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
  '=': (a, b) => a === b,
};

/** Whether a cell passes a filter: `< 2e6`, `>=40M`, a number for a numeric cell, else part of the text, in any case. */
export function matches(filter: unknown, cell: unknown): boolean {
  const text = String(filter).trim();
  const [, sign = '', digits = '', suffix = ''] =
    /^(<=|>=|<|>|=)?\s*(-?[\d.]+(?:e[+-]?\d+)?)\s*([pnumkKMGT]?)$/i.exec(text) ?? [];
  const bound = Number(digits) * (SUFFIXES[suffix] ?? 1);
  const compare = COMPARISONS[sign || '='];
  if (typeof cell === 'number' && digits !== '' && compare !== undefined) return compare(cell, bound);
  return String(cell ?? '')
    .toLowerCase()
    .includes(text.toLowerCase());
}
