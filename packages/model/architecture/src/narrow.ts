import type { Architecture, DataSpace, Level } from '@archon-dse/loop-nest';
import { sizeOf, type LevelSize } from './level-size.js';
import type { ArchitectureDocument } from './schema.js';

/** Bits of the values of each data space; partial sums always have the words of their level. */
export type ValueBits = Readonly<Record<DataSpace, number>>;

/**
 * An architecture as a layer of narrow values sees it: rows of several words hold more of them. A level with rows of one word holds a value
 * in each, and MACs work on whole words. Outputs are narrow only where they are complete, at the outermost level.
 */
export function narrowed(architecture: Architecture, document: ArchitectureDocument, bits: ValueBits): Architecture {
  if (Object.values(bits).every((one) => one >= document.wordBits)) return architecture;
  const sizes = document.levels.map((level) => sizeOf(level, document));
  const levels = architecture.levels.map((level, index): Level => {
    const size = sizes[index];
    if (size === undefined || size.rowWords === 1) return level;
    return { ...level, packing: { Weights: packed(size, bits.Weights), Inputs: packed(size, bits.Inputs) } };
  });
  const [outermost] = sizes;
  return { ...architecture, levels, completePacking: outermost === undefined ? 1 : packed(outermost, bits.Outputs) };
}

/** Values in the room of one word, in a row that none of them straddles. */
function packed({ rowBits, rowWords }: LevelSize, bits: number): number {
  return Math.max(1, Math.floor(rowBits / bits) / rowWords);
}
