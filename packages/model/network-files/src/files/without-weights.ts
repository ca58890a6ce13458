import { closeSync, openSync, readSync } from 'node:fs';

/** Reads a part of a file: bytes from one offset to another. */
type ReadPart = (from: number, to: number) => Uint8Array;

/** Messages of the format that hold tensors, and which of their fields hold what. @source onnx.proto, IR version 9 */
const MESSAGES: Readonly<Record<string, Readonly<Record<number, string>>>> = {
  model: { 7: 'graph' },
  graph: { 1: 'node', 5: 'tensor' },
  node: { 5: 'attribute' },
  attribute: { 5: 'tensor' },
  tensor: { 4: 'values', 5: 'values', 7: 'values', 9: 'values', 10: 'values', 11: 'values' },
};

/** Values of a tensor that may be a shape are shorter than this. */
const LONGEST_KEPT = 64 * 1024;
const VARINT_BYTES = 10;
/** How a field is laid out. */
const WIRE = { varint: 0, fixed64: 1, bytes: 2, fixed32: 5 } as const;

/**
 * An ONNX file without the values of its weights, which are never read; nothing where the bytes are not laid out as such a file is.
 *
 * @param size - bytes of the file
 */
export function withoutWeights(read: ReadPart, size: number): Uint8Array | undefined {
  return new Skimmer(read).message('model', 0, size);
}

/** The same for a file. */
export function skimFile(path: string, size: number): Uint8Array | undefined {
  const file = openSync(path, 'r');
  try {
    return withoutWeights((from, to) => {
      const bytes = new Uint8Array(Math.min(to, size) - from);
      return bytes.subarray(0, readSync(file, bytes, 0, bytes.length, from));
    }, size);
  } finally {
    closeSync(file);
  }
}

class Skimmer {
  private readonly read: ReadPart;
  /** A window of the file, so that small fields are not read one by one. */
  private window: { readonly from: number; readonly bytes: Uint8Array } = { from: 0, bytes: new Uint8Array() };

  constructor(read: ReadPart) {
    this.read = read;
  }

  /** A message with those inside it made shorter. */
  message(kind: string, from: number, end: number): Uint8Array | undefined {
    const parts: Uint8Array[] = [];
    for (let at = from; at < end;) {
      const tag = this.varint(at);
      if (tag === undefined) return undefined;
      const [field, type] = [Math.floor(tag.value / 8), tag.value % 8];
      const body = this.extent(type, tag.end, end);
      if (body === undefined) return undefined;
      const inside = type === WIRE.bytes ? MESSAGES[kind]?.[field] : undefined;
      if (inside !== 'values' || body.to - body.from <= LONGEST_KEPT) {
        const kept =
          inside === undefined || inside === 'values'
            ? this.bytes(body.from, body.to)
            : this.message(inside, body.from, body.to);
        if (kept === undefined) return undefined;
        parts.push(this.bytes(at, tag.end), type === WIRE.bytes ? varintOf(kept.length) : new Uint8Array(), kept);
      }
      at = body.to;
    }
    return joined(parts);
  }

  /** Where the value of a field stands, without its length. */
  private extent(type: number, at: number, end: number): { readonly from: number; readonly to: number } | undefined {
    const number = type === WIRE.varint || type === WIRE.bytes ? this.varint(at) : undefined;
    const extents: Readonly<Record<number, readonly [from: number, to: number] | undefined>> = {
      [WIRE.varint]: number && [at, number.end],
      [WIRE.fixed64]: [at, at + 8],
      [WIRE.bytes]: number && [number.end, number.end + number.value],
      [WIRE.fixed32]: [at, at + 4],
    };
    const [from, to] = extents[type] ?? [0, Infinity];
    return to <= end ? { from, to } : undefined;
  }

  private varint(at: number): { readonly value: number; readonly end: number } | undefined {
    const bytes = this.bytes(at, at + VARINT_BYTES);
    let value = 0;
    for (const [index, byte] of bytes.entries()) {
      value += (byte & 0x7f) * 2 ** (7 * index);
      if (byte < 0x80) return { value, end: at + index + 1 };
    }
    return undefined;
  }

  private bytes(from: number, to: number): Uint8Array {
    const { window } = this;
    if (from >= window.from && to <= window.from + window.bytes.length) {
      return window.bytes.subarray(from - window.from, to - window.from);
    }
    this.window = { from, bytes: this.read(from, Math.max(to, from + LONGEST_KEPT)) };
    return this.window.bytes.subarray(0, to - from);
  }
}

function varintOf(value: number): Uint8Array {
  const bytes: number[] = [];
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) return Uint8Array.from([...bytes, rest]);
    bytes.push((rest % 128) + 128);
  }
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
