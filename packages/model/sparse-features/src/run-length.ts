/**
 * Entries of a run-length code that stand for no word: an entry holds at most `most` zeros before its word, so a run of `most + 1` zeros
 * ends in an entry whose word is a zero.
 *
 * @param isZero - whether the word at a place is zero
 */
export function fillers(length: number, isZero: (at: number) => boolean, most: number): number {
  let [run, entries] = [0, 0];
  for (let at = 0; at < length; at += 1) {
    run = isZero(at) ? run + 1 : 0;
    if (run <= most) continue;
    entries += 1;
    run = 0;
  }
  return entries;
}

/**
 * The same expected, when each word is zero by itself. One ends at a place where `most + 1` zeros follow the end of an entry, so the
 * chance of every place follows from that of an earlier one.
 */
export function expectedFillers(length: number, density: number, most: number): number {
  const run = most + 1;
  const chance = (1 - density) ** run;
  const fillerAt = new Float64Array(length + 1);
  let entries = 0;
  for (let at = run; at <= length; at += 1) {
    const before = at === run ? 1 : density + (fillerAt[at - run] ?? 0);
    fillerAt[at] = before * chance;
    entries += before * chance;
  }
  return entries;
}
