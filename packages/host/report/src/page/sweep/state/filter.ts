import { displayUnits, type DisplayUnit } from '@archon-dse/core';
import { SHOWN_DIGITS } from '../../../units.js';

/** What the cells of a column show, and so what a filter on it may say. */
export type FilterColumn =
  | { readonly kind: 'text' }
  /** Exact numbers, such as options. */
  | { readonly kind: 'plain' }
  /** Numbers of four digits in one unit. */
  | { readonly kind: 'metric'; readonly units: readonly DisplayUnit[]; readonly unit: DisplayUnit };

type NumberColumn = Exclude<FilterColumn, { kind: 'text' }>;

/** A filter that was understood, or why it was not. An understood filter of numbers never passes an absent one (NaN). */
export type FilterReading =
  | { readonly kind: 'number'; readonly passes: (value: number) => boolean; readonly says: string }
  | { readonly kind: 'text'; readonly passes: (text: string) => boolean; readonly says: string }
  | { readonly kind: 'problem'; readonly message: string };

/** A number as typed: its value in the metric's own unit and the significant digits that were given. */
interface Typed {
  readonly value: number;
  readonly digits: number;
  /** The number with its unit, for echoing. */
  readonly says: string;
  /** The bare number in the unit the cells show, where that is another value. */
  readonly asShown?: number;
}

const NUMBER = String.raw`[-−+]?(?:\d{1,3}(?:,\d{3})+|\d+)?(?:\.\d+)?(?:e[+-]?\d+)?`;
const OPERAND = new RegExp(`^(${NUMBER})\\s*([^\\d\\s.,+−-].*)?$`, 'i');
const SIGN = /^(<=|>=|==|[<>=≤≥])\s*(.*)$/s;
const EQUAL = '=';
const SIGNS: Readonly<Record<string, string>> = { '<=': '≤', '>=': '≥', '==': EQUAL };
const COMPARISONS: Readonly<Record<string, (a: number, b: number) => boolean>> = {
  '<': (a, b) => a < b,
  '≤': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '≥': (a, b) => a >= b,
  [EQUAL]: (a, b) => a === b,
};

/**
 * Reads a filter as the cells of its column show their values: part of a text; a number; `<`, `<=`, `>`, `>=` or `=` and a number;
 * `a..b`, both ends included. Numbers may carry the units of the column's quantity (`486.6 uJ`, `1.2 mm2`, `90 %`) or, for counts, k, M, G or T.
 * Without one they are in the unit the cells show; counts are counts. Cells are compared as they are shown, or to the digits typed if more.
 */
export function readFilter(text: string, column: FilterColumn): FilterReading {
  const asked = text.trim();
  if (column.kind === 'text') return readText(asked);
  if (asked === '–' || asked === '-') {
    return { kind: 'number', passes: (value) => Number.isNaN(value), says: 'is absent' };
  }
  const [, written, rest = ''] = SIGN.exec(asked) ?? [];
  if (written !== undefined) return readComparison(SIGNS[written] ?? written, rest, column);
  const ends = asked.split('..');
  if (ends.length === 2) return readRange(ends[0] ?? '', ends[1] ?? '', column);
  return readEqual(asked, column);
}

function readComparison(sign: string, operand: string, column: NumberColumn): FilterReading {
  const typed = readNumber(operand, column);
  if ('message' in typed) return { kind: 'problem', message: typed.message };
  const compare = COMPARISONS[sign] ?? (() => false);
  return {
    kind: 'number',
    says: `${sign} ${typed.says}`,
    passes: (value) => compare(asShown(value, column, typed.digits), typed.value),
  };
}

/** A number by itself: the value, or for a count also the number that stands before the cell's multiplier. */
function readEqual(asked: string, column: NumberColumn): FilterReading {
  const typed = readNumber(asked, column);
  if ('message' in typed) return { kind: 'problem', message: typed.message };
  return {
    kind: 'number',
    says: `${EQUAL} ${typed.says}`,
    passes: (value) => {
      const shown = asShown(value, column, typed.digits);
      return shown === typed.value || shown === typed.asShown;
    },
  };
}

