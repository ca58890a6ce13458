import { seededRandom } from '@archon-dse/core';

/** Seeded damage to files: the same mutants on every machine. */
export interface Mutant {
  readonly what: string;
  readonly bytes: Buffer;
}

export type Random = () => number;
export const randomOf = (label: string): Random => seededRandom(8, label);
const below = (random: Random, count: number): number => Math.floor(random() * count);
const times = <T>(count: number, make: (index: number) => T): readonly T[] =>
  Array.from({ length: count }, (_, i) => make(i));

/** Files cut off at places spread over the whole, the first and the last bytes among them. */
export function truncations(bytes: Buffer, count: number, random: Random): readonly Mutant[] {
  const places = [0, 1, 7, 8, 9, bytes.length - 1, ...times(count, () => below(random, bytes.length))];
  return places.slice(0, count).map((end) => ({ what: `cut off at ${String(end)}`, bytes: bytes.subarray(0, end) }));
}

/** Files with one bit turned, between two places. */
export function bitFlips(bytes: Buffer, from: number, to: number, count: number, random: Random): readonly Mutant[] {
  return times(count, () => {
    const [at, bit] = [from + below(random, to - from), below(random, 8)];
    const copy = Buffer.from(bytes);
    copy[at] = (copy[at] ?? 0) ^ (1 << bit);
    return { what: `bit ${String(bit)} of byte ${String(at)} turned`, bytes: copy };
  });
}

/** Files that are something else, or more than they should be. */
export function otherFiles(bytes: Buffer): readonly Mutant[] {
  const files: Readonly<Record<string, Buffer>> = {
    nothing: Buffer.alloc(0),
    zeros: Buffer.alloc(bytes.length),
    ones: Buffer.alloc(bytes.length, 0xff),
    text: Buffer.from('no such file at all\n'),
    'not UTF-8': Buffer.from([0xc3, 0x28, 0xff, 0xfe, 0x0a]),
    'an archive': Buffer.from('PK\u0003\u0004 and so on'),
    'one byte too many': Buffer.concat([bytes, Buffer.of(0)]),
    'twice itself': Buffer.concat([bytes, bytes]),
    'without its first byte': bytes.subarray(1),
    'behind a byte order mark': Buffer.concat([Buffer.from('\ufeff'), bytes]),
  };
  return Object.entries(files).map(([what, content]) => ({ what, bytes: content }));
}

/** Values that stand where others should, a text that a terminal would obey among them. */
const WRONG: readonly unknown[] = [
  null,
  -1,
  0.5,
  1e308,
  2 ** 53,
  '',
  'x\u001b[31m\u202e',
  true,
  [],
  {},
  [null],
  { a: 1 },
];

/** A JSON value with one of its members, at any depth, replaced or removed. */
export function jsonMutations(
  value: unknown,
  count: number,
  random: Random,
): readonly { what: string; value: unknown }[] {
  const paths = pathsOf(value);
  return times(count, (index) => {
    const path = paths[below(random, paths.length)] ?? [];
    const isRemoved = index % 6 === 0;
    const wrong = WRONG[below(random, WRONG.length)];
    const what = `${path.join('.')} ${isRemoved ? 'removed' : `is ${JSON.stringify(wrong)}`}`;
    return { what, value: replaceAt(value, path, isRemoved ? undefined : wrong) };
  });
}

function pathsOf(value: unknown, path: readonly string[] = []): (readonly string[])[] {
  const inner = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  return [...(path.length === 0 ? [] : [path]), ...inner.flatMap(([key, member]) => pathsOf(member, [...path, key]))];
}

/** Members that are `undefined` are left out of JSON, and are null in lists. */
function replaceAt(value: unknown, [key, ...rest]: readonly string[], by: unknown): unknown {
  if (key === undefined) return by;
  const copy = structuredClone(value) as Record<string, unknown>;
  copy[key] = replaceAt(copy[key], rest, by);
  return copy;
}
