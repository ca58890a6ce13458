import type { GateCounts, ModelPlan, PlanNode } from '@archon-dse/tensor';
import type { PlanGraph } from './plan-graph.js';

const COUNTS = ['positive', 'predicted', 'both'] as const;

/** Name of the graph output that counts something at a gate, one value an image. */
function outputName(node: string, count: (typeof COUNTS)[number]): string {
  return `${node}:${count}`;
}

/** Emits what {@link readGates} reads. Counts of single images are exact in single precision; those of a batch need not be. */
export function countGate(at: PlanGraph, node: PlanNode): void {
  const { g, plan } = at;
  const [positive = '', predicted = ''] = at.inputs(node).map((value) => g.above(value, g.float(0)));
  const counted = { positive, predicted, both: g.op('Mul', [positive, predicted]) };
  for (const count of COUNTS) {
    const port = { name: outputName(node.name, count), shape: [plan.batch], type: 'float' } as const;
    g.output(port, g.reduce('ReduceSum', counted[count], [1, 2, 3]));
  }
}

/** The counts of all gates over the images with a label. @param read - values of a graph output */
export function readGates(
  plan: ModelPlan,
  labels: Int32Array,
  read: (name: string) => Float32Array,
): Readonly<Record<string, GateCounts>> {
  const images = labels.reduce((count, label) => count + Number(label >= 0), 0);
  const gates = plan.nodes.flatMap(({ op, name, shape }) => {
    if (op !== 'gate') return [];
    const [positive = 0, predicted = 0, both = 0] = COUNTS.map((count) => {
      const counted = read(outputName(name, count));
      return labels.reduce((sum, label, image) => sum + (label >= 0 ? (counted[image] ?? 0) : 0), 0);
    });
    const values = images * shape[0] * shape[1] * shape[2];
    return [[name, { values, positive, predicted, both }] as const];
  });
  return Object.fromEntries(gates);
}
