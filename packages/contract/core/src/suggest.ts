import { closest, distance } from 'fastest-levenshtein';
import type { Diagnostic } from './diagnostic.js';

/** The candidate a user probably meant, or nothing when none is near (at most a third of the letters differ). */
export function suggest(wrong: string, candidates: readonly string[]): string | undefined {
  if (candidates.length === 0) return undefined;
  const best = closest(wrong, [...candidates]);
  return distance(wrong, best) <= Math.max(2, Math.floor(wrong.length / 3)) ? best : undefined;
}

/** `Did you mean "x"?` or nothing; the usual hint of an error about a name. */
export function didYouMean(wrong: string, candidates: readonly string[]): string | undefined {
  const best = suggest(wrong, candidates);
  return best === undefined ? undefined : `Did you mean "${best}"?`;
}

/** The same as a member of a diagnostic. */
export function hintOf(wrong: string, candidates: readonly string[]): Pick<Diagnostic, 'hint'> {
  const hint = didYouMean(wrong, candidates);
  return hint === undefined ? {} : { hint };
}
