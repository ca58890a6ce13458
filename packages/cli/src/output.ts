import { ArchonError, type Diagnostic } from '@archon-dse/core';
import { formatDiagnostic } from '@archon-dse/config/format';

/** Where a command writes. Results go to stdout, everything else to stderr. */
export interface Output {
  result(text: string): void;
  /** The one JSON document of a `--json` run. */
  json(value: unknown): void;
  info(text: string): void;
  readonly errorIsTerminal: boolean;
  readonly color: boolean;
}

/** Output on the process's streams; colour only on a terminal and without NO_COLOR. */
export function processOutput(): Output {
  const errorIsTerminal = process.stderr.isTTY === true;
  return {
    result: (text) => void process.stdout.write(`${text}\n`),
    json: (value) => void process.stdout.write(`${JSON.stringify(value, null, 2)}\n`),
    info: (text) => void process.stderr.write(`${text}\n`),
    errorIsTerminal,
    color: errorIsTerminal && process.env['NO_COLOR'] === undefined,
  };
}

/** Exit codes of every command, as documented in docs/cli.md. */
export const EXIT = { ok: 0, internal: 1, usage: 2, pointsFailed: 3, interrupted: 130 } as const;

/**
 * Reports an error the way the user asked for: `{"error": {"diagnostics": [...]}}` on stdout with `--json`, readable text on stderr otherwise.
 *
 * @returns the exit code
 */
export function reportError(error: unknown, output: Output, json: boolean): number {
  if (error instanceof ArchonError) {
    printDiagnostics(error.diagnostics, output, json);
    return EXIT.usage;
  }
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  if (json) output.json({ error: { internal: text } });
  output.info(`Internal error; this is a bug in Archon DSE or in a plugin.\n${text}`);
  return EXIT.internal;
}

function printDiagnostics(diagnostics: readonly Diagnostic[], output: Output, json: boolean): void {
  if (json) output.json({ error: { diagnostics } });
  else for (const diagnostic of diagnostics) output.info(`${formatDiagnostic(diagnostic, { color: output.color })}\n`);
}
