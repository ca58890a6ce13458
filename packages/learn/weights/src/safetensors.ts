import type { NamedTensors, TensorValue } from '@archon-dse/tensor';
import { findDuplicateKey } from './unique-keys.js';

/** Tensors with texts about them, as a file holds them. */
export interface TensorFile {
  readonly tensors: NamedTensors;
  readonly metadata: Readonly<Record<string, string>>;
}

interface Entry {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly data_offsets: readonly [begin: number, end: number];
}

const LENGTH_BYTES = 8;
const FLOAT_BYTES = 4;
const METADATA = '__metadata__';

/**
 * A file in the safetensors format: header length as 64-bit little-endian number, JSON header, little-endian float32 values.
 *
 * @source format description of the safetensors project, https://huggingface.co/docs/safetensors
 */
export function encodeTensors({ tensors, metadata }: TensorFile): Buffer {
  const header: Record<string, Entry | TensorFile['metadata']> = { [METADATA]: metadata };
  let end = 0;
  for (const [name, { shape, data }] of Object.entries(tensors)) {
    const begin = end;
    end += data.byteLength;
    header[name] = { dtype: 'F32', shape, data_offsets: [begin, end] };
  }
  const json = JSON.stringify(header);
  const bytes = Buffer.byteLength(json);
  const padded = Math.ceil(bytes / LENGTH_BYTES) * LENGTH_BYTES;
  const length = Buffer.alloc(LENGTH_BYTES);
  length.writeBigUInt64LE(BigInt(padded));
  const values = Object.values(tensors).map(({ data }) => Buffer.from(data.buffer, data.byteOffset, data.byteLength));
  return Buffer.concat([length, Buffer.from(json), Buffer.alloc(padded - bytes, ' '), ...values]);
}

/** As the format has it. */
const LONGEST_HEADER = 100_000_000;

/**
 * Reads what {@link encodeTensors} wrote, or any safetensors file of float32 tensors. As the format demands, keys are unique and tensors
 * fill the file: without overlaps, holes or bytes behind the last one.
 *
 * @throws RangeError, TypeError or SyntaxError when the bytes are no such file, naming the tensor that is wrong
 */
export function decodeTensors(file: Uint8Array): TensorFile {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength);
  if (bytes.length < LENGTH_BYTES) throw new RangeError(`${String(bytes.length)} bytes are too few`);
  const length = Number(bytes.readBigUInt64LE());
  const start = LENGTH_BYTES + length;
  if (start > bytes.length) throw new RangeError('the header is cut off');
  if (length > LONGEST_HEADER) throw new RangeError(`the header has ${String(length)} bytes`);
  const { [METADATA]: metadata = {}, ...entries } = readHeader(bytes.subarray(LENGTH_BYTES, start));
  const values = bytes.subarray(start);
  const tensors = Object.entries(entries).map(([name, entry]) => ({ name, entry: checkEntry(name, entry) }));
  checkLayout(tensors, values.length);
  return {
    tensors: Object.fromEntries(tensors.map(({ name, entry }) => [name, readTensor(entry, values)])),
    metadata: checkMetadata(metadata),
  };
}

function readHeader(bytes: Uint8Array): Record<string, unknown> {
  const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  const header: unknown = JSON.parse(text);
  if (!isObject(header)) throw new TypeError('the header is no JSON object');
  const twice = findDuplicateKey(text);
  if (twice !== undefined) throw new RangeError(`"${twice}" stands twice in the header`);
  return header;
}

function checkMetadata(metadata: unknown): TensorFile['metadata'] {
  const isSound = isObject(metadata) && Object.values(metadata).every((value) => typeof value === 'string');
  if (!isSound) throw new TypeError(`${METADATA} holds something else than texts`);
  return metadata as TensorFile['metadata'];
}

function checkEntry(name: string, entry: unknown): Entry {
  if (!isObject(entry)) throw new TypeError(`tensor "${name}" is described by ${JSON.stringify(entry)}`);
  const { dtype, shape, data_offsets: offsets } = entry;
  if (!isCounts(shape) || !isCounts(offsets) || offsets.length !== 2) {
    throw new RangeError(`tensor "${name}" has the shape ${JSON.stringify(shape)} at ${JSON.stringify(offsets)}`);
  }
  const [begin = 0, end = 0] = offsets;
  const size = shape.reduce((product, extent) => product * extent, FLOAT_BYTES);
  if (dtype !== 'F32' || end - begin !== size) {
    throw new RangeError(
      `tensor "${name}" is ${JSON.stringify(dtype)} [${shape.join(',')}] at bytes ${String(begin)}..${String(end)}`,
    );
  }
  return { dtype, shape, data_offsets: [begin, end] };
}

/** Refuses overlaps and holes, at the tensor behind them. */
function checkLayout(tensors: readonly { readonly name: string; readonly entry: Entry }[], length: number): void {
  let at = 0;
  for (const { name, entry } of [...tensors].sort((a, b) => firstOf(a) - firstOf(b) || lastOf(a) - lastOf(b))) {
    const [begin, end] = entry.data_offsets;
    if (begin !== at) {
      const problem = begin < at ? 'inside the one before it' : 'behind bytes that belong to none';
      throw new RangeError(`tensor "${name}" begins at byte ${String(begin)}, ${problem}`);
    }
    if (end > length) throw new RangeError(`tensor "${name}" ends at byte ${String(end)} of ${String(length)}`);
    at = end;
  }
  if (at < length) throw new RangeError(`${String(length - at)} bytes behind the last tensor belong to none`);
}

const firstOf = ({ entry }: { readonly entry: Entry }): number => entry.data_offsets[0];
const lastOf = ({ entry }: { readonly entry: Entry }): number => entry.data_offsets[1];

function readTensor({ shape, data_offsets: [begin, end] }: Entry, values: Buffer): TensorValue {
  const copy = new Uint8Array(values.subarray(begin, end));
  return { shape, data: new Float32Array(copy.buffer) };
}

/** Whole numbers from 0 that JavaScript holds exactly. */
function isCounts(value: unknown): value is readonly number[] {
  return Array.isArray(value) && value.every((count) => Number.isSafeInteger(count) && count >= 0);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
