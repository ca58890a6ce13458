import type { NamedTensors, TensorValue } from '@archon-dse/tensor';

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

/**
 * Reads what {@link encodeTensors} wrote, or any safetensors file of float32 tensors.
 *
 * @throws RangeError or SyntaxError when the bytes are no such file
 */
export function decodeTensors(file: Uint8Array): TensorFile {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength);
  if (bytes.length < LENGTH_BYTES) throw new RangeError(`${String(bytes.length)} bytes are too few`);
  const start = LENGTH_BYTES + Number(bytes.readBigUInt64LE());
  if (start > bytes.length) throw new RangeError('the header is cut off');
  const header = JSON.parse(bytes.toString('utf8', LENGTH_BYTES, start)) as Record<string, Entry>;
  const { [METADATA]: metadata, ...entries } = header as Record<string, unknown>;
  const tensors = Object.entries(entries as Record<string, Entry>).map(([name, entry]) => [
    name,
    readTensor(name, entry, bytes.subarray(start)),
  ]);
  return {
    tensors: Object.fromEntries(tensors) as NamedTensors,
    metadata: (metadata ?? {}) as TensorFile['metadata'],
  };
}

function readTensor(name: string, { dtype, shape, data_offsets: [begin, end] }: Entry, values: Buffer): TensorValue {
  const size = shape.reduce((product, extent) => product * extent, FLOAT_BYTES);
  if (dtype !== 'F32' || end - begin !== size || begin < 0 || end > values.length) {
    throw new RangeError(`tensor "${name}" is ${dtype} [${shape.join(',')}] at bytes ${String(begin)}..${String(end)}`);
  }
  const copy = new Uint8Array(values.subarray(begin, end));
  return { shape, data: new Float32Array(copy.buffer) };
}
