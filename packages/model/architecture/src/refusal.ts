import { ArchonError, type Diagnostic } from '@archon-dse/core';

/** Something in an architecture file that cannot be, and where: `levels.glb.keeps`; the file as a whole where nothing is named. */
export interface Refusal extends Pick<Diagnostic, 'message' | 'expected' | 'hint'> {
  readonly at: string;
}

/**
 * Throws what rules found.
 *
 * @param option - path of the option that the architecture is, for the paths of the diagnostics
 * @throws ArchonError ARCHON_BAD_OPTION for each, located by its path
 */
export function throwRefusals(refusals: readonly Refusal[], option: string): void {
  const [first, ...rest] = refusals.map(({ at, ...problem }): Diagnostic => ({
    code: 'ARCHON_BAD_OPTION',
    ...problem,
    path: at === '' ? option : `${option}.${at}`,
  }));
  if (first !== undefined) throw new ArchonError(first, ...rest);
}
