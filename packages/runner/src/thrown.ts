import { basename } from 'node:path';
import { ArchonError, fail, type Diagnostic } from '@archon-dse/core';

/** Which piece of plugin code is being run. */
export interface Culprit {
  readonly plugin: string;
  /** Public id of the contribution, e.g. `archon/dense`. */
  readonly contribution: string;
  readonly layer?: string;
}

/** One line about anything that was thrown: its kind, its message and where it came from. */
export function describeThrown(error: unknown): string {
  if (!(error instanceof Error)) return `threw ${String(error)}`;
  const frame = /\n\s+at .*?([^\s()]+):(\d+):\d+\)?(?:\n|$)/.exec(error.stack ?? '');
  const where = frame === null ? '' : ` (${basename(frame[1] ?? '')}:${frame[2]})`;
  return `${error.name}: ${error.message}${where}`;
}

/**
 * Runs plugin code, or code of ours on what a plugin made. Whatever it throws becomes an ArchonError that names the plugin.
 *
 * @param doing - what was going on, e.g. `building the network`
 * @throws ArchonError the one thrown, with plugin and layer added; ARCHON_PLUGIN_THREW for anything else
 */
export async function blame<T>(culprit: Culprit, doing: string, act: () => T | Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    return accuse(culprit, doing, error);
  }
}

/** Throws what {@link blame} makes of `error`; for the many calls of a point that cannot wait. */
export function accuse({ plugin, contribution, layer }: Culprit, doing: string, error: unknown): never {
  const place = { plugin, ...(layer === undefined ? {} : { layer }) };
  const diagnostics = diagnosticsOf(error);
  if (diagnostics !== undefined) {
    throw new ArchonError(...(diagnostics.map((item) => ({ ...place, ...item })) as [Diagnostic, ...Diagnostic[]]));
  }
  return fail({
    code: 'ARCHON_PLUGIN_THREW',
    message: `${contribution} of plugin "${plugin}" failed while ${doing}: ${describeThrown(error)}`,
    expected: 'no exception, or an ArchonError that says what is wrong',
    ...place,
  });
}

/** The diagnostics of an ArchonError, also one of another copy of core; `undefined` for any other value. */
export function diagnosticsOf(error: unknown): readonly [Diagnostic, ...Diagnostic[]] | undefined {
  if (!(error instanceof Error) || error.name !== 'ArchonError' || !('diagnostics' in error)) return undefined;
  const { diagnostics } = error;
  return Array.isArray(diagnostics) && diagnostics.length > 0
    ? (diagnostics as [Diagnostic, ...Diagnostic[]])
    : undefined;
}
