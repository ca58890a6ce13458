import { printable, type Diagnostic } from '@archon-dse/core';

const RESET = '\u001b[0m';
const STYLES = { bold: '\u001b[1m', red: '\u001b[31m', dim: '\u001b[2m' } as const;

/**
 * A diagnostic as people read it: place and code, what is wrong, what was expected, the frame, and where to read more. What it quotes
 * from outside cannot reach the terminal as a control.
 *
 * @param options.color - ANSI colours; default plain text
 * @returns lines without a final line break
 */
export function formatDiagnostic(diagnostic: Diagnostic, options: { readonly color?: boolean } = {}): string {
  const paint = (style: keyof typeof STYLES, text: string) =>
    options.color === true ? `${STYLES[style]}${printable(text)}${RESET}` : printable(text);
  const { code, location, frame, plugin, layer } = diagnostic;
  const place = location && `${location.file}:${String(location.line)}:${String(location.column)}`;
  const origin = [plugin && `plugin ${plugin}`, layer && `layer ${layer}`].filter(Boolean).join(', ');
  const body = [
    printable(diagnostic.message),
    diagnostic.expected && printable(`expected ${diagnostic.expected}`),
    diagnostic.hint && printable(diagnostic.hint),
    origin && printable(`in ${origin}`),
    diagnostic.stack && printable(diagnostic.stack),
    frame && printable(frame).replace(/\^+$/m, (carets) => paint('red', carets)),
    paint('dim', `archon docs ${code}`),
  ];
  const head = [place && paint('bold', place), paint('red', code)].filter(Boolean).join('  ');
  return [head, ...body.filter(Boolean).flatMap((part) => indent(part ?? ''))].join('\n');
}

function indent(text: string): string[] {
  return text.split('\n').map((line) => `  ${line}`);
}
