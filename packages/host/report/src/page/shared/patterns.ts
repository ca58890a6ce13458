import { GROUP_COLORS } from '../../render/palette.js';

/** How the bars of one category look: a colour, and a pattern that tells it from others without it. */
export interface Fill {
  readonly color: string;
  /** Stripes of the chart library; undefined for a plain bar. */
  readonly decal?: object;
  /** The same for a legend. */
  readonly css: string;
}

const INK = 'rgba(255, 255, 255, 0.65)';

const stripes = (rotation: number, css: string): Pattern => ({
  decal: { symbol: 'rect', dashArrayX: [1, 0], dashArrayY: [2, 4], rotation, color: INK },
  css: `repeating-linear-gradient(${css}, ${INK} 0 2px, transparent 2px 6px)`,
});

interface Pattern {
  readonly decal?: object;
  readonly css?: string;
}

/** Plain, rising, flat, falling and upright stripes, and dots. */
const PATTERNS: readonly Pattern[] = [
  {},
  stripes(-Math.PI / 4, '-45deg'),
  stripes(0, '180deg'),
  stripes(Math.PI / 4, '45deg'),
  stripes(Math.PI / 2, '90deg'),
  {
    decal: { symbol: 'circle', symbolSize: 0.7, dashArrayX: [[4, 4]], dashArrayY: [4, 4], color: INK },
    css: `radial-gradient(circle at 3px 3px, ${INK} 1.6px, transparent 2px) 0 0 / 6px 6px`,
  },
];

/** Categories with a colour of their own; callers put the rest together. */
export const MOST_FILLS = GROUP_COLORS.length - 1;

/** What the rest is filled with. */
export const REST_FILL: Fill = { color: GROUP_COLORS[MOST_FILLS] ?? '', css: GROUP_COLORS[MOST_FILLS] ?? '' };

/** The fill of a category. */
export function fillOf(index: number, color: string = GROUP_COLORS[index % GROUP_COLORS.length] ?? ''): Fill {
  const { decal, css } = PATTERNS[index % PATTERNS.length] ?? {};
  const layers = css === undefined ? color : `${css}, ${color}`;
  return { color, css: layers, ...(decal === undefined ? {} : { decal }) };
}

/** Style of a bar in a chart. */
export function itemStyle({ color, decal }: Fill): object {
  return { color, decal: decal ?? { symbol: 'none' } };
}
