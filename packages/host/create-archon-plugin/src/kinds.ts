/** What a plugin may bring, in the order it is written in. */
export const KINDS = ['network', 'stage', 'accelerator', 'strategy'] as const;
export type Kind = (typeof KINDS)[number];

/** Kinds in words: `a network and an accelerator`. */
export function kindsText(kinds: readonly Kind[]): string {
  const words = kinds.map((kind) => (kind === 'accelerator' ? `an ${kind}` : `a ${kind}`));
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1) ?? ''}`;
}
