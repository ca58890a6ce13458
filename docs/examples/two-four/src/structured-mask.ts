/** Output channels, input channels of one group, kernel rows, kernel columns. */
export type Shape = readonly [outputs: number, inputs: number, rows: number, columns: number];

/** Of each `size` weights that follow each other along the input channels, the `kept` largest stay. */
export interface Structure {
  readonly kept: number;
  readonly size: number;
}

/**
 * One entry a weight, 1 for those that stay. Of equal weights the first stay; zeros never do.
 *
 * @returns nothing where the input channels are no multiple of the size, as in depthwise layers
 * @source Mishra et al., Accelerating sparse deep neural networks, 2021
 */
export function structuredMask(weights: Float32Array, shape: Shape, { kept, size }: Structure): Uint8Array | undefined {
  const [outputs, inputs, rows, columns] = shape;
  if (inputs % size !== 0) return undefined;
  const mask = new Uint8Array(weights.length);
  const magnitude = (at: number): number => Math.abs(weights[at] ?? 0);
  const cells = rows * columns;
  for (let first = 0; first < outputs * inputs; first += size) {
    for (let cell = 0; cell < cells; cell += 1) {
      const together = Array.from({ length: size }, (_, k) => (first + k) * cells + cell);
      const largest = together.sort((a, b) => magnitude(b) - magnitude(a)).slice(0, kept);
      for (const at of largest) mask[at] = magnitude(at) > 0 ? 1 : 0;
    }
  }
  return mask;
}
