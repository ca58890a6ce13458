/** A cell of a plane and how many points lie in it. */
export interface DensityCell {
  /** Middle of the cell. */
  readonly x: number;
  readonly y: number;
  readonly points: number;
}

/**
 * Points of a plane as the cells of a grid that spans them; cells without points are left out. From below to above, in each row from left to right.
 *
 * @param points - finite values, x and y of one point after the other
 * @param columns - and as many `rows`
 */
export function densityCells(points: Float64Array, columns: number, rows: number): readonly DensityCell[] {
  const [left, right] = rangeOf(points, 0);
  const [low, high] = rangeOf(points, 1);
  const counts = new Uint32Array(columns * rows);
  for (let at = 0; at + 1 < points.length; at += 2) {
    const column = cellOf(points[at] ?? 0, left, right, columns);
    const row = cellOf(points[at + 1] ?? 0, low, high, rows);
    counts[row * columns + column] = (counts[row * columns + column] ?? 0) + 1;
  }
  const middle = (cell: number, from: number, to: number, cells: number): number =>
    from + ((cell + 0.5) * (to - from)) / cells;
  return [...counts.entries()].flatMap(([cell, count]) =>
    count === 0
      ? []
      : [
          {
            x: middle(cell % columns, left, right, columns),
            y: middle(Math.floor(cell / columns), low, high, rows),
            points: count,
          },
        ],
  );
}

function cellOf(value: number, from: number, to: number, cells: number): number {
  return to > from ? Math.min(cells - 1, Math.floor(((value - from) / (to - from)) * cells)) : 0;
}

function rangeOf(points: Float64Array, offset: number): readonly [low: number, high: number] {
  let [low, high] = [Infinity, -Infinity];
  for (let at = offset; at < points.length; at += 2) {
    low = Math.min(low, points[at] ?? low);
    high = Math.max(high, points[at] ?? high);
  }
  return [low, high];
}
