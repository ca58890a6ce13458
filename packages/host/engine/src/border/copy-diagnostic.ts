import { ERROR_CODES, type Diagnostic, type SourceLocation } from '@archon-dse/core';
import { excerpt, safeMember, safeTextMember } from './safe-text.js';

const LONGEST_MESSAGE = 10_000;
/** In characters. */
export const LONGEST_STACK = 20_000;
const CODES: ReadonlySet<unknown> = new Set(ERROR_CODES);
const TEXTS = ['path', 'expected', 'hint', 'frame', 'plugin', 'layer', 'stack'] as const;

/** A diagnostic that may be anything, as one: texts are texts, and no longer than people can read. Nothing when it is none. */
export function copyDiagnostic(value: unknown): Diagnostic | undefined {
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