function readText(asked: string): FilterReading {
  const exact = /^=+\s*(\S.*)$/s.exec(asked)?.[1]?.toLowerCase();
  const part = asked.toLowerCase();
  if (/^[<>≤≥]/.test(asked))
    return { kind: 'problem', message: 'This column holds texts: write a part of one, or = and a whole one.' };
  return {
    kind: 'text',
    says: exact === undefined ? `contains “${asked}”` : `= “${exact}”`,
    passes: (text) => (exact === undefined ? text.toLowerCase().includes(part) : text.toLowerCase() === exact),
  };
}

function readRange(from: string, to: string, column: NumberColumn): FilterReading {
  const upper = readNumber(to, column);
  const unit = /[^\d\s.,+−-].*$/.exec(to.replace(/e[+-]?\d+/i, ''))?.[0] ?? '';
  const isBare = /^[-−+\d.,e\s]*$/i.test(from);
  const lower = readNumber(isBare ? `${from} ${unit}` : from, column);
  const bad = [lower, upper].find((end) => 'message' in end);
  if (bad !== undefined && 'message' in bad) return { kind: 'problem', message: bad.message };
  if ('message' in lower || 'message' in upper) return { kind: 'problem', message: '' };
  if (lower.value > upper.value) return { kind: 'problem', message: `${lower.says} is above ${upper.says}.` };
  const digits = Math.max(lower.digits, upper.digits);
  return {
    kind: 'number',
    says: `from ${lower.says} to ${upper.says}`,
    passes: (value) => {
      const shown = asShown(value, column, digits);
      return lower.value <= shown && shown <= upper.value;
    },
  };
}

/** A cell's value as its text says it; more digits where more were typed. */
function asShown(value: number, column: FilterColumn, typedDigits: number): number {
  return column.kind === 'metric'
    ? Number(value.toPrecision(Math.max(SHOWN_DIGITS, Math.min(15, typedDigits))))
    : value;
}

function readNumber(text: string, column: NumberColumn): Typed | { readonly message: string } {
  const asked = text.trim();
  const [, number = '', suffix = ''] = OPERAND.exec(asked) ?? [];
  const plain = number.replaceAll(',', '').replace('−', '-');
  const base = Number(plain);
  if (!/\d/.test(plain) || Number.isNaN(base)) return { message: `${quoted(asked)} is not a number${example(column)}` };
  const digits = plain
    .replace(/e.*$/i, '')
    .replace(/^[-+]?[0.]*/, '')
    .replace('.', '').length;
  const units = column.kind === 'metric' ? column.units : displayUnits('');
  const unit = suffix === '' ? defaultUnit(column) : units.find((one) => spellings(one).includes(spelling(suffix)));
  if (unit === undefined) {
    const known = units.map((one) => one.text).filter((name) => name !== '');
    return { message: `${quoted(suffix.trim())} is not a unit of this column: ${known.join(', ')}.` };
  }
  const scaled = (factor: number): number => Number((base * factor).toPrecision(15));
  const says = `${number} ${unit.text}`.trimEnd();
  const shown = column.kind === 'metric' && suffix === '' && unit.text === '' ? column.unit.factor : 1;
  return { value: scaled(unit.factor), digits, says, ...(shown === 1 ? {} : { asShown: scaled(shown) }) };
}

/** What a number without a unit is in: multipliers belong to a count, but a quantity has the unit its cells show. */
function defaultUnit(column: NumberColumn): DisplayUnit {
  const isCount = column.kind === 'plain' || column.units[0]?.text === '';
  return isCount ? { factor: 1, text: '' } : column.unit;
}

/** One spelling for `uJ`, `μJ` and `µj`, `mm2`, `mm^2` and `mm²`, `J*cycles`, `J cycles` and `J·cycles`. */
function spelling(unit: string): string {
  const plain = unit
    .trim()
    .replace(/^[uμ]/, 'µ')
    .replace(/\^?2$/, '²')
    .replace(/[\s*·]+/g, '·');
  return plain.replace(/^K$/, 'k').replace(/j(?=$|·)/, 'J');
}

function spellings({ text }: DisplayUnit): readonly string[] {
  return text.endsWith('·cycles') ? [text, text.replace('·cycles', '')] : [text];
}

function quoted(text: string): string {
  return text === '' ? 'Nothing' : `“${text}”`;
}

function example(column: FilterColumn): string {
  const unit = column.kind === 'metric' && column.unit.text !== '' ? ` ${column.unit.text}` : '';
  return `: write e.g. 12${unit}, < 12${unit} or 1..12${unit}.`;
}
