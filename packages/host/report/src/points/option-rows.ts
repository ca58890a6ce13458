import type { JsonValue } from '@archon-dse/core';
import { columnsOf, compareText, compareValues } from '../option-columns.js';
import type { OptionColumn } from '../report-model.js';
import { GrowingCodes, type Coded } from './coded.js';

/** Options of all points as columns. */
export interface OptionTable {
  readonly columns: readonly OptionColumn[];
  /** Beside each column, which of its values each point has. */
  readonly codes: readonly Int32Array[];
}

/** Options of points that come one after the other. */
export class OptionRows {
  readonly #columns = new Map<string, GrowingCodes<JsonValue>>();

  set(row: number, options: Readonly<Record<string, JsonValue>>): void {
    for (const [key, value] of Object.entries(options)) {
      let column = this.#columns.get(key);
      if (column === undefined) this.#columns.set(key, (column = new GrowingCodes()));
      column.set(row, value);
    }
  }

  /**
   * The columns of so many points, and their order: by their values, column by column, then by id.
   *
   * @param ids - one a point, in the order in which the options were set
   */
  finish(ids: readonly string[]): OptionTable & { readonly order: Uint32Array } {
    const asSet = new Uint32Array(ids.length).map((_, row) => row);
    const coded = new Map([...this.#columns].map(([key, column]) => [key, sorted(column.inOrder(asSet))]));
    const columns = columnsOf(coded);
    const order = orderOf(columns, coded, ids, asSet);
    const codesOf = ({ key }: OptionColumn): Int32Array => coded.get(key)?.codes ?? new Int32Array();
    return { columns, order, codes: columns.map((column) => inOrder(codesOf(column), order)) };
  }
}

/** The same column with its values in ascending order. */
function sorted({ values, codes }: Coded<JsonValue>): Coded<JsonValue> {
  const order = values.map((_, code) => code);
  order.sort((a, b) => compareValues(values[a] ?? null, values[b] ?? null));
  const placeOf = new Int32Array(values.length);
  for (const [place, code] of order.entries()) placeOf[code] = place;
  return {
    values: order.map((code) => values[code] ?? null),
    codes: codes.map((code) => placeOf[code] ?? -1),
  };
}

function orderOf(
  columns: readonly OptionColumn[],
  coded: ReadonlyMap<string, Coded<JsonValue>>,
  ids: readonly string[],
  asSet: Uint32Array,
): Uint32Array {
  const places = columns.flatMap(({ key }) => {
    const column = coded.get(key);
    return column === undefined || isConstant(column) ? [] : [placesOf(column)];
  });
  return asSet.slice().sort((a, b) => {
    for (const column of places) {
      const order = (column[a] ?? 0) - (column[b] ?? 0);
      if (order !== 0) return order;
    }
    return compareText(ids[a] ?? '', ids[b] ?? '');
  });
}

function isConstant({ values, codes }: Coded<JsonValue>): boolean {
  return values.length === 1 && !codes.includes(-1);
}

/** Of each row where its value stands among all; values that compare as equal share a place, and none stands where null would. */
function placesOf({ values, codes }: Coded<JsonValue>): Int32Array {
  const all = [...values.map((value, code) => ({ value, code })), { value: null, code: -1 }];
  all.sort((a, b) => compareValues(a.value, b.value));
  const places = new Map<number, number>();
  let place = 0;
  for (const [i, { value, code }] of all.entries()) {
    if (i > 0 && compareValues(all[i - 1]?.value ?? null, value) !== 0) place++;
    places.set(code, place);
  }
  return codes.map((code) => places.get(code) ?? 0);
}

function inOrder(codes: Int32Array, order: Uint32Array): Int32Array {
  return Int32Array.from(order, (row) => codes[row] ?? -1);
}
