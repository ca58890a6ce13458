import { sumGateCounts, type GateCounts, type ModelPlan, type PlanNode } from '@archon-dse/tensor';
import type { PlanGraph } from './plan-graph.js';

const COUNTS = ['positive', 'predicted', 'both'] as const;

/** Name of the graph output that counts something at a gate, one value an image. */
function outputName(node: string, count: (typeof COUNTS)[number]): string {
  return `${node}:${count}`;
}

/** Emits what {@link readGates} reads: counts of single images, as those of a batch need not be exact in single precision. */
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
  const gates = plan.nodes.flatMap((node) => {
    if (node.op !== 'gate') return [];
    const counted = (count: (typeof COUNTS)[number]): Float32Array => read(outputName(node.name, count));
    const counts = { positive: counted('positive'), predicted: counted('predicted'), both: counted('both') };
    return [[node.name, sumGateCounts(node, labels, counts)] as const];
  });
  return Object.fromEntries(gates);
}
