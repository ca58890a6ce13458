/** A table of shares 0..1, row by row. */
export type Densities = readonly (readonly number[])[];

/** Rows and columns of a table of densities at most; what there is more of is averaged. */
const MOST_ROWS = 16;
const MOST_COLUMNS = 16;
/** Shares are given to a thousandth. */
const STEPS = 1000;

/**
 * Share of the masks in front of a ReLU that are 1: a row for each channel, or group of neighbours, a column for each position, or stretch of
 * neighbours row by row. Over all images.
 *
 * @param channels - of the convolution in front of the ReLU
 */
export function maskDensities(masks: readonly Uint8Array[], channels: number): Densities {
  const cells = (masks[0]?.length ?? 0) / channels;
  const [rows, columns] = [Math.min(channels, MOST_ROWS), Math.min(cells, MOST_COLUMNS)];
  const [passed, all] = [new Float64Array(rows * columns), new Float64Array(rows * columns)];
  for (const of of masks) {
    of.forEach((mask, at) => {
      const row = Math.floor(((at % channels) * rows) / channels);
      const column = Math.floor((Math.floor(at / channels) * columns) / cells);
      const place = row * columns + column;
      passed[place] = (passed[place] ?? 0) + mask;
      all[place] = (all[place] ?? 0) + 1;
    });
  }
  return Array.from({ length: rows }, (_, row) =>
    Array.from({ length: columns }, (_, column) => {
      const at = row * columns + column;
      return Math.round((STEPS * (passed[at] ?? 0)) / (all[at] ?? 1)) / STEPS;
    }),
  );
}
