import type { Dim } from '@archon-dse/loop-nest';
import { DROPPING, type FormatRank, type RankFormatName } from './features.js';
import { iterations, type NestLoop } from './nest-loops.js';
import type { CountAt, Operand } from './operand.js';
import { expectedFillers, fillers } from './run-length.js';
import { touchedPositions } from './tensor.js';

/** A tile as a format writes it; fractions where they are expectations. */
export interface StoredTile {
  /** Words that are written, entries of long runs included. */
  readonly words: number;
  readonly metadataBits: number;
}

/** All tiles of a data space at a level. */
export interface StoredTiles {
  readonly mean: StoredTile;
  /** The one that takes most room, metadata at `wordBits` a word; undefined where only models are known. */
  readonly largest: StoredTile | undefined;
}

/** A rank with its coordinates in a tile. */
interface TileRank {
  readonly format: RankFormatName;
  readonly coordinates: number;
  readonly bits: number;
  /** Whether coordinates with nothing behind them are left out. */
  readonly drops: boolean;
  /** The loops over the words behind one coordinate. */
  readonly behind: readonly NestLoop[];
  readonly offsets: Int32Array;
}

/**
 * What tiles take in a format: counted for every tile where the operand has a mask, else expected. Long runs are expected as if each part
 * were empty by itself, all else by the model of the zeros.
 *
 * @param loops - outside the tile
 * @param part - of the tile
 */
export function storedTiles(
  operand: Operand,
  { ranks, loops, part }: { ranks: readonly FormatRank[]; loops: readonly NestLoop[]; part: readonly NestLoop[] },
  wordBits: number,
): StoredTiles {
  const own = tileRanks(operand, ranks, part);
  if (operand.model !== undefined) return { mean: expectedTile(operand, own), largest: undefined };
  const counters = own.map(({ behind }) => operand.counter(behind));
  const whole = operand.counter(part);
  const moving = loops.filter((loop) => operand.moves(loop));
  const sum = { words: 0, metadataBits: 0 };
  let largest: StoredTile = sum;
  const room = (tile: StoredTile): number => tile.words * wordBits + tile.metadataBits;
  for (const offset of operand.offsets(moving)) {
    const tile = countedTile(own, counters, offset, whole(offset));
    sum.words += tile.words;
    sum.metadataBits += tile.metadataBits;
    if (largest === sum || room(tile) > room(largest)) largest = tile;
  }
  const tiles = iterations(moving);
  return { mean: { words: sum.words / tiles, metadataBits: sum.metadataBits / tiles }, largest };
}

function tileRanks(operand: Operand, ranks: readonly FormatRank[], part: readonly NestLoop[]): readonly TileRank[] {
  const { axes } = operand.tensor;
  const named = new Set(ranks.flatMap(({ dims }) => dims));
  const outside = axes.map(({ name }) => name).filter((name) => !named.has(name));
  const all: readonly FormatRank[] = [{ format: 'uncompressed', dims: outside }, ...ranks];
  const positions = touchedPositions(operand.tensor, part);
  return all.map((rank, at) => {
    const inner = all.slice(at + 1).flatMap(({ dims }) => dims);
    const lengths = rank.dims.map((dim) => positions[axes.findIndex(({ name }) => name === dim)] ?? [0]);
    const coordinates = lengths.reduce((product, own) => product * own.length, 1);
    return {
      format: rank.format,
      coordinates,
      bits:
        rank.bits ??
        Math.max(1, Math.ceil(Math.log2(rank.format === 'offset' ? operand.words(part) + 1 : coordinates))),
      drops: DROPPING.includes(rank.format),
      behind: behindOf(operand, part, inner),
      offsets: offsetsAt(operand, rank.dims, lengths),
    };
  });
}

/** What lies behind a coordinate: the loops along the axes of the inner ranks only. */
function behindOf({ tensor }: Operand, part: readonly NestLoop[], inner: readonly Dim[]): readonly NestLoop[] {
  const dims = tensor.axes.flatMap(({ name, parts }) => (inner.includes(name) ? parts.map(({ dim }) => dim) : []));
  return part.filter(({ dim }) => dims.includes(dim));
}

/** Offsets of the coordinates of a rank; an axis is moved along position by position, whatever strides its dimensions have. */
function offsetsAt(operand: Operand, dims: readonly Dim[], lengths: readonly (readonly number[])[]): Int32Array {
  const unit = (dim: Dim): number => operand.positionStep(dim);
  return dims.reduce<Int32Array>(
    (sums, dim, at) =>
      Int32Array.from([...sums].flatMap((sum) => (lengths[at] ?? []).map((position) => sum + position * unit(dim)))),
    Int32Array.of(0),
  );
}

/** @param filled - words that are not zero behind the coordinate that the ranks are those of */
function countedTile(
  [rank, ...inner]: readonly TileRank[],
  [behind, ...counters]: readonly CountAt[],
  offset: number,
  filled: number,
): StoredTile {
  if (rank === undefined || behind === undefined) return { words: 1, metadataBits: 0 };
  if (inner.length === 0 && (rank.format === 'bitmask' || rank.format === 'coordinate')) {
    return { words: filled, metadataBits: metadataBits(rank, filled, 1) };
  }
  const counts = Array.from(rank.offsets, (step) => behind(offset + step));
  const entries = counts.filter((count) => count > 0 || !rank.drops).length;
  const extra =
    rank.format === 'run-length' ? fillers(rank.coordinates, (at) => counts[at] === 0, 2 ** rank.bits - 1) : 0;
  const tile = { words: extra, metadataBits: metadataBits(rank, entries + extra, 1) };
  if (inner.length === 0) return { ...tile, words: entries + extra };
  rank.offsets.forEach((step, at) => {
    const count = counts[at] ?? 0;
    if (rank.drops && count === 0) return;
    const part = countedTile(inner, counters, offset + step, count);
    tile.words += part.words;
    tile.metadataBits += part.metadataBits;
  });
  return tile;
}

function expectedTile(operand: Operand, ranks: readonly TileRank[]): StoredTile {
  let [fibers, places, extra, bits] = [1, 1, 0, 0];
  for (const rank of ranks) {
    places *= rank.coordinates;
    const filled = 1 - operand.emptyChance(rank.behind);
    const entries = rank.drops ? places * filled : fibers * rank.coordinates;
    const long =
      rank.format === 'run-length' ? fibers * expectedFillers(rank.coordinates, filled, 2 ** rank.bits - 1) : 0;
    bits += metadataBits(rank, entries + long, fibers);
    extra += long;
    fibers = entries;
  }
  return { words: fibers + extra, metadataBits: bits };
}

/** Bits of so many entries in so many fibers of a rank. */
function metadataBits({ format, coordinates, bits }: TileRank, entries: number, fibers: number): number {
  if (format === 'bitmask') return coordinates * fibers;
  if (format === 'offset') return (coordinates + 1) * fibers * bits;
  return format === 'uncompressed' ? 0 : entries * bits;
}
