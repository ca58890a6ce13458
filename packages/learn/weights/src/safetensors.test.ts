import { describe, expect, it } from 'vitest';
import { decodeTensors, encodeTensors } from './safetensors.js';

const file = {
  tensors: {
    'a/kernel': { shape: [2, 1], data: Float32Array.of(1.5, -0.25) },
    b: { shape: [], data: Float32Array.of(3) },
  },
  metadata: { note: 'ä' },
};

it('writes the documented bytes', () => {
  const bytes = encodeTensors(file);
  const header = Number(bytes.readBigUInt64LE());
  expect(header % 8).toBe(0);
  expect(JSON.parse(bytes.toString('utf8', 8, 8 + header))).toEqual({
    __metadata__: { note: 'ä' },
    'a/kernel': { dtype: 'F32', shape: [2, 1], data_offsets: [0, 8] },
    b: { dtype: 'F32', shape: [], data_offsets: [8, 12] },
  });
  expect([0, 4, 8].map((at) => bytes.readFloatLE(8 + header + at))).toEqual([1.5, -0.25, 3]);
  expect(bytes.length).toBe(8 + header + 12);
});

it('reads what it wrote, also at an odd place in memory', () => {
  const bytes = encodeTensors(file);
  const shifted = Buffer.concat([Buffer.of(0), bytes]).subarray(1);
  expect(decodeTensors(shifted)).toEqual(file);
});

it('refuses files that are cut off or hold other types', () => {
  const bytes = encodeTensors(file);
  expect(() => decodeTensors(bytes.subarray(0, 5))).toThrow('too few');
  expect(() => decodeTensors(bytes.subarray(0, 40))).toThrow('cut off');
  expect(() => decodeTensors(bytes.subarray(0, -4))).toThrow('tensor "b" ends at byte 12 of 8');
  expect(() => decodeTensors(Buffer.from(bytes.toString('latin1').replace('F32', 'F16'), 'latin1'))).toThrow('F16');
});

/** A file with this header and so many bytes of values. */
function fileOf(header: string, values: number): Buffer {
  const json = Buffer.from(header);
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(json.length));
  return Buffer.concat([length, json, Buffer.alloc(values)]);
}

const entry = (shape: string, offsets: string): string => `{"dtype":"F32","shape":${shape},"data_offsets":${offsets}}`;
const first = `"a":${entry('[1]', '[0,4]')}`;

describe('damaged files are refused at their tensor', () => {
  it.each([
    ['a key twice', `{${first},${first}}`, 4, '"a" stands twice'],
    ['a key twice, written in two ways', `{${first},"\\u0061":${entry('[1]', '[4,8]')}}`, 8, '"a" stands twice'],
    ['a member twice', '{"a":{"dtype":"F32","shape":[9],"shape":[1],"data_offsets":[0,4]}}', 4, '"shape" stands twice'],
    ['an overlap', `{${first},"b":${entry('[2]', '[0,8]')}}`, 8, 'tensor "b" begins at byte 0, inside'],
    ['a hole', `{${first},"b":${entry('[1]', '[8,12]')}}`, 12, 'tensor "b" begins at byte 8, behind'],
    ['bytes before the first', `{"a":${entry('[1]', '[4,8]')}}`, 8, 'tensor "a" begins at byte 4, behind'],
    ['bytes behind the last', `{${first}}`, 6, '2 bytes behind the last tensor'],
    ['fractions', `{"a":${entry('[1]', '[0.5,4.5]')}}`, 5, 'tensor "a"'],
    ['a negative shape', `{"a":${entry('[-1,-1]', '[0,4]')}}`, 4, 'tensor "a" has the shape [-1,-1]'],
    ['a shape beyond numbers', `{"a":${entry('[1e300]', '[0,4]')}}`, 4, 'tensor "a"'],
    ['a shape of texts', `{"a":${entry('["1"]', '[0,4]')}}`, 4, 'tensor "a"'],
    ['offsets the wrong way round', `{"a":${entry('[1]', '[4,0]')}}`, 4, 'tensor "a"'],
    ['three offsets', `{"a":${entry('[1]', '[0,4,8]')}}`, 4, 'tensor "a"'],
    ['an offset behind the end', `{"a":${entry('[2]', '[0,8]')}}`, 4, 'tensor "a" ends at byte 8 of 4'],
    ['no description', '{"a":null}', 0, 'tensor "a" is described by null'],
    ['no type', '{"a":{"shape":[1],"data_offsets":[0,4]}}', 4, 'tensor "a" is undefined'],
    ['a list', '[]', 0, 'no JSON object'],
    ['nothing', 'null', 0, 'no JSON object'],
    ['texts that are none', '{"__metadata__":{"a":1}}', 0, '__metadata__'],
  ])('%s', (_what, header, values, message) => {
    expect(() => decodeTensors(fileOf(header, values))).toThrow(message);
  });

  it('a header that is not UTF-8', () => {
    const bytes = fileOf(`{${first}}`, 4);
    bytes[10] = 0xff;
    expect(() => decodeTensors(bytes)).toThrow('not valid');
  });
});

it('reads tensors in any order, and empty ones', () => {
  const header = `{"c":${entry('[0]', '[4,4]')}, "b" : ${entry('[1]', '[4,8]')},${first}}`;
  expect(Object.keys(decodeTensors(fileOf(header, 8)).tensors)).toEqual(['c', 'b', 'a']);
});
