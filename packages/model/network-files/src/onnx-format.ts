import protobuf from 'protobufjs/light.js';

type FieldRow = readonly [type: string, id: number, repeated?: true];
type Fields = Readonly<Record<string, FieldRow>>;

/** The part of the ONNX file format that graphs of this repository use. @source onnx.proto, IR version 9 */
const MESSAGES: Readonly<Record<string, Fields>> = {
  Model: {
    irVersion: ['int64', 1],
    producer: ['string', 2],
    graph: ['Graph', 7],
    opsets: ['Opset', 8, true],
  },
  Opset: { domain: ['string', 1], version: ['int64', 2] },
  Graph: {
    nodes: ['Node', 1, true],
    name: ['string', 2],
    initializers: ['Tensor', 5, true],
    inputs: ['ValueInfo', 11, true],
    outputs: ['ValueInfo', 12, true],
  },
  Node: {
    inputs: ['string', 1, true],
    outputs: ['string', 2, true],
    name: ['string', 3],
    opType: ['string', 4],
    attributes: ['Attribute', 5, true],
    domain: ['string', 7],
  },
  Attribute: {
    name: ['string', 1],
    f: ['float', 2],
    i: ['int64', 3],
    s: ['bytes', 4],
    t: ['Tensor', 5],
    floats: ['float', 7, true],
    ints: ['int64', 8, true],
    type: ['int32', 20],
  },
  Tensor: {
    dims: ['int64', 1, true],
    dataType: ['int32', 2],
    floatData: ['float', 4, true],
    int32Data: ['int32', 5, true],
    int64Data: ['int64', 7, true],
    name: ['string', 8],
    rawData: ['bytes', 9],
    doubleData: ['double', 10, true],
    externalData: ['Entry', 13, true],
    dataLocation: ['int32', 14],
  },
  Entry: { key: ['string', 1], value: ['string', 2] },
  ValueInfo: { name: ['string', 1], type: ['Type', 2] },
  Type: { tensor: ['TensorType', 1] },
  TensorType: { elementType: ['int32', 1], shape: ['Shape', 2] },
  Shape: { dimensions: ['Dimension', 1, true] },
  Dimension: { value: ['int64', 1], parameter: ['string', 2] },
};

/** Tensors as the bytes they are in the file, so that no weight is read, and as what stands before their values. */
const UNREAD: Readonly<Record<string, Fields>> = {
  ...MESSAGES,
  Graph: { ...MESSAGES['Graph'], initializers: ['bytes', 5, true] },
  Attribute: { ...MESSAGES['Attribute'], t: ['bytes', 5] },
  TensorHead: { dims: ['int64', 1, true], dataType: ['int32', 2], name: ['string', 8], dataLocation: ['int32', 14] },
};

const WHOLE_ROOT = rootOf(MESSAGES);
const UNREAD_ROOT = rootOf(UNREAD);

function rootOf(messages: Readonly<Record<string, Fields>>): protobuf.Root {
  const nested = Object.entries(messages).map(([name, fields]) => [name, message(fields)]);
  return protobuf.Root.fromJSON({ nested: Object.fromEntries(nested) as Record<string, protobuf.INamespace> });
}

function message(fields: Fields): protobuf.INamespace {
  const rows = Object.entries(fields).map(([name, [type, id, repeated]]) => {
    return [name, { type, id, ...(repeated === true ? { rule: 'repeated' } : {}) }];
  });
  return { fields: Object.fromEntries(rows) } as protobuf.INamespace;
}

/** Element types of tensors, by number of the format. */
export const ELEMENT = { float: 1, uint8: 2, int8: 3, int32: 6, int64: 7, bool: 9, float16: 10, double: 11 } as const;

/** Kinds of attribute, by number of the format. */
export const ATTRIBUTE = { f: 1, i: 2, s: 3, t: 4, floats: 6, ints: 7 } as const;

/** Bytes of an ONNX file. */
export function encodeModel(model: object): Uint8Array {
  const type = WHOLE_ROOT.lookupType('Model');
  return type.encode(type.fromObject(model)).finish();
}

/** A message as plain data: whole numbers as numbers, what is not in the file left out. */
export type Plain = Readonly<Record<string, unknown>>;

/**
 * An ONNX file with each tensor still as bytes, which are views of those given.
 *
 * @throws Error of the decoder where the bytes are no such file
 */
export function decodeModel(bytes: Uint8Array): Plain {
  return decode(UNREAD_ROOT, 'Model', bytes);
}

/** What a tensor says before its values. @throws Error of the decoder */
export function decodeTensorHead(bytes: Uint8Array): Plain {
  return decode(UNREAD_ROOT, 'TensorHead', bytes);
}

/** A tensor with its values. @throws Error of the decoder */
export function decodeTensor(bytes: Uint8Array): Plain {
  return decode(WHOLE_ROOT, 'Tensor', bytes);
}

function decode(root: protobuf.Root, name: string, bytes: Uint8Array): Plain {
  const type = root.lookupType(name);
  return type.toObject(type.decode(bytes), { longs: Number });
}
