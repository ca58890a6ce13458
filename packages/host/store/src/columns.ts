import type { JsonValue } from '@archon-dse/core';

/** The members of an object in their order, by name, those that are objects again with their own; null for a value kept as it is. */
type Shape = null | readonly Member[];
type Member = string | readonly [name: string, shape: Shape];

/** One member of many values: one value where all are equal, or each, or the distinct ones and which of them each is. */
type Column = readonly JsonValue[] | { readonly of: readonly JsonValue[]; readonly at: readonly number[] };

/** Values by their shape, and which shape each value has. Plain data. */
export interface Columns {
  readonly count: number;
  readonly shapes: readonly { readonly shape: Shape; readonly columns: readonly Column[] }[];
  readonly order: Column;
}

/** Something that JSON can carry; members that are undefined are left out, as JSON leaves them out. */
type Plain = JsonValue | object;

/** Values as columns: equal and similar members stand together, which compresses far better than one value behind the other. */
export function toColumns(values: readonly Plain[]): Columns {
  const shapes = new Map<string, { readonly index: number; readonly shape: Shape; readonly leaves: JsonValue[][] }>();
  let last: Shape | undefined;
  let key = '';
  const order = values.map((value) => {
    let leaves: JsonValue[] = [];
    if (last === undefined || !hasShape(value, last, leaves)) {
      leaves = [];
      last = shapeOf(value, leaves);
      key = JSON.stringify(last);
    }
    const known = shapes.get(key) ?? { index: shapes.size, shape: last, leaves: leaves.map(() => []) };
    shapes.set(key, known);
    for (const [index, leaf] of leaves.entries()) known.leaves[index]?.push(leaf);
    return known.index;
  });
  return {
    count: values.length,
    shapes: [...shapes.values()].map(({ shape, leaves }) => ({ shape, columns: leaves.map(toColumn) })),
    order: toColumn(order),
  };
}

function shapeOf(value: Plain, leaves: JsonValue[]): Shape {
  const members: Member[] = [];
  if (isMap(value)) {
    for (const name of Object.keys(value)) {
      const member = (value as Readonly<Record<string, Plain | undefined>>)[name];
      if (member === undefined) continue;
      const shape = shapeOf(member, leaves);
      members.push(shape === null ? name : [name, shape]);
    }
  }
  if (members.length > 0) return members;
  leaves.push(value as JsonValue);
  return null;
}

/** Whether a value has a shape, as most have that of the one before: sooner known than found. @param leaves - gets those of the value */
function hasShape(value: Plain, shape: Shape, leaves: JsonValue[]): boolean {
  if (shape === null) {
    if (!isLeaf(value)) return false;
    leaves.push(value as JsonValue);
    return true;
  }
  if (!isMap(value)) return false;
  let next = 0;
  for (const name of Object.keys(value)) {
    const member = (value as Readonly<Record<string, Plain | undefined>>)[name];
    if (member === undefined) continue;
    const expected = shape[next++];
    const isString = typeof expected === 'string';
    if (expected === undefined || (isString ? expected : expected[0]) !== name) return false;
    if (!hasShape(member, isString ? null : expected[1], leaves)) return false;
  }
  return next === shape.length;
}

/** Not for what has members. */
function isLeaf(value: Plain): boolean {
  return !isMap(value) || Object.values(value).every((member) => member === undefined);
}

function isMap(value: Plain): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function toColumn(values: readonly JsonValue[]): Column {
  if (values.every((value) => typeof value === 'number')) {
    return values.every((value) => value === values[0]) ? values.slice(0, 1) : values;
  }
  const places = new Map<JsonValue, number>();
  const lists = new Map<string, number>();
  const of: JsonValue[] = [];
  const placeIn = <K>(among: Map<K, number>, key: K, value: JsonValue): number => {
    const known = among.get(key);
    if (known !== undefined) return known;
    among.set(key, of.length);
    return of.push(value) - 1;
  };
  const at = values.map((value) =>
    typeof value === 'object' && value !== null
      ? placeIn(lists, JSON.stringify(value), value)
      : placeIn(places, value, value),
  );
  if (of.length === 1) return of;
  return of.length <= values.length / 2 ? { of, at } : values;
}

/** Gives back the values of columns, each by its index. Values of one member that is no number may be the same object. */
export function fromColumns<T>({ count, shapes, order }: Columns): (index: number) => T {
  const rows = shapes.map(() => 0);
  const places: number[] = [];
  return (index) => {
    if (!(index >= 0 && index < count)) throw new RangeError(`there is no value ${String(index)}`);
    while (places.length <= index) {
      const shape = valueAt(order, places.length) as number;
      places.push(rows[shape] ?? 0);
      rows[shape] = (rows[shape] ?? 0) + 1;
    }
    const { shape = null, columns = [] } = shapes[valueAt(order, index) as number] ?? {};
    return build(shape, { columns, next: 0, row: places[index] ?? 0 }) as T;
  };
}

/** The leaves of a value in their order. */
interface Leaves {
  readonly columns: readonly Column[];
  next: number;
  readonly row: number;
}

function build(shape: Shape, leaves: Leaves): JsonValue {
  if (shape === null) return valueAt(leaves.columns[leaves.next++] ?? [], leaves.row);
  const members: Record<string, JsonValue> = {};
  for (const member of shape) {
    const isLeaf = typeof member === 'string';
    const value = build(isLeaf ? null : member[1], leaves);
    setMember(members, isLeaf ? member : member[0], value);
  }
  return members;
}

/** As JSON.parse does, also for the one name that an assignment takes for something else. */
function setMember(members: Record<string, JsonValue>, name: string, value: JsonValue): void {
  if (name !== '__proto__') members[name] = value;
  else Object.defineProperty(members, name, { value, enumerable: true, configurable: true, writable: true });
}

function valueAt(column: Column, row: number): JsonValue {
  const value = 'of' in column ? column.of[column.at[row] ?? -1] : column[column.length === 1 ? 0 : row];
  if (value === undefined) throw new RangeError('a value is missing');
  return value;
}
