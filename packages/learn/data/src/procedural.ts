import { seededRandom } from '@archon-dse/core';
import { CHANNELS, type Dataset, type Split } from './dataset.js';
import { MOST_CLASSES, SHAPES, TEXTURES, TINTS } from './procedural-patterns.js';

export interface ProceduralOptions {
  /** Unsigned 32-bit; images of one seed, split and index are always the same. */
  readonly seed: number;
  readonly split: Split;
  /** Number of images; classes take turns. */
  readonly count: number;
  /** 2 to 100; 10 unless given. */
  readonly classes?: number;
  /** Height and width in pixels, at least 8; 32 unless given. */
  readonly resolution?: number;
}

/**
 * A synthetic dataset that needs no download: one textured figure an image, before a shaded background. The class decides outline,
 * texture and tint (outlines change fastest, so ten classes are five outlines in two textures); place, size, angle, brightness,
 * colour, shading and noise are random. A convolutional network learns it; the mean image of a class does not give it away.
 *
 * @throws RangeError when an option is out of range
 */
export function proceduralDataset(options: ProceduralOptions): Dataset {
  const { seed, split, count, classes = 10, resolution = 32 } = options;
  checkWhole('count', count, 1, 10_000_000);
  checkWhole('classes', classes, 2, MOST_CLASSES);
  checkWhole('resolution', resolution, 8, 1024);
  const images = new Uint8Array(count * CHANNELS * resolution ** 2);
  const labels = new Uint16Array(count);
  for (let index = 0; index < count; index += 1) {
    const label = index % classes;
    labels[index] = label;
    const random = seededRandom(seed, `${split} ${String(index)}`);
    drawImage(
      drawScene(label, resolution, random),
      resolution,
      random,
      images.subarray(index * CHANNELS * resolution ** 2),
    );
  }
  return { name: 'procedural', split, classes, count, resolution, images, labels };
}

type Color = readonly [number, number, number];

/** One image before it is drawn; lengths in pixels, colours 0..255. */
interface Scene {
  readonly isLit: (u: number, v: number) => boolean;
  readonly row: number;
  readonly column: number;
  readonly radius: number;
  readonly angle: number;
  readonly figure: Color;
  readonly ground: Color;
  /** Change of brightness over the height and over the width of the image. */
  readonly shading: readonly [number, number];
}

/** Largest deviation of a single value from its colour. */
const NOISE = 45;

function drawScene(label: number, resolution: number, random: () => number): Scene {
  const between = (low: number, high: number): number => low + (high - low) * random();
  const shape = pick(SHAPES, label);
  const texture = pick(TEXTURES, Math.floor(label / SHAPES.length));
  const tint = pick(TINTS, Math.floor(label / (SHAPES.length * TEXTURES.length)));
  const radius = resolution * between(0.22, 0.38);
  const place = (): number => resolution * 0.5 + between(-1, 1) * (resolution * 0.5 - radius);
  const brightness = between(140, 215);
  const color = (base: number, parts: Color, spread: number): Color => {
    const [red, green, blue] = parts;
    return [
      base * red + between(-spread, spread),
      base * green + between(-spread, spread),
      base * blue + between(-spread, spread),
    ];
  };
  return {
    isLit: (u, v) => shape(u, v) && texture(u, v),
    radius,
    row: place(),
    column: place(),
    angle: between(-0.5, 0.5),
    figure: color(brightness, tint, 30),
    ground: color(brightness - between(45, 110), [1, 1, 1], 30),
    shading: [between(-50, 50), between(-50, 50)],
  };
}

function drawImage(scene: Scene, resolution: number, random: () => number, target: Uint8Array): void {
  const { isLit, radius, figure, ground, shading } = scene;
  const cosine = Math.cos(scene.angle) / radius;
  const sine = Math.sin(scene.angle) / radius;
  const plane = resolution * resolution;
  for (let row = 0; row < resolution; row += 1) {
    for (let column = 0; column < resolution; column += 1) {
      const y = row + 0.5 - scene.row;
      const x = column + 0.5 - scene.column;
      const color = isLit(x * cosine + y * sine, y * cosine - x * sine) ? figure : ground;
      const shade = shading[0] * (row / resolution - 0.5) + shading[1] * (column / resolution - 0.5) - NOISE;
      const at = row * resolution + column;
      target[at] = toByte(color[0] + shade + 2 * NOISE * random());
      target[at + plane] = toByte(color[1] + shade + 2 * NOISE * random());
      target[at + 2 * plane] = toByte(color[2] + shade + 2 * NOISE * random());
    }
  }
}

function toByte(value: number): number {
  return Math.min(255, Math.max(0, Math.round(value)));
}

function pick<T>(table: readonly [T, ...T[]] | readonly T[], index: number): T {
  return table[index % table.length] as T;
}

function checkWhole(name: string, value: number, least: number, most: number): void {
  if (Number.isInteger(value) && value >= least && value <= most) return;
  throw new RangeError(
    `${name} is ${String(value)}; it must be a whole number from ${String(least)} to ${String(most)}`,
  );
}
