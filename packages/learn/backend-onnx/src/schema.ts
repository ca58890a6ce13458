import protobuf from 'protobufjs/light.js';

/** The part of the ONNX file format that graphs of this package use. @source onnx.proto, IR version 9 */
const ROOT = protobuf.Root.fromJSON({
  nested: {
    Model: message({
      irVersion: ['int64', 1],
      producer: ['string', 2],
      graph: ['Graph', 7],
      opsets: ['Opset', 8, true],
    }),
    Opset: message({ domain: ['string', 1], version: ['int64', 2] }),
    Graph: message({
      nodes: ['Node', 1, true],
      name: ['string', 2],
      initializers: ['Tensor', 5, true],
      inputs: ['ValueInfo', 11, true],
      outputs: ['ValueInfo', 12, true],
    }),
    Node: message({
      inputs: ['string', 1, true],
      outputs: ['string', 2, true],
      opType: ['string', 4],
      attributes: ['Attribute', 5, true],
      domain: ['string', 7],
    }),
    Attribute: message({
      name: ['string', 1],
      f: ['float', 2],
      i: ['int64', 3],
      s: ['bytes', 4],
      ints: ['int64', 8, true],
      type: ['int32', 20],
    }),
    Tensor: message({ dims: ['int64', 1, true], dataType: ['int32', 2], name: ['string', 8], rawData: ['bytes', 9] }),
    ValueInfo: message({ name: ['string', 1], type: ['Type', 2] }),
    Type: message({ tensor: ['TensorType', 1] }),
    TensorType: message({ elementType: ['int32', 1], shape: ['Shape', 2] }),
    Shape: message({ dimensions: ['Dimension', 1, true] }),
    Dimension: message({ value: ['int64', 1] }),
  },
});

type FieldRow = readonly [type: string, id: number, repeated?: true];

function message(fields: Readonly<Record<string, FieldRow>>): protobuf.INamespace {
  const rows = Object.entries(fields).map(([name, [type, id, repeated]]) => {
    return [name, { type, id, ...(repeated === true ? { rule: 'repeated' } : {}) }];
  });
  return { fields: Object.fromEntries(rows) } as protobuf.INamespace;
}

/** Element types of tensors, by number of the format. */
export const ELEMENT = { float: 1, int32: 6, int64: 7 } as const;

/** Kinds of attribute, by number of the format. */
export const ATTRIBUTE = { f: 1, i: 2, s: 3, ints: 7 } as const;

/** Bytes of an ONNX file. */
export function encodeModel(model: object): Uint8Array {
  const type = ROOT.lookupType('Model');
  return type.encode(type.fromObject(model)).finish();
}
