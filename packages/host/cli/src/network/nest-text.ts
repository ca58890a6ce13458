import {
  fillOf,
  loopText,
  MAPPING_LEGEND,
  nestRows,
  readNest,
  type LayerRecord,
  type NestLevel,
} from '@archon-dse/core';
import { formatNumber, formatShare } from '../terminal/format.js';
import { formatTable } from '../terminal/table.js';

/** A layer's mapping drawn: one loop a line, each level beside its first, with the words it holds at once. Its text in another notation. */
export function nestText({ mapping = '', tiles }: LayerRecord): string {
  const levels = readNest(mapping, tiles);
  if (levels === undefined) return mapping;
  const rows = nestRows(levels).map(({ depth, level, loop }) => [
    level?.name ?? '',
    `${' '.repeat(depth)}${loop === undefined ? '' : loopText(loop)}`,
    level === undefined ? '' : heldText(level),
  ]);
  return formatTable(['level', 'loops', 'holds at once, in words'], rows);
}

/** `I 304 + O 512 = 816 of 55,296 (1.5%)`. */
function heldText(level: NestLevel): string {
  const { keeps, tileWords, sizeWords } = level;
  const words = keeps.map((space) => ({ space, words: tileWords[space] }));
  const each = words.map(({ space, words }) => (words === undefined ? space : `${space} ${formatNumber(words)}`));
  if (each.length === 0) return 'nothing; it spreads the loops';
  const fill = fillOf(level);
  if (fill === undefined || sizeWords === undefined) return each.join(' + ');
  const sum = Math.round(fill * sizeWords);
  return `${each.join(' + ')}${each.length > 1 ? ` = ${formatNumber(sum)}` : ''} of ${formatNumber(sizeWords)} (${formatShare(fill, 1)})`;
}

export function legendText(): string {
  return MAPPING_LEGEND.map(([letters, meaning]) => `${letters.padEnd(9)}${meaning}`).join('\n');
}
