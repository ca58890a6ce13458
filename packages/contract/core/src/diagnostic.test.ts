import { describe, expect, it } from 'vitest';
import { ArchonError, changingDiagnostics, type Diagnostic } from './diagnostic.js';

const PROBLEMS = [
  { code: 'ARCHON_BAD_OPTION', message: 'a', path: 'options.a' },
  { code: 'ARCHON_UNKNOWN_OPTION', message: 'b' },
] as const satisfies readonly Diagnostic[];
const named = (diagnostic: Diagnostic): Diagnostic => ({ ...diagnostic, message: `x: ${diagnostic.message}` });

/** What is thrown instead of an error. */
function changed(error: Error): unknown {
  const act = (): never => {
    throw error;
  };
  try {
    return changingDiagnostics(act, named);
  } catch (other) {
    return other;
  }
}

describe('changingDiagnostics', () => {
  it('gives what comes back', () => {
    expect(changingDiagnostics(() => 7, named)).toBe(7);
  });

  it('changes all diagnostics of an error', () => {
    const error = changed(new ArchonError(...PROBLEMS));
    expect(error).toBeInstanceOf(ArchonError);
    expect(error).toMatchObject({
      message: 'x: a\nx: b',
      diagnostics: [
        { code: 'ARCHON_BAD_OPTION', message: 'x: a', path: 'options.a' },
        { code: 'ARCHON_UNKNOWN_OPTION', message: 'x: b' },
      ],
    });
  });

  it('lets other errors pass as they are', () => {
    const error = new RangeError('a');
    expect(changed(error)).toBe(error);
  });
});
