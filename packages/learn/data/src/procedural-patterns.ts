/**
 * What the classes of the procedural dataset differ in. Coordinates are those of the figure: its centre at 0, its edge at about 1,
 * u and v turned with it.
 */
type Pattern = (u: number, v: number) => boolean;

/** Outlines; true inside. Of about equal area, so that brightness does not give the class away. */
export const SHAPES: readonly Pattern[] = [
  (u, v) => u * u + v * v < 0.64,
  (u, v) => Math.max(Math.abs(u), Math.abs(v)) < 0.7,
  (u, v) => v < 0.7 && v > -0.9 + 1.75 * Math.abs(u),
  (u, v) => Math.min(Math.abs(u), Math.abs(v)) < 0.3 && Math.max(Math.abs(u), Math.abs(v)) < 1,
  (u, v) => u * u + v * v < 1 && u * u + v * v > 0.36,
];

/** What fills an outline; true where it is lit. */
export const TEXTURES: readonly Pattern[] = [
  () => true,
  (u) => Math.sin(9 * u) > -0.2,
  (u, v) => Math.sin(7 * u) * Math.sin(7 * v) > -0.1,
  (u, v) => Math.cos(8 * u) + Math.cos(8 * v) > -0.6,
];

/** Red, green and blue parts of a figure's colour. */
export const TINTS: readonly (readonly [number, number, number])[] = [
  [1, 1, 1],
  [1.2, 0.8, 0.8],
  [0.8, 1.2, 0.8],
  [0.8, 0.8, 1.2],
  [1.2, 1.1, 0.6],
];

/** Classes that can be told apart. */
export const MOST_CLASSES = SHAPES.length * TEXTURES.length * TINTS.length;
