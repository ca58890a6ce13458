import { placeInDocument, type Documents } from '@archon-dse/config';
import { ArchonError, type ContributionMeta, type Diagnostic } from '@archon-dse/core';
import { findAssignments } from './set-options.js';

/** A contribution whose options `--set` gives, and what reads the documents among them. */
interface Given {
  readonly meta: ContributionMeta;
  /** The texts of `--set`. */
  readonly set: readonly string[];
  readonly read: Documents['read'];
}

/** Does something, and shows what is wrong with a document of `--set` at its line. @throws what `act` throws */
export async function locatingDocuments<T>(given: Given, act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    if (!(error instanceof ArchonError)) throw error;
    const [first, ...rest] = error.diagnostics.map((diagnostic) => located(diagnostic, given));
    throw first === undefined ? error : new ArchonError(first, ...rest);
  }
}

function located(diagnostic: Diagnostic, { meta, set, read }: Given): Diagnostic {
  const [, option = '', inside = ''] = /^options\.([^.]+)(?:\.(.+))?$/.exec(diagnostic.path ?? '') ?? [];
  const given = findAssignments(set, option).at(-1);
  if (given === undefined || diagnostic.location !== undefined) return diagnostic;
  const steps = inside.split('.').filter(Boolean);
  return { ...diagnostic, ...placeInDocument(meta, { option, given, steps }, read) };
}
