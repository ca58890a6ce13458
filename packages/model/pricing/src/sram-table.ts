import { AUTHOR_POINTS_45NM } from './data/author-points.js';
import { SRAM_22NM } from './data/sram-22nm.js';
import { SRAM_32NM } from './data/sram-32nm.js';
import { SRAM_45NM } from './data/sram-45nm.js';
import { SRAM_65NM } from './data/sram-65nm.js';
import { builtBanks, pricedDepth, type SramSize } from './sram-size.js';
import type { GridNode } from './technology.js';

/** pJ per access of a whole word with every address and data bit fresh, pJ per idle cycle of all banks, um2. */
export interface SramFigures {
  readonly read: number;
  readonly write: number;
  readonly idle: number;
  readonly area: number;
}

/** Figures and whether CACTI was run at the size itself. */
export interface SramLookup {
  readonly figures: SramFigures;
  readonly exact: boolean;
}

/** Figures of one node, bank count and port count: rows by depth and width, with the axes of the grid. */
interface Plane {
  readonly depths: readonly number[];
  readonly widths: readonly number[];
  readonly rows: ReadonlyMap<string, SramFigures>;
}

interface Corner {
  readonly weight: number;
  readonly figures: SramFigures;
}

const PACKED: Readonly<Record<GridNode, Readonly<Record<string, string>>>> = {
  65: SRAM_65NM,
  45: SRAM_45NM,
  32: SRAM_32NM,
  22: SRAM_22NM,
};

/** Planes that were looked up before; each is parsed once. */
const planes = new Map<string, Plane>();

const rowKey = (depth: number, width: number): string => `${depth}x${width}`;

function planeOf(node: GridNode, banks: number, ports: number): Plane {
  const key = `${banks}x${ports}`;
  const known = planes.get(`${node}/${key}`);
  if (known !== undefined) return known;
  const packed = PACKED[node][key];
  if (packed === undefined) throw new RangeError(`no SRAM table for ${banks} banks and ${ports} ports`);
  const plane = parsePlane(packed);
  planes.set(`${node}/${key}`, plane);
  return plane;
}

function parsePlane(packed: string): Plane {
  const rows = new Map<string, SramFigures>();
  const depths = new Set<number>();
  const widths = new Set<number>();
  for (const row of packed.split(';')) {
    const [depth = NaN, width = NaN, read = NaN, write = NaN, idle = NaN, area = NaN] = row.split(' ').map(Number);
    rows.set(rowKey(depth, width), { read, write, idle, area });
    depths.add(depth);
    widths.add(width);
  }
  const ascending = (axis: Set<number>): number[] => [...axis].sort((a, b) => a - b);
  return { depths: ascending(depths), widths: ascending(widths), rows };
}

/** The exact row of a size, be it of the ARCHON accelerator (45 nm) or of the grid, else the interpolated figures. */
export function lookUpSram(node: GridNode, size: SramSize): SramLookup {
  return (node === 45 ? authorPoint(size) : undefined) ?? interpolateSram(node, size);
}

function authorPoint(size: SramSize): SramLookup | undefined {
  const banks = builtBanks(size.banks);
  const row = AUTHOR_POINTS_45NM.find(
    ([depth, width, rowBanks, ports]) =>
      depth === size.depthWords && width === size.widthBits && rowBanks === banks && ports === size.ports,
  );
  if (row === undefined) return undefined;
  const [, , , , read, write, idle, area] = row;
  return { figures: { read, write, idle, area }, exact: true };
}

/**
 * Figures from the grid alone: log-log bilinear in depth and width between the surrounding rows, at the built banks and the ports.
 * Corners CACTI cannot build are left out and the other weights made to sum to 1.
 *
 * @param size feasible; see `sramLimit`
 */
export function interpolateSram(node: GridNode, size: SramSize): SramLookup {
  const plane = planeOf(node, builtBanks(size.banks), size.ports);
  const pricedAt = pricedDepth(size);
  const row = plane.rows.get(rowKey(pricedAt, size.widthBits));
  if (row !== undefined) return { figures: row, exact: true };
  const corners: Corner[] = [];
  for (const [depth, depthWeight] of bracket(plane.depths, pricedAt)) {
    for (const [width, widthWeight] of bracket(plane.widths, size.widthBits)) {
      const figures = plane.rows.get(rowKey(depth, width));
      if (figures !== undefined) corners.push({ weight: depthWeight * widthWeight, figures });
    }
  }
  return { figures: blend(corners), exact: false };
}

/** The grid values around x with their weights, linear in log x; one value where x is on the grid. Beyond an end, the end. */
function bracket(axis: readonly number[], x: number): readonly (readonly [value: number, weight: number])[] {
  const above = axis.findIndex((value) => value >= x);
  const upper = axis[above] ?? axis[axis.length - 1] ?? NaN;
  const lower = axis[above - 1];
  if (lower === undefined || upper === x) return [[upper, 1]];
  const weight = Math.log(x / lower) / Math.log(upper / lower);
  return [
    [lower, 1 - weight],
    [upper, weight],
  ];
}

function blend(corners: readonly Corner[]): SramFigures {
  const total = corners.reduce((sum, { weight }) => sum + weight, 0);
  const mean = (key: keyof SramFigures): number =>
    Math.exp(corners.reduce((sum, { weight, figures }) => sum + (weight / total) * Math.log(figures[key]), 0));
  return { read: mean('read'), write: mean('write'), idle: mean('idle'), area: mean('area') };
}
