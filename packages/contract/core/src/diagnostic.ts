import type { ErrorCode } from './error-codes.js';

/** Where in a file a diagnostic points; line and column count from 1, `length` is the width of the caret. */
export interface SourceLocation {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly length: number;
}

/** An error as data: safe to send across threads, to journal and to print as JSON. */
export interface Diagnostic {
  readonly code: ErrorCode;
  /** What is wrong, with the offending value quoted. */
  readonly message: string;
  /** Path inside the document or point, e.g. `networks[0].options.width`. */
  readonly path?: string;
  readonly expected?: string;
  readonly hint?: string;
  readonly location?: SourceLocation;
  /** The offending line with its neighbours and a caret. */
  readonly frame?: string;
  /** The plugin and layer a failure happened in. */
  readonly plugin?: string;
  readonly layer?: string;
  /** Where the code of a plugin threw, with its paths. For people only: never part of a record. */
  readonly stack?: string;
}

/** Thrown for every error a user can cause or a plugin can raise. Carries one or more diagnostics. */
export class ArchonError extends Error {
  override readonly name = 'ArchonError';
  readonly diagnostics: readonly Diagnostic[];

  constructor(...diagnostics: readonly [Diagnostic, ...Diagnostic[]]) {
    super(diagnostics.map((d) => d.message).join('\n'));
    this.diagnostics = diagnostics;
  }
}

/** Throws one diagnostic. */
export function fail(diagnostic: Diagnostic): never {
  throw new ArchonError(diagnostic);
}

/**
 * Runs `act`, and throws its diagnostics on as `change` makes them; any other error passes.
 *
 * @param act - answers at once: what a promise is rejected with is not changed
 */
export function changingDiagnostics<T>(act: () => T, change: (diagnostic: Diagnostic) => Diagnostic): T {
  try {
    return act();
  } catch (error) {
    if (!(error instanceof ArchonError)) throw error;
    const [first, ...rest] = error.diagnostics.map((diagnostic) => change(diagnostic));
    throw first === undefined ? error : new ArchonError(first, ...rest);
  }
}
