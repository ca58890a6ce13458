import { decodeTensor, decodeTensorHead, ELEMENT, type Plain } from '../onnx-format.js';
import type { OnnxTensor } from './graph.js';
import { brokenFile } from './refusal.js';

/** Most values of a tensor that can be a shape, or a factor of one. */
const MOST_VALUES = 4096;
const EXTERNAL = 1;

interface Layout {
  readonly bytes: number;
  readonly read: (view: DataView, at: number) => number;
  /** The member that holds values which are not raw bytes. */
  readonly member: string;
  /** What a number of that member stands for, where it is not the value. */
  readonly convert?: (stored: number) => number;
}

/** How values lie in a tensor; of other types none is needed. */
const LAYOUTS: Readonly<Record<number, Layout>> = {
  [ELEMENT.float]: { bytes: 4, member: 'floatData', read: (view, at) => view.getFloat32(at, true) },
  [ELEMENT.double]: { bytes: 8, member: 'doubleData', read: (view, at) => view.getFloat64(at, true) },
  [ELEMENT.int64]: { bytes: 8, member: 'int64Data', read: (view, at) => Number(view.getBigInt64(at, true)) },
  [ELEMENT.int32]: { bytes: 4, member: 'int32Data', read: (view, at) => view.getInt32(at, true) },
  [ELEMENT.uint8]: { bytes: 1, member: 'int32Data', read: (view, at) => view.getUint8(at) },
  [ELEMENT.int8]: { bytes: 1, member: 'int32Data', read: (view, at) => view.getInt8(at) },
  [ELEMENT.bool]: { bytes: 1, member: 'int32Data', read: (view, at) => view.getUint8(at) },
  [ELEMENT.float16]: {
    ...{ bytes: 2, member: 'int32Data', convert: halfOf },
    read: (view, at) => halfOf(view.getUint16(at, true)),
  },
};

/**
 * A tensor from its bytes. Values of weights are not read.
 *
 * @throws ArchonError ARCHON_ONNX_INVALID
 */
export function readTensor(bytes: unknown): { readonly name: string; readonly tensor: OnnxTensor } {
  if (!(bytes instanceof Uint8Array)) return brokenFile('a tensor is no message');
  const { name = '', dims = [], dataType = 0, dataLocation = 0 } = decodeTensorHead(bytes) as TensorHead;
  if (dims.some((size) => !Number.isSafeInteger(size) || size < 0))
    brokenFile(`tensor "${name}" has the dimensions [${dims.join(',')}]`);
  const count = dims.reduce((product, size) => product * size, 1);
  const layout = LAYOUTS[dataType];
  const head = { dims, elementType: dataType };
  if (layout === undefined || dataLocation === EXTERNAL || count > MOST_VALUES) return { name, tensor: head };
  const values = valuesOf(decodeTensor(bytes), layout, count);
  if (values === undefined) return { name, tensor: head };
  if (values.length !== count) brokenFile(`tensor "${name}" has ${values.length} values of ${count}`);
  return { name, tensor: { ...head, values } };
}

interface TensorHead {
  readonly name?: string;
  readonly dims?: readonly number[];
  readonly dataType?: number;
  readonly dataLocation?: number;
}

/** Nothing where the file was written without values. */
function valuesOf(tensor: Plain, { bytes, read, member, convert }: Layout, count: number): number[] | undefined {
  const raw = tensor['rawData'];
  if (raw instanceof Uint8Array && raw.length > 0) {
    const view = new DataView(raw.buffer, raw.byteOffset, raw.byteLength);
    if (raw.length !== count * bytes) return Array<number>(Math.floor(raw.length / bytes)).fill(0);
    return Array.from({ length: count }, (_, index) => read(view, index * bytes));
  }
  const stored = tensor[member] as readonly number[] | undefined;
  if (stored === undefined) return count === 0 ? [] : undefined;
  return convert === undefined ? [...stored] : stored.map(convert);
}

/** Value of the 16 bits of a half-precision float. @source IEEE 754-2019, binary16 */
function halfOf(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0x1f) return fraction === 0 ? sign * Infinity : Number.NaN;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}
