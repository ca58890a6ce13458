import type { ModelPlan, NamedTensors, PlanNode } from '@archon-dse/tensor';
import { BlockRun, mainOf } from './block/block-run.js';
import { findFusedBlocks } from './block/fused-block.js';
import { TrueMasks } from './block/true-masks.js';
import { LayerRun } from './layers/layer-run.js';
import { PredictedMasks } from './prediction/predicted-masks.js';

/** Where masks come from: the predictors of the plan, or the true signs at ReLUs of these names. */
export type MaskSource = 'predictors' | { readonly trueSignsOf: readonly string[] };

/** A network whose blocks run as one convolution each, and everything else layer by layer. */
export class FusedNetwork {
  readonly blocks: readonly BlockRun[];
  private readonly layers: LayerRun;
  /** Nodes that need computing, in order; a block stands at its output. */
  private readonly steps: readonly { readonly node: PlanNode; readonly block: BlockRun | undefined }[];

  /** @throws RangeError when the plan has no block with masks, a tensor is missing, or a kernel that is kept ternary is not */
  constructor(plan: ModelPlan, tensors: NamedTensors, source: MaskSource = 'predictors') {
    const layers = new LayerRun(plan, tensors);
    this.layers = layers;
    this.blocks = blocksWithMasks(plan, source).map((block): BlockRun => {
      const masks = source === 'predictors' ? new PredictedMasks(plan, tensors, block) : new TrueMasks(layers, block);
      return new BlockRun(block, masks, mainOf(plan, tensors, block));
    });
    const byOutput = new Map(this.blocks.map((run) => [run.block.output, run]));
    const needed = neededNodes(plan, byOutput);
    this.steps = plan.nodes
      .filter(({ name }) => needed.has(name))
      .map((node) => ({ node, block: byOutput.get(node.name) }));
  }

  /** Scores of one image before the softmax, which the next run overwrites. @throws RangeError when the image has another size */
  run(image: Float32Array): Float32Array {
    const { layers } = this;
    layers.start(image);
    for (const { node, block } of this.steps) {
      if (block === undefined) layers.step(node);
      else block.run(layers.plane(block.block.input), layers.plane(node.name));
    }
    return layers.plane(layers.plan.nodes.at(-1)?.name ?? '');
  }

  /** The class of the highest score of the last image. */
  get best(): number {
    return this.layers.best;
  }
}

/** The blocks of a plan whose masks a source has. @throws RangeError when there is none */
export function blocksWithMasks(plan: ModelPlan, source: MaskSource) {
  const gates = plan.nodes.filter(({ op }) => op === 'gate').map(({ name }) => name);
  const blocks = findFusedBlocks(plan, new Set(source === 'predictors' ? gates : source.trueSignsOf));
  if (blocks.length === 0) throw new RangeError('it has no block that can be computed as one convolution');
  return blocks;
}

/** What the scores depend on when blocks read nothing but their inputs. */
function neededNodes(plan: ModelPlan, byOutput: ReadonlyMap<string, BlockRun>): ReadonlySet<string> {
  const needed = new Set([plan.nodes.at(-1)?.name ?? '']);
  for (const { name, inputs } of [...plan.nodes].reverse()) {
    if (!needed.has(name)) continue;
    const block = byOutput.get(name)?.block;
    for (const input of block === undefined ? inputs : [block.input]) needed.add(input);
  }
  return needed;
}
