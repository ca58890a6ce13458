import type { ModelPlan } from '@archon-dse/tensor';
import type { GraphBuilder, Value } from './graph.js';
import { ELEMENT } from '@archon-dse/network-files/onnx-format';

export interface Loss {
  /** Sum of the cross-entropy over the batch; a label of -1 adds nothing. */
  readonly sum: Value;
  readonly correct: Value;
  /** Gradient of the sum by the scores; rows with label -1 are of no use. */
  readonly errors: Value;
}

/** Cross-entropy of the softmax of the scores, batch x classes, with the input `labels`. */
export function emitLoss(g: GraphBuilder, { classes }: ModelPlan, scores: Value): Loss {
  const shifted = g.op('Sub', [scores, g.reduce('ReduceMax', scores, [1], 1)]);
  const powers = g.op('Exp', [shifted]);
  const total = g.reduce('ReduceSum', powers, [1], 1);
  const logs = g.op('Sub', [shifted, g.op('Log', [total])]);
  const labels = g.op('Cast', ['labels'], { to: ELEMENT.int64 });
  const columns = g.ints(Array.from({ length: classes }, (_, index) => index));
  const hits = g.op('Equal', [g.reshape(labels, [-1, 1]), columns]);
  const truth = g.op('Cast', [hits], { to: ELEMENT.float });
  const best = g.op('ArgMax', [scores], { axis: 1, keepdims: 0 });
  const right = g.op('Cast', [g.op('Equal', [best, labels])], { to: ELEMENT.float });
  return {
    sum: g.op('Neg', [g.reduce('ReduceSum', g.op('Mul', [truth, logs]))]),
    correct: g.reduce('ReduceSum', right),
    errors: g.op('Sub', [g.op('Div', [powers, total]), truth]),
  };
}
