import { ArchonError, fileRefusal, printable, printableLine, type Diagnostic } from '@archon-dse/core';
import { LiveArea } from './live-area.js';
import { formatDiagnostic } from '@archon-dse/config/format';
import { claimStdout } from './claim-stdout.js';

/**
 * Where a command writes. Results go to stdout, everything else to stderr. Texts may come from outside, from files, plugins or servers:
 * whatever a terminal would obey in them is written out.
 */
export interface Output {
  result(text: string): void;
  /** A part of a result that is a file to other programs: as it is, but on a terminal. */
  data(text: string): void;
  /** The one JSON document of a `--json` run. */
  json(value: unknown): void;
  info(text: string): void;
  /** An error for people, in colours on a terminal. */
  diagnostic(diagnostic: Diagnostic): void;
  /** Lines below all others that are drawn again in place; off a terminal there are none. */
  live(lines: readonly string[]): void;
  /** Leaves the last such lines where they are. */
  keepLive(): void;
  /** Width of the terminal. */
  readonly columns: number;
  /** Whether stderr is a terminal on which lines can be drawn again. */
  readonly errorIsTerminal: boolean;
  /** Whether errors show where a plugin threw, with all its paths. */
  readonly showStack: boolean;
}

/** Where texts end up. */
export interface Streams {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** Where lines are drawn again, of a terminal. */
  readonly area?: LiveArea;
  /** False unless given. */
  readonly outIsTerminal?: boolean;
  readonly errorIsTerminal: boolean;
  readonly color: boolean;
  /** False unless given. */
  readonly showStack?: boolean;
}

/** Output on the process's streams, stdout being claimed; colour only on a terminal and without NO_COLOR. */
export function processOutput(): Output {
  const errorIsTerminal = process.stderr.isTTY === true && process.env['TERM'] !== 'dumb';
  watchStreams();
  return outputTo({
    out: claimStdout(),
    outIsTerminal: process.stdout.isTTY === true,
    err: (text) => void process.stderr.write(text),
    ...(errorIsTerminal ? { area: new LiveArea(process.stderr) } : {}),
    errorIsTerminal,
    color: errorIsTerminal && !process.env['NO_COLOR'],
    showStack: process.argv.includes('--stack') || !['', '0', undefined].includes(process.env['ARCHON_STACK']),
  });
}

export function outputTo(streams: Streams): Output {
  const { out, err, area, outIsTerminal = false, errorIsTerminal, color, showStack = false } = streams;
  const write = (to: Streams['out'], text: string): void => {
    if (area === undefined) to(text);
    else area.interrupt(() => to(text));
  };
  return {
    result: (text) => {
      write(out, `${printable(text)}\n`);
    },
    data: (text) => {
      write(out, outIsTerminal ? printable(text) : text);
    },
    json: (value) => {
      write(out, `${printable(JSON.stringify(value, null, 2))}\n`);
    },
    info: (text) => {
      write(err, `${printable(text)}\n`);
    },
    diagnostic: (diagnostic) => {
      write(err, `${formatDiagnostic(diagnostic, { color })}\n\n`);
    },
    live: (lines) => area?.draw(lines.map(printableLine)),
    keepLive: () => area?.keep(),
    get columns() {
      return area?.columns ?? 80;
    },
    errorIsTerminal,
    showStack,
  };
}

/**
 * A reader that has seen enough, as in `archon ... | head`, stops nothing: the work goes on, and its exit code is the work's. A result that
 * is lost otherwise, as on a full disk, is an error; nobody can be told of lines lost on stderr.
 */
function watchStreams(): void {
  if (process.stdout.listeners('error').includes(onLostResult)) return;
  process.stdout.on('error', onLostResult);
  process.stderr.on('error', () => undefined);
}

function onLostResult(error: NodeJS.ErrnoException): void {
  const refused = fileRefusal(error);
  if (error.code === 'EPIPE' || refused === undefined) return;
  const message = refused.message.replace(/^[^:]*/, 'the result could not be written');
  process.stderr.write(`${formatDiagnostic({ ...refused, message })}\n`);
  process.on('exit', () => {
    process.exitCode = EXIT.usage;
  });
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
    if (json) output.json({ error: { diagnostics: shownDiagnostics(error.diagnostics, output) } });
    else printDiagnostics(error.diagnostics, output);
    return EXIT.usage;
  }
  const refused = fileRefusal(error);
  if (refused !== undefined) {
    if (json) output.json({ error: { diagnostics: [refused] } });
    else printDiagnostics([refused], output);
    return EXIT.usage;
  }
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  if (json) output.json({ error: { internal: text } });
  output.info(`Internal error; this is a bug in Archon DSE or in a plugin.\n${text}`);
  return EXIT.internal;
}

/** Diagnostics as the user wants them: with the stack of a plugin, or without. */
export function shownDiagnostics(diagnostics: readonly Diagnostic[], { showStack }: Output): readonly Diagnostic[] {
  if (showStack) return diagnostics;
  return diagnostics.map((diagnostic) => {
    const shown: Diagnostic & { stack?: string } = { ...diagnostic };
    delete shown.stack;
    return shown;
  });
}

/** Prints diagnostics for people. */
export function printDiagnostics(diagnostics: readonly Diagnostic[], output: Output): void {
  for (const diagnostic of shownDiagnostics(diagnostics, output)) output.diagnostic(diagnostic);
}
