import { iterations, type NestLoop } from './nest-loops.js';
import type { Measure, Operand } from './operand.js';

/** What is asked about a part of an operand that loops move: by its words that are not zero. */
export interface Question {
  readonly operand: Operand;
  readonly loops: readonly NestLoop[];
  /** The loops that touch the part. */
  readonly part: readonly NestLoop[];
  /** Offset the loops begin at; 0 unless given. */
  readonly origin?: number;
  readonly measure: Measure;
}

/**
 * Mean over all iterations of the product of two questions about different operands: exact where both have masks; else the product of
 * the means, which is the expectation, since operands are independent.
 */
export function pairMean(a: Question, b: Question): number {
  const first = moving(a);
  const second = moving(b);
  if (a.operand.model !== undefined || b.operand.model !== undefined) {
    return a.operand.meanOf(a.measure, first, a.part) * b.operand.meanOf(b.measure, second, b.part);
  }
  const shared = first.filter((loop) => second.includes(loop));
  const others = sumsBy(b, shared);
  const total = sumsBy(a, shared).reduce((sum, value, at) => sum + value * (others[at] ?? 0), 0);
  const alone = [...first, ...second].filter((loop) => !shared.includes(loop));
  return total / iterations(shared) / iterations(alone);
}

function moving({ operand, loops }: Question): readonly NestLoop[] {
  return loops.filter((loop) => operand.moves(loop));
}

/** For each iteration of the shared loops the sum over the operand's own. */
function sumsBy(question: Question, shared: readonly NestLoop[]): Float64Array {
  const { operand, part, origin = 0, measure } = question;
  const alone = moving(question).filter((loop) => !shared.includes(loop));
  if (measure === 'any') return new Float64Array(iterations(shared)).fill(iterations(alone));
  const answer = operand.answer(measure, part);
  const own = operand.offsets(alone);
  return Float64Array.from(operand.offsets(shared), (base) => {
    let sum = 0;
    for (const offset of own) sum += answer(origin + base + offset);
    return sum;
  });
}
