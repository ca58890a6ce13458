import type { ChartColors } from '../../shared/chart/style.js';
import { NO_CLASS, type Coloring } from '../state/coloring.js';
import type { Point } from '../state/report.js';
import { lotOf } from '../state/thinned.js';

/** Lines that look alike, one a point by its index. */
export interface LineGroup {
  readonly lines: readonly number[];
  readonly color: string;
  readonly width: number;
  readonly opacity: number;
}

/** Lines of the points that pass, those of the fronts on top. */
export function passingLines(
  points: readonly Point[],
  { classOf, classes }: Coloring,
  mask: Uint8Array,
  colors: ChartColors,
): readonly LineGroup[] {
  const passes = points.filter(({ rank, index }) => rank !== undefined && mask[index] === 1);
  const [others, front] = [passes.filter(({ rank }) => rank !== 1), passes.filter(({ rank }) => rank === 1)];
  const groups = new Map<string, { isFront: boolean; markClass: number; lines: number[] }>();
  for (const { rank, index } of [...sampled(others), ...front]) {
    const isFront = rank === 1;
    const markClass = classOf[index] ?? NO_CLASS;
    const key = `${isFront} ${markClass}`;
    const group = groups.get(key) ?? { isFront, markClass, lines: [] };
    groups.set(key, group);
    group.lines.push(index);
  }
  const sorted = [...groups.values()].sort((a, b) => Number(a.isFront) - Number(b.isFront));
  const count = (front: boolean): number =>
    sorted.reduce((sum, { isFront, lines }) => sum + (isFront === front ? lines.length : 0), 0);
  const [strong, weak] = [fading(150, count(true), 0.95), fading(150, count(false), 0.28)];
  return sorted.map(({ isFront, markClass, lines }) => ({
    lines,
    color: classes[markClass]?.color(colors.scheme) ?? colors.off,
    width: isFront ? 2 : 1,
    opacity: isFront ? strong : weak,
  }));
}

/** All lines, behind those that pass. */
export function faintLines(points: readonly Point[], colors: ChartColors): readonly LineGroup[] {
  const lines = sampled(points.filter(({ rank }) => rank !== undefined)).map(({ index }) => index);
  return [{ lines, color: colors.off, width: 1, opacity: fading(100, lines.length, 0.12) }];
}

/** Lines off the fronts that are drawn at once: more take too long, and show no more. */
export const MOST_LINES = 4000;

/** About so many of the points, always the same of them. */
function sampled(points: readonly Point[]): readonly Point[] {
  const share = MOST_LINES / points.length;
  return share >= 1 ? points : points.filter(({ index }) => lotOf(index) < share * 2 ** 32);
}

/** Opacity that falls with the number of lines beyond `from`, so that many lines still show their density. */
function fading(from: number, lines: number, most: number): number {
  return Math.max(0.03, Math.min(most, (most * from) / Math.max(1, lines)));
}
