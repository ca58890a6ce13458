import { describe, expect, it } from 'vitest';
import { padInputs, wholeInputs } from './input-planes.js';

/** 2 x 3 pixels of 2 channels: both of the first pixel of each row, one of the last. */
const image = Uint8Array.of(1, 1, 0, 0, 1, 0, 1, 1, 0, 0, 0, 1);
const inputs = { images: [image], shape: [2, 3, 2], before: [1, 1] } as const;
const problem = { C: 2, M: 1, R: 3, S: 3, P: 2, Q: 3, N: 1, strideP: 1, strideQ: 1 };

const rowsOf = ({ images, columns, channels }: ReturnType<typeof padInputs>): readonly string[] => {
  const [text = ''] = images.map((plane) => plane.join(''));
  const width = columns * channels;
  return Array.from({ length: text.length / width }, (_, row) => text.slice(row * width, (row + 1) * width));
};

describe('inputs', () => {
  it('have zeros around them', () => {
    expect(rowsOf(padInputs(inputs, problem))).toEqual(['0000000000', '0011001000', '0011000100', '0000000000']);
  });

  it('end where no kernel reaches', () => {
    // A kernel of 1 x 1 with stride 2 reads pixels 0 and 2 of the first row.
    const strided = { ...problem, R: 1, S: 1, P: 1, Q: 2, strideP: 2, strideQ: 2 };
    expect(rowsOf(padInputs({ ...inputs, before: [0, 0] }, strided))).toEqual(['110010']);
    // One of 2 x 2 without padding and with stride 2 reads two columns.
    const cut = { ...strided, R: 2, S: 2, Q: 1 };
    expect(rowsOf(padInputs({ ...inputs, before: [0, 0] }, cut))).toEqual(['1100', '1100']);
  });

  it('are wanted whole once, however many images there are', () => {
    const { images, columns } = wholeInputs({ ...inputs, images: [image, image] }, problem);
    expect(images.map((plane) => plane.join(''))).toEqual(['1'.repeat(4 * 5 * 2)]);
    expect(columns).toBe(5);
    expect(image[2]).toBe(0);
  });
});
