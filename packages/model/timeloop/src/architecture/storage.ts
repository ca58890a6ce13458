import { hintOf } from '@archon-dse/core';
import type { Field } from '../input/field.js';
import { Attributes } from '../expression/attributes.js';
import type { Component } from './component.js';
import { READ, REFUSED, WITHOUT_EFFECT } from './attribute-names.js';

/** What a storage component holds and moves; figures of one instance. */
export interface Storage {
  readonly wordBits: number;
  /** Words of one access. */
  readonly blockSize: number;
  /** Words it holds; absent means unlimited. */
  readonly sizeWords?: number;
  /** Words per cycle; absent means unlimited. */
  readonly readBandwidth?: number;
  readonly writeBandwidth?: number;
}

/** Bits of a word where nothing says. */
const DEFAULT_WORD_BITS = 16;

/**
 * Reads the attributes of a storage as Timeloop does: a word is `word-bits`, an access moves `block-size` words, or as many as fit the
 * `width`; it holds `depth` such blocks, or `entries` words.
 *
 * @param priced - attributes that the price of its class uses, and that are therefore known
 * @source NVlabs/timeloop, src/model/buffer.cpp (4cf6d4c)
 */
export function readStorage(component: Component, priced: readonly string[]): Storage {
  checkAttributes(component, priced);
  const { attributes } = component;
  const first = (names: readonly string[]): number | undefined => firstOf(attributes, names);
  const wordBits = first(READ.wordBits) ?? DEFAULT_WORD_BITS;
  const width = first(READ.width);
  const blockSize = first(READ.blockSize) ?? (width === undefined ? 1 : width / wordBits);
  if (!Number.isInteger(blockSize) || (width !== undefined && width % (wordBits * blockSize) !== 0)) {
    fieldOf(component, READ.width).fail(
      `${component.name}: a width of ${width} bit holds no whole number of blocks of ${blockSize} words of ${wordBits} bit`,
      {
        expected: `a multiple of ${wordBits * Math.max(1, Math.floor(blockSize))}`,
      },
    );
  }
  if (width !== undefined && width !== wordBits * blockSize) {
    fieldOf(component, READ.width).refuse(
      `${component.name}: a width of ${width} bit is more than a block of ${blockSize} words of ${wordBits} bit`,
      'Such a width is a cluster of instances; give a block-size that fills it.',
    );
  }
  return { wordBits, blockSize, ...sizeOf(component, blockSize, wordBits), ...bandwidthsOf(attributes) };
}

/** Refuses attributes nobody knows, and those that would change a result that we do not model. */
export function checkAttributes({ name, field }: Component, priced: readonly string[]): void {
  const own = field.get('attributes') ?? field;
  const known = [...Object.values(READ).flat(), ...WITHOUT_EFFECT, ...priced];
  for (const [key, value] of own.entries()) {
    if (value.isEmpty) continue;
    const [neutral, reason] = Object.hasOwn(REFUSED, key) ? (REFUSED[key] ?? []) : [];
    if (neutral !== undefined && !priced.includes(key)) {
      const given = value.scalar;
      if (!neutral.map(String).includes(String(given))) value.refuse(`${key} of ${name}: ${reason ?? ''}`);
    } else if (neutral === undefined && !known.includes(key)) {
      value.fail(
        `${name} has no attribute ${key}`,
        { expected: 'an attribute of Timeloop or of its class', ...hintOf(key, known) },
        'ARCHON_TIMELOOP_UNKNOWN_KEY',
      );
    }
  }
}

function firstOf(attributes: Attributes, names: readonly string[], least = 1): number | undefined {
  for (const name of names) if (attributes.value(name) !== undefined) return attributes.integer(name, least);
  return undefined;
}

function fieldOf({ attributes, field }: Component, names: readonly string[]): Field {
  return names.map((name) => attributes.field(name)).find((found) => found !== undefined) ?? field;
}

function sizeOf({ attributes }: Component, blockSize: number, wordBits: number): { readonly sizeWords?: number } {
  const [entries, depth, kib] = [READ.entries, READ.depth, READ.sizeKiB].map((names) => firstOf(attributes, names, 0));
  const bits = 1024 * 8;
  const words = entries ?? (depth === undefined ? kib && (kib * bits) / wordBits : depth * blockSize);
  if (words === undefined) return {};
  const buffers = attributes.number('multiple_buffering', 1) ?? 1;
  return { sizeWords: Math.floor(words / buffers) };
}

/** Rows of a storage that says its words, not its rows: a row is a block. */
export function rowsOf(attributes: Attributes): {
  readonly widthBits: number;
  readonly depthWords: number | undefined;
} {
  const word = firstOf(attributes, READ.wordBits) ?? DEFAULT_WORD_BITS;
  const block = firstOf(attributes, READ.blockSize) ?? 1;
  const kib = firstOf(attributes, READ.sizeKiB);
  const entries = firstOf(attributes, READ.entries, 0) ?? (kib === undefined ? undefined : (kib * 1024 * 8) / word);
  return { widthBits: word * block, depthWords: entries === undefined ? undefined : Math.ceil(entries / block) };
}

/** Attributes of a storage with the width and depth of its rows, where it gives words alone. */
export function withRows({ attributes, field }: Component): Attributes {
  const { widthBits, depthWords } = rowsOf(attributes);
  const isGiven = (names: readonly string[]): boolean => names.some((name) => attributes.value(name) !== undefined);
  const rows = new Map<string, Field>();
  if (!isGiven(READ.width)) rows.set('width', field.become(widthBits));
  if (!isGiven(READ.depth) && depthWords !== undefined && depthWords > 0) rows.set('depth', field.become(depthWords));
  return new Attributes(rows, attributes);
}

function bandwidthsOf(attributes: Attributes): Pick<Storage, 'readBandwidth' | 'writeBandwidth'> {
  const both = attributes.number('bandwidth');
  const half = both === undefined ? undefined : both / 2;
  const read = attributes.number('read_bandwidth') ?? half;
  const write = attributes.number('write_bandwidth') ?? half;
  return {
    ...(read === undefined ? {} : { readBandwidth: read }),
    ...(write === undefined ? {} : { writeBandwidth: write }),
  };
}
