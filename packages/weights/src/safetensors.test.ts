import { expect, it } from 'vitest';
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
  expect(() => decodeTensors(bytes.subarray(0, -4))).toThrow('tensor "b"');
  expect(() => decodeTensors(Buffer.from(bytes.toString('latin1').replace('F32', 'F16'), 'latin1'))).toThrow('F16');
});
