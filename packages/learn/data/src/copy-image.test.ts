import { describe, expect, it } from 'vitest';
import { copyImage, stridesOf, type Crop } from './copy-image.kernel.js';

/** First channel of image 1, whose pixels are 1 .. 9 in rows of three. */
function firstPlane(crop: Crop): readonly number[] {
  const source = Uint8Array.from({ length: 54 }, (_, at) => (at < 27 ? 99 : (at % 9) + 1));
  const table = Float32Array.from({ length: 256 }, (_, value) => value);
  const target = new Float32Array(54);
  copyImage({ source, resolution: 3, table, ...stridesOf('nchw', 3) }, 1, crop, target, 27);
  expect([...target.subarray(0, 27)]).toEqual(Array(27).fill(0));
  return [...target.subarray(27, 36)];
}

describe('copyImage', () => {
  it.each([
    [{ rowOffset: 0, columnOffset: 0, flip: false }, [1, 2, 3, 4, 5, 6, 7, 8, 9]],
    [{ rowOffset: 0, columnOffset: 0, flip: true }, [3, 2, 1, 6, 5, 4, 9, 8, 7]],
    [{ rowOffset: 1, columnOffset: 0, flip: false }, [4, 5, 6, 7, 8, 9, 0, 0, 0]],
    [{ rowOffset: 0, columnOffset: -1, flip: false }, [0, 1, 2, 0, 4, 5, 0, 7, 8]],
    // Mirrored first, cropped then: the crop leaves out the left column of the mirrored image.
    [{ rowOffset: 0, columnOffset: 1, flip: true }, [2, 1, 0, 5, 4, 0, 8, 7, 0]],
    [{ rowOffset: -2, columnOffset: -2, flip: true }, [0, 0, 0, 0, 0, 0, 0, 0, 3]],
  ])('%j', (crop, expected) => {
    expect(firstPlane(crop)).toEqual(expected);
  });
});
