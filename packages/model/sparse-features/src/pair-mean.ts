import { iterations, type NestLoop } from './nest-loops.js';
import type { Operand } from './operand.js';

/** What is asked about a part of an operand that loops move: a function of its words that are not zero. */
export interface Question {
  readonly operand: Operand;
  readonly loops: readonly NestLoop[];
  /** The loops that touch the part. */
  readonly part: readonly NestLoop[];
  /** Offset the loops begin at; 0 unless given. */
  readonly origin?: number;
  readonly of: (count: number) => number;
}

/**
 * Mean over all iterations of the product of two questions about different operands: exact where both have masks; else the product of
 * the means, which is the expectation, since operands are independent.
 */
export function pairMean(a: Question, b: Question): number {
  const first = moving(a);
  const second = moving(b);
  if (a.operand.model !== undefined || b.operand.model !== undefined) {
    return a.operand.meanOver(first, a.part, a.of) * b.operand.meanOver(second, b.part, b.of);
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
  const { operand, part, origin = 0, of } = question;
  const counter = operand.counter(part);
  const own = operand.offsets(moving(question).filter((loop) => !shared.includes(loop)));
  return Float64Array.from(operand.offsets(shared), (base) => {
    let sum = 0;
    for (const offset of own) sum += of(counter(origin + base + offset));
    return sum;
  });
}
