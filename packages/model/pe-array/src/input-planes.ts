import type { Problem } from '@archon-dse/loop-nest';
import type { InputPlanes } from './pass-nest.js';

/** Inputs of a layer as its network has them: rows x columns x channels, 0 or 1 a value, an entry an image. */
export interface LayerInputs {
  readonly images: readonly Uint8Array[];
  readonly shape: readonly [rows: number, columns: number, channels: number];
  /** Rows above the image and columns to its left that the first kernel covers. */
  readonly before: readonly [rows: number, columns: number];
}

/** Puts zeros around the inputs, and leaves out what no kernel reaches. */
export function padInputs({ images, shape, before }: LayerInputs, problem: Problem): InputPlanes {
  const { P, Q, R, S, strideP, strideQ, dilationR = 1, dilationS = 1 } = problem;
  const rows = (P - 1) * strideP + (R - 1) * dilationR + 1;
  const columns = (Q - 1) * strideQ + (S - 1) * dilationS + 1;
  const [height, width, channels] = shape;
  const reached = Math.min(width, columns - before[1]) * channels;
  const padded = images.map((image) => {
    const plane = new Uint8Array(rows * columns * channels);
    for (let row = 0; row < height && row + before[0] < rows; row++) {
      const from = row * width * channels;
      plane.set(image.subarray(from, from + reached), ((row + before[0]) * columns + before[1]) * channels);
    }
    return plane;
  });
  return { images: padded, columns, channels };
}

/** Inputs of the same layer of which none is zero, padding included. */
export function wholeInputs(inputs: LayerInputs, problem: Problem): InputPlanes {
  const { images, ...rest } = padInputs({ ...inputs, images: inputs.images.slice(0, 1) }, problem);
  return { ...rest, images: images.map((plane) => plane.fill(1)) };
}
