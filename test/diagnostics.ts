import type { ArchonError, Diagnostic } from '@archon-dse/core';

/** What a call is refused with, nothing when it is not; anything else that it throws goes on. */
export function diagnosticsOf(act: () => unknown): readonly Diagnostic[] {
  try {
    act();
  } catch (error) {
    return diagnosticsIn(error);
  }
  return [];
}

/** The same of a call that may fail later. */
export async function rejectedWith(act: () => unknown): Promise<readonly Diagnostic[]> {
  try {
    await act();
  } catch (error) {
    return diagnosticsIn(error);
  }
  return [];
}

/** By its shape: a test of core and its dist have a class of errors each. */
function diagnosticsIn(error: unknown): readonly Diagnostic[] {
  if (error instanceof Error && error.name === 'ArchonError') return (error as ArchonError).diagnostics;
  throw error;
}
