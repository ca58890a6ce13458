import { FormulaError, parseFormula, type Formula } from '@archon-dse/core';
import type { TextNode } from './nodes.js';
import type { Place, Problems } from './problems.js';

/** A formula of a file. */
export interface LocatedFormula {
  readonly formula: Formula;
  /** Where a piece of the formula stands in the file. */
  readonly placeOf: (at: number, length: number) => Place;
}

/** Reads a formula; reports a text that is none where it goes wrong. */
export function readFormula(node: TextNode, problems: Problems): LocatedFormula | undefined {
  const shift = problems.textAt(node).indexOf(node.value);
  const placeOf = (at: number, length: number): Place => {
    const start = node.span.start + shift + at;
    return shift < 0 ? node : { path: node.path, span: { start, end: start + length } };
  };
  try {
    return { placeOf, formula: parseFormula(node.value) };
  } catch (error) {
    if (!(error instanceof FormulaError)) throw error;
    const { message, expected, hint, at, length } = error;
    problems.add(placeOf(at, length), {
      code: 'ARCHON_SWEEP_BAD_VALUE',
      message: `${node.path}: ${message}`,
      expected,
      ...(hint === undefined ? {} : { hint }),
    });
    return undefined;
  }
}
