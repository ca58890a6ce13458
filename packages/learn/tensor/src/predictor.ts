import { fail } from '@archon-dse/core';
import type { DraftNode } from './lower-layer.js';
import { QUANTISER, type ConvNode, type KernelUse, type WeightPlan } from './plan.js';
import type { PredictorSpec } from './training-spec.js';

/** Name of the predictor's copy of a node. */
export function predictorName(node: string): string {
  return `${node}.predictor`;
}

interface WithPredictors {
  readonly nodes: readonly DraftNode[];
  readonly weights: readonly WeightPlan[];
  /** Nodes whose outputs are predicted, so that no gradient reaches them: convolutions and BatchNorms. */
  readonly predicted: ReadonlySet<string>;
}

/**
 * Puts a copy of each chain convolution -> BatchNorm -> ReLU beside a predicted ReLU: ternary kernel, quantised input, BatchNorm of
 * its own. The ReLU becomes a gate. A copy reads the copy of the predicted ReLU before it where there is one, not the actual values.
 *
 * @throws ArchonError ARCHON_NETWORK_INVALID when a name is no ReLU or something else stands between it and its convolution
 */
export function addPredictors(
  spec: PredictorSpec | undefined,
  drafts: readonly DraftNode[],
  weights: readonly WeightPlan[],
): WithPredictors {
  if (spec === undefined) return { nodes: drafts, weights, predicted: new Set() };
  const byName = new Map(drafts.map((draft) => [draft.name, draft]));
  const chains = new Map(spec.relus.map((relu) => [relu, chainTo(relu, byName)]));
  const layers = [...chains.values()].flatMap(({ conv, between }) => [conv, ...between]);
  const predicted = new Set(layers.map(({ name }) => name));
  const nodes = drafts.flatMap((draft): DraftNode[] => {
    const chain = chains.get(draft.name);
    if (chain !== undefined) return predictRelu(spec, draft, chain, chains);
    return draft.op === 'batchNorm' && predicted.has(draft.name) ? [{ ...draft, training: false }] : [draft];
  });
  const copies = weights.filter(
    ({ name }) => predicted.has(name.slice(0, name.lastIndexOf('/'))) && isCopied(spec, name),
  );
  return { nodes, weights: [...weights, ...copies.map(copyWeight)], predicted };
}

interface Chain {
  /** What the convolution reads, and before that what a channel shuffle in front of it reads. */
  readonly source: DraftNode;
  readonly conv: Omit<ConvNode, 'differentiable'>;
  readonly between: readonly DraftNode[];
}

/** The convolution a ReLU belongs to and what stands between the two. */
function chainTo(relu: string, byName: ReadonlyMap<string, DraftNode>): Chain {
  const node = byName.get(relu);
  if (node?.op !== 'relu') unpredictable(relu, node === undefined ? 'there is no such layer' : `it is a ${node.op}`);
  const before = (of: DraftNode | undefined): DraftNode | undefined => byName.get(of?.inputs[0] ?? '');
  const between: DraftNode[] = [];
  let next = before(node);
  while (next?.op === 'batchNorm' || next?.op === 'channelShuffle') {
    between.unshift(next);
    next = before(next);
  }
  const source = before(next);
  if (source !== undefined && (next?.op === 'conv' || next?.op === 'depthwise')) return { source, conv: next, between };
  return unpredictable(relu, `it follows "${next?.name}" (${next?.op})`);
}

/** The copy of a chain, and the gate that takes the place of its ReLU. */
function predictRelu(
  spec: PredictorSpec,
  relu: DraftNode,
  { source, conv, between }: Chain,
  chains: ReadonlyMap<string, Chain>,
): DraftNode[] {
  const own = predictorName(conv.name);
  const quantised = `${own}.input`;
  const shuffled = source.op === 'channelShuffle' && source.inputs.some((name) => chains.has(name));
  const isCopied = shuffled || chains.has(source.name);
  const copies = [...(shuffled ? [source] : []), ...between, relu].map((node): DraftNode => {
    const copy = { ...node, name: predictorName(node.name), inputs: node.inputs.map(predictorName) };
    return copy.op === 'batchNorm' ? { ...copy, owner: copy.name, training: true } : copy;
  });
  const from = isCopied ? predictorName(source.name) : source.name;
  return [
    ...copies.slice(0, shuffled ? 1 : 0),
    { op: 'quantise', name: quantised, inputs: [from], shape: source.shape, levels: QUANTISER },
    { ...conv, name: own, inputs: [quantised], ...copyKernel(spec, conv) },
    ...copies.slice(shuffled ? 1 : 0),
    { op: 'gate', name: relu.name, inputs: [...relu.inputs, predictorName(relu.name)], shape: relu.shape },
  ];
}

function copyKernel(spec: PredictorSpec, { name, op, groups, bias }: Chain['conv']): Pick<ConvNode, 'kernel' | 'bias'> {
  const own = predictorName(name);
  const weight = `${spec.kernels === 'frozen' ? name : own}/kernel`;
  const ternary: KernelUse['ternary'] = { groups: op === 'conv' ? groups : 1, factor: spec.gradientFactor ?? 1 };
  const kernel = spec.kernels === 'constrained' ? { weight } : { weight, ternary };
  return { kernel, bias: bias === null ? null : `${own}/bias` };
}

/** Frozen kernels stay what the kernels they predict are, which are frozen too: one tensor serves both. */
function isCopied({ kernels }: PredictorSpec, weight: string): boolean {
  return kernels !== 'frozen' || !weight.endsWith('/kernel');
}

/** The predictor starts from the weights it predicts. */
function copyWeight(weight: WeightPlan): WeightPlan {
  const at = weight.name.lastIndexOf('/');
  const name = `${predictorName(weight.name.slice(0, at))}${weight.name.slice(at)}`;
  return { ...weight, name, initial: { kind: 'copy', of: weight.name } };
}

function unpredictable(relu: string, problem: string): never {
  return fail({
    code: 'ARCHON_NETWORK_INVALID',
    message: `the sign of "${relu}" cannot be predicted: ${problem}`,
    expected: 'a ReLU after a convolution, with BatchNorms and channel shuffles between them at most',
  });
}
