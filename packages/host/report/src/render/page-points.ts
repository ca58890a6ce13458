import { STATES, type PointTable } from '../points/point-table.js';
import type { PointState, ReportModel } from '../report-model.js';
import { packCodes, packNumbers, readCodes, readNumbers, type PackedCodes, type PackedNumbers } from './columns.js';
import { toBase64, fromBase64 } from './bytes.js';

/** A failure in the page. */
interface PageError {
  readonly message: string;
  readonly code: string;
  readonly hint?: string;
}

interface PackedValues<T> {
  readonly values: readonly T[];
  readonly codes: PackedCodes;
}

/** What the page has of every point, column by column. */
export interface PagePoints {
  readonly ids: readonly string[] | { readonly hexDigits: number; readonly data: string };
  /** Beside each column of options; places of its values. */
  readonly options: readonly PackedCodes[];
  readonly groups: PackedValues<string>;
  readonly states: PackedValues<PointState>;
  /** 0 without a rank. */
  readonly ranks: PackedNumbers;
  readonly refines: Readonly<Record<string, string>>;
  readonly reasons: PackedValues<string>;
  readonly errors: PackedValues<PageError>;
  /** Beside `summary.metrics`. */
  readonly metrics: readonly PackedNumbers[];
  /** Exact values of points on a front, in their order, where `metrics` has seven digits. */
  readonly exact: readonly (readonly (number | null)[] | null)[];
  /** Indices into `summary.provenance.budgets`. */
  readonly budgets: PackedValues<readonly number[]>;
  /** Indices into `summary.provenance.notCosted`. */
  readonly notCosted: PackedCodes;
}

/** Packs what every point has. */
export function packPoints(
  { metrics: names, table }: ReportModel,
  indices: {
    readonly budgets: (codes: PointTable['budgets']) => PackedValues<readonly number[]>;
    readonly notCosted: Int32Array;
  },
): PagePoints {
  const metrics = names.map((name) => table.metrics.get(name) ?? new Float64Array(table.ids.length).fill(NaN));
  const packed = metrics.map(packNumbers);
  return {
    ids: packIds(table.ids),
    options: table.options.codes.map(packCodes),
    groups: { values: table.groups.values, codes: packCodes(table.groups.codes) },
    states: { values: STATES, codes: packCodes(Int32Array.from(table.states)) },
    ranks: packNumbers(Float64Array.from(table.ranks)),
    refines: Object.fromEntries(table.refines),
    reasons: { values: table.reasons.values, codes: packCodes(table.reasons.codes) },
    errors: {
      values: table.errors.values.map(({ message, code, hint }) => ({ message, code, ...(hint && { hint }) })),
      codes: packCodes(table.errors.codes),
    },
    metrics: packed,
    exact: packed.map((one, i) => ('values' in one ? null : exactOf(metrics[i] ?? new Float64Array(), table))),
    budgets: indices.budgets(table.budgets),
    notCosted: packCodes(indices.notCosted),
  };
}

function exactOf(numbers: Float64Array, { ranks }: PointTable): readonly (number | null)[] {
  return [...numbers].flatMap((number, at) => (ranks[at] === 1 ? [Number.isFinite(number) ? number : null] : []));
}

const HEX = /^[0-9a-f]+$/;

/** Ids are digests as a rule: half as long as bytes. */
function packIds(ids: readonly string[]): PagePoints['ids'] {
  const hexDigits = ids[0]?.length ?? 0;
  if (hexDigits % 2 === 1 || !ids.every((id) => id.length === hexDigits && HEX.test(id))) return ids;
  const bytes = new Uint8Array((ids.length * hexDigits) / 2);
  let to = 0;
  for (const id of ids) for (let at = 0; at < hexDigits; at += 2) bytes[to++] = parseInt(id.slice(at, at + 2), 16);
  return { hexDigits, data: toBase64(bytes) };
}

/** Ids of points, made when they are asked for. */
interface PointIds {
  readonly count: number;
  readonly at: (place: number) => string;
}

const HEX_OF_BYTE = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

function readIds(ids: PagePoints['ids']): PointIds {
  if (!('data' in ids)) return { count: ids.length, at: (place) => ids[place] ?? '' };
  const bytes = fromBase64(ids.data);
  const length = ids.hexDigits / 2;
  const at = (place: number): string =>
    Array.from(bytes.subarray(place * length, (place + 1) * length), (byte) => HEX_OF_BYTE[byte]).join('');
  return { count: length === 0 ? 0 : bytes.length / length, at };
}

/** The columns of a page's points, unpacked. */
export interface PointColumns {
  readonly ids: PointIds;
  readonly options: readonly Int32Array[];
  readonly groups: Columns<string>;
  readonly states: Columns<PointState>;
  readonly ranks: Float64Array;
  readonly refines: ReadonlyMap<string, string>;
  readonly reasons: Columns<string>;
  readonly errors: Columns<PageError>;
  readonly metrics: readonly Float64Array[];
  readonly budgets: Columns<readonly number[]>;
  readonly notCosted: Int32Array;
}

interface Columns<T> {
  readonly values: readonly T[];
  readonly codes: Int32Array;
}

export function readPoints(points: PagePoints): PointColumns {
  const coded = <T>({ values, codes }: PackedValues<T>): Columns<T> => ({ values, codes: readCodes(codes) });
  const ranks = readNumbers(points.ranks);
  return {
    ids: readIds(points.ids),
    options: points.options.map(readCodes),
    groups: coded(points.groups),
    states: coded(points.states),
    ranks,
    refines: new Map(Object.entries(points.refines)),
    reasons: coded(points.reasons),
    errors: coded(points.errors),
    metrics: points.metrics.map((packed, i) => withExact(readNumbers(packed), points.exact[i] ?? null, ranks)),
    budgets: coded(points.budgets),
    notCosted: readCodes(points.notCosted),
  };
}

function withExact(numbers: Float64Array, exact: readonly (number | null)[] | null, ranks: Float64Array): Float64Array {
  let next = 0;
  if (exact !== null) for (const [at, rank] of ranks.entries()) if (rank === 1) numbers[at] = exact[next++] ?? NaN;
  return numbers;
}
