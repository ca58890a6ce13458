import { fillOf as filledShare, readNest, type NestLoop, type TileSpace } from '@archon-dse/core';
import type { Layer } from '../state/report.js';

/** A level of a mapping as a box around the levels inside it. */
export interface NestBox {
  readonly name: string;
  /** What it holds at once, as shares of its size, or of all it holds where it has no limit. */
  readonly tiles: readonly { readonly space: TileSpace; readonly share: number }[];
  /** Share of its size that is taken; absent where there is no limit. */
  readonly fill?: number;
  /** `P 32`, outermost first. */
  readonly loops: readonly string[];
  /** What stands side by side inside it: instances along X and Y, and the loops that spread them. */
  readonly spread?: { readonly x: number; readonly y: number; readonly loops: readonly string[] };
  /** Share of the layer's energy; absent where no component has the level's name. */
  readonly energyShare?: number;
}

/** Boxes from the outermost to the innermost; none where the mapping is in another notation. */
export function nestBoxes({ mapping, tiles, energyPj, energyByComponentPj }: Layer): readonly NestBox[] {
  const levels = readNest(mapping, tiles) ?? [];
  return levels.map((level): NestBox => {
    const { name, keeps, loops, tileWords, sizeWords } = level;
    const held = keeps.map((space) => ({ space, words: tileWords[space] ?? 0 }));
    const whole = sizeWords ?? held.reduce((sum, { words }) => sum + words, 0);
    const fill = filledShare(level);
    const across = loops.filter(({ axis }) => axis !== undefined);
    const energy = energyByComponentPj[name];
    return {
      name,
      tiles: whole === 0 ? [] : held.map(({ space, words }) => ({ space, share: words / whole })),
      ...(fill === undefined ? {} : { fill }),
      loops: loops.filter(({ axis }) => axis === undefined).map(loopName),
      ...(across.length === 0 ? {} : { spread: spreadOf(across) }),
      ...(energy === undefined || energyPj === 0 ? {} : { energyShare: energy / energyPj }),
    };
  });
}

function loopName({ dim, bound, axis }: NestLoop): string {
  return `${dim} ${String(bound)}${axis === undefined ? '' : ` across ${axis}`}`;
}

function spreadOf(loops: readonly NestLoop[]): NonNullable<NestBox['spread']> {
  const along = (axis: 'X' | 'Y'): number =>
    loops.reduce((product, loop) => (loop.axis === axis ? product * loop.bound : product), 1);
  return { x: along('X'), y: along('Y'), loops: loops.map(loopName) };
}
