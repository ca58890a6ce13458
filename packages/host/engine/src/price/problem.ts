import { ArchonError, type Diagnostic } from '@archon-dse/core';
import { excerpt } from '../border/safe-text.js';

/** The longest name of a plugin's in a message. */
export const LONGEST_NAME = 200;

/** What is wrong with a run, what was expected, the layer it is in, and what may help. */
export type Problem = readonly [
  message: string,
  expected: string,
  layer?: string | undefined,
  hint?: string | undefined,
];

/** @throws ArchonError ARCHON_RESULT_INVALID, one diagnostic for each problem; nothing where there is none */
export function refuse(problems: readonly Problem[]): void {
  const [first, ...rest] = problems.map(diagnosticOf);
  if (first !== undefined) throw new ArchonError(first, ...rest);
}

function diagnosticOf([message, expected, layer, hint]: Problem): Diagnostic {
  const name = layer === undefined ? undefined : excerpt(layer, LONGEST_NAME);
  return {
    code: 'ARCHON_RESULT_INVALID',
    message: name === undefined ? message : `layer "${name}": ${message}`,
    expected,
    ...(name === undefined ? {} : { layer: name }),
    ...(hint === undefined ? {} : { hint }),
  };
}
