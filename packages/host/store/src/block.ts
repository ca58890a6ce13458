import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib';
import type { EvaluationRecord, LayerRecord } from '@archon-dse/core';
import { bodyOf, type RecordBody } from './record-parts.js';
import { isSame } from './same.js';
import { fromColumns, toColumns, type Columns } from './columns.js';

/** Measured: higher qualities take longer and save 2 %. */
const QUALITY = 5;

/** What a layer is beside what it came to. */
type Slot = readonly [name: string, block: string, role: string];
type LayerResult = Omit<LayerRecord, 'name' | 'block' | 'role'>;

/** The slots of a record, and which result each has. */
interface LayersOfRecord {
  readonly slots: readonly Slot[];
  readonly results: readonly number[];
}

/** Layers of records, each distinct result once. */
interface LayerColumns {
  readonly results: Columns;
  /** Of each record. */
  readonly layers: Columns;
}

/** A block as its line has it: both texts are JSON, compressed by brotli, in base64. */
export interface PackedBlock {
  readonly records: number;
  readonly bodies: string;
  readonly layers: string;
}

/** Collects records into a block. */
export class BlockBuilder {
  private readonly bodies: RecordBody[] = [];
  private readonly layers: LayersOfRecord[] = [];
  private readonly results: LayerResult[] = [];
  /** Places of results by one of their numbers, in which hardly two differ that differ at all. */
  private readonly places = new Map<number, number[]>();

  /** Distinct layer results so far. */
  get size(): number {
    return this.results.length;
  }

  add(record: EvaluationRecord): void {
    this.bodies.push(bodyOf(record));
    const slots: Slot[] = [];
    const results = record.layers.map(({ name, block, role, ...result }) => {
      slots.push([name, block, role]);
      return this.place(result);
    });
    this.layers.push({ slots, results });
  }

  private place(result: LayerResult): number {
    const alike = this.places.get(result.energyPj) ?? [];
    const known = alike.find((place) => isSame(this.results[place], result));
    if (known !== undefined) return known;
    const place = this.results.push(result) - 1;
    this.places.set(result.energyPj, [...alike, place]);
    return place;
  }

  pack(): PackedBlock {
    const layers: LayerColumns = { results: toColumns(this.results), layers: toColumns(this.layers) };
    return { records: this.bodies.length, bodies: packed(toColumns(this.bodies)), layers: packed(layers) };
  }
}

/** The bodies of a block, by the row of the record, and how many characters they take. */
export function unpackBodies({ bodies }: PackedBlock): Unpacked<RecordBody> {
  const text = unpacked(bodies);
  return { of: fromColumns<RecordBody>(JSON.parse(text) as Columns), chars: text.length };
}

/** The layers likewise. */
export function unpackLayers({ layers }: PackedBlock): Unpacked<readonly LayerRecord[]> {
  const text = unpacked(layers);
  const columns = JSON.parse(text) as LayerColumns;
  const resultOf = fromColumns<LayerResult>(columns.results);
  const rowOf = fromColumns<LayersOfRecord>(columns.layers);
  const of = (row: number): readonly LayerRecord[] => {
    const { slots, results } = rowOf(row);
    return slots.map(([name, block, role], index) => ({ name, block, role, ...resultOf(results[index] ?? -1) }));
  };
  return { of, chars: text.length };
}

export interface Unpacked<T> {
  readonly of: (row: number) => T;
  readonly chars: number;
}

function packed(value: object): string {
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: QUALITY,
    [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
  };
  return brotliCompressSync(JSON.stringify(value), { params }).toString('base64');
}

function unpacked(text: string): string {
  return brotliDecompressSync(Buffer.from(text, 'base64')).toString();
}
