import { basename } from 'node:path';
import { ArchonError, ERROR_CODES, type Diagnostic, type SourceLocation } from '@archon-dse/core';
import { enterPlugin, inTask, nameOf, type Culprit } from './plugin-call.js';
import { excerpt, isError, safeMember, safeText, safeTextMember } from './safe-text.js';

export type { Culprit } from './plugin-call.js';

const MOST_DIAGNOSTICS = 100;
const LONGEST_MESSAGE = 10_000;
const LONGEST_STACK = 20_000;
const CODES: ReadonlySet<unknown> = new Set(ERROR_CODES);

/** One line about anything that was thrown: its kind, its message and where it came from. */
export function describeThrown(error: unknown): string {
  if (!isError(error)) return `threw ${safeText(error)}`;
  const frame = firstFrame(safeTextMember(error, 'stack', LONGEST_STACK) ?? '');
  const where = frame === undefined ? '' : ` (${frame})`;
  return `${safeTextMember(error, 'name') ?? 'Error'}: ${safeTextMember(error, 'message') ?? ''}${where}`;
}

/** Where this code is and what calls it: errors that come from here have no place in a plugin. */
const OWN_FILES = /\/(host|@archon-dse)\/(engine|runner)\/(src|dist)\//;

/** `file.js:LINE` where a stack begins, or of its first frame that is not Node's own. */
function firstFrame(stack: string): string | undefined {
  const [, start, startLine] = /^(file:\S+):(\d+)\n/.exec(stack) ?? [];
  if (start !== undefined) return `${basename(start)}:${startLine ?? ''}`;
  for (const [, file = '', line = ''] of stack.matchAll(/\n\s+at .*?([^\s()]+):(\d+):\d+\)?(?=\n|$)/g)) {
    if (!file.startsWith('node:')) return OWN_FILES.test(file) ? undefined : `${basename(file)}:${line}`;
  }
  return undefined;
}

/** The stack of an error with its paths, as the member of a diagnostic. */
export function stackOf(error: unknown): Pick<Diagnostic, 'stack'> {
  const stack = isError(error) ? safeTextMember(error, 'stack', LONGEST_STACK) : undefined;
  return stack === undefined ? {} : { stack };
}

/**
 * Runs plugin code, or code of ours on what a plugin made. Whatever it throws becomes an ArchonError that names the plugin.
 *
 * @param doing - what was going on, e.g. `building the network`
 * @param act - returns data of ours, such as a copy: what a plugin returns may have a `then` that promises further on would call
 * @throws ArchonError the one thrown, with plugin and layer added; ARCHON_PLUGIN_THREW for anything else
 */
export function blame<T>(culprit: Culprit, doing: string, act: () => T | Promise<T>): Promise<T> {
  return inTask(async () => {
    try {
      return await enterPlugin({ culprit, doing }, act);
    } catch (error) {
      throw accusation(culprit, doing, error);
    }
  });
}

/** What {@link blame} makes of `error`. */
export function accusation(culprit: Culprit, doing: string, error: unknown): ArchonError {
  const { plugin, layer } = culprit;
  const place = { plugin, ...(layer === undefined ? {} : { layer }) };
  const diagnostics = diagnosticsOf(error);
  if (diagnostics !== undefined) {
    const [first, ...rest] = diagnostics;
    const named = (item: Diagnostic): Diagnostic => ({ ...stackOf(error), ...item, ...place });
    return new ArchonError(named(first), ...rest.map(named));
  }
  return new ArchonError({
    code: 'ARCHON_PLUGIN_THREW',
    message: `${nameOf(culprit)} failed while ${doing}: ${describeThrown(error)}`,
    expected: 'no exception, or an ArchonError that says what is wrong',
    ...place,
    ...stackOf(error),
  });
}

/**
 * The diagnostics of an ArchonError, also one of another copy of core; `undefined` for any other value, such as one that only looks like
 * it. They are copies: texts are texts, and no longer than people can read.
 */
export function diagnosticsOf(error: unknown): readonly [Diagnostic, ...Diagnostic[]] | undefined {
  if (!isError(error) || safeMember(error, 'name') !== 'ArchonError') return undefined;
  const listed = safeMember(error, 'diagnostics');
  if (!Array.isArray(listed)) return undefined;
  try {
    const copies = listed.slice(0, MOST_DIAGNOSTICS).map(diagnosticOf);
    const [first, ...rest] = copies.filter((copy) => copy !== undefined);
    return first === undefined || rest.length + 1 < copies.length ? undefined : [first, ...rest];
  } catch {
    return undefined;
  }
}

/** One diagnostic for several, for a record: the first, with the messages of all and without the paths of a stack. */
export function mergeDiagnostics(diagnostics: readonly [Diagnostic, ...Diagnostic[]]): Diagnostic {
  const first: Record<string, unknown> = { ...diagnostics[0] };
  delete first['stack'];
  return { ...(first as unknown as Diagnostic), message: diagnostics.map(({ message }) => message).join('\n') };
}

const TEXTS = ['path', 'expected', 'hint', 'frame', 'plugin', 'layer', 'stack'] as const;

function diagnosticOf(value: unknown): Diagnostic | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const code = safeMember(value, 'code');
  const message = safeTextMember(value, 'message', LONGEST_MESSAGE);
  if (!CODES.has(code) || message === undefined) return undefined;
  const texts = TEXTS.flatMap((name) => {
    const text = safeTextMember(value, name, LONGEST_STACK);
    return text === undefined ? [] : [[name, text] as const];
  });
  const location = locationOf(safeMember(value, 'location'));
  return {
    code: code as Diagnostic['code'],
    message,
    ...Object.fromEntries(texts),
    ...(location === undefined ? {} : { location }),
  };
}

function locationOf(value: unknown): SourceLocation | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const file = safeTextMember(value, 'file');
  const [line, column, length] = ['line', 'column', 'length'].map((name) => safeMember(value, name));
  if (file === undefined || typeof line !== 'number' || typeof column !== 'number' || typeof length !== 'number') {
    return undefined;
  }
  return { file: excerpt(file), line, column, length };
}
