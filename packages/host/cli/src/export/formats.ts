import { csvLine } from '@archon-dse/report';
import { ByteWriter, ParquetWriter, type SchemaElement } from 'hyparquet-writer';
import type { Cell, ExportColumn, ExportTable } from './export-table.js';

/** Rows that are held at once. */
const ROWS = 1000;
/** Rows of a row group: as many as compress well. */
const GROUP_ROWS = 20_000;

/** CSV with a header, in parts. */
export function* csvParts({ columns, rows }: ExportTable): Generator<string> {
  yield csvLine(columns.map(({ name }) => name));
  for (const some of inGroups(rows(), ROWS)) {
    yield some.map((row) => csvLine(row.map((cell) => (typeof cell === 'boolean' ? String(cell) : cell)))).join('');
  }
}

/** Values one a line, in parts. */
export function* jsonLines(values: Iterable<unknown>): Generator<string> {
  for (const some of inGroups(values, ROWS)) yield some.map((value) => `${JSON.stringify(value)}\n`).join('');
}

/** Values as one array, in parts. */
export function* jsonArray(values: Iterable<unknown>): Generator<string> {
  let before = '[\n';
  for (const some of inGroups(values, ROWS)) {
    yield before + some.map((value) => JSON.stringify(value)).join(',\n');
    before = ',\n';
  }
  yield before === '[\n' ? '[]\n' : '\n]\n';
}

/** Rows as objects; cells without a value are left out. */
export function* rowObjects({ columns, rows }: ExportTable): Generator<Readonly<Record<string, Cell>>> {
  for (const row of rows()) {
    const entries = columns.map(({ name }, i): [string, Cell] => [name, row[i]]);
    yield Object.fromEntries(entries.filter(([, cell]) => cell !== undefined));
  }
}

const PARQUET_TYPES: Readonly<Record<ExportColumn['type'], Pick<SchemaElement, 'type' | 'converted_type'>>> = {
  number: { type: 'DOUBLE' },
  boolean: { type: 'BOOLEAN' },
  string: { type: 'BYTE_ARRAY', converted_type: 'UTF8' },
};

/** A Parquet file, in parts: typed columns, compressed with Snappy, a row group at a time. */
export function* parquetParts({ columns, rows }: ExportTable): Generator<Uint8Array> {
  const bytes = new ByteWriter();
  const schema: SchemaElement[] = [
    { name: 'root', num_children: columns.length },
    ...columns.map(({ name, type }): SchemaElement => ({ name, repetition_type: 'OPTIONAL', ...PARQUET_TYPES[type] })),
  ];
  const writer = new ParquetWriter({ writer: bytes, schema });
  const taken = (): Uint8Array => {
    const part = bytes.getBytes().slice();
    bytes.index = 0; // what is written from now on begins the next part; offsets count on
    return part;
  };
  for (const some of inGroups(rows(), GROUP_ROWS)) {
    void writer.write({
      columnData: columns.map(({ name }, i) => ({ name, data: some.map((row) => row[i] ?? null) })),
      rowGroupSize: GROUP_ROWS,
    });
    yield taken();
  }
  void writer.finish();
  yield taken();
}

function* inGroups<T>(values: Iterable<T>, size: number): Generator<readonly T[]> {
  let group: T[] = [];
  for (const value of values) {
    if (group.push(value) < size) continue;
    yield group;
    group = [];
  }
  if (group.length > 0) yield group;
}
