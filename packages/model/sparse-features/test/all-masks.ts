/** Every mask of so many words, with its chance where each word is set with the same probability. */
export function allMasks(words: number, density: number): { readonly values: Uint8Array; readonly chance: number }[] {
  return Array.from({ length: 2 ** words }, (_, bits) => {
    const values = Uint8Array.from({ length: words }, (__, at) => (bits >> at) & 1);
    const set = values.reduce((sum, value) => sum + value, 0);
    return { values, chance: density ** set * (1 - density) ** (words - set) };
  });
}

/** Every mask of so many words of which exactly `set` are not zero, each as likely. */
export function masksOf(words: number, set: number): { readonly values: Uint8Array; readonly chance: number }[] {
  const all = allMasks(words, 0.5).filter(({ values }) => values.reduce((sum, value) => sum + value, 0) === set);
  return all.map(({ values }) => ({ values, chance: 1 / all.length }));
}
