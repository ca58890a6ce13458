/**
 * A stream of pseudo-random numbers in [0, 1), the same on every machine: mulberry32 (T. Ettinger, public domain) started from the
 * seed and an FNV-1a hash of a label, so that streams of different labels do not depend on the order they are drawn in.
 *
 * For sampling masks and search moves, not for cryptography; the period is 2^32 numbers.
 *
 * @param seed - unsigned 32-bit, e.g. the seed of an accelerator's input
 * @param label - what the numbers are for, e.g. the name of a layer
 */
export function seededRandom(seed: number, label: string): () => number {
  let state = (seed ^ fnv1a(label)) >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** FNV-1a of the UTF-16 code units. */
function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return hash >>> 0;
}
