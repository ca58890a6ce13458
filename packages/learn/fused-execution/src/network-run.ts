import type { ModelPlan, NamedTensors, PlanNode } from '@archon-dse/tensor';
import { BlockRun } from './block/block-run.js';
import { findFusedBlocks } from './block/fused-block.js';
import { LayerRun } from './layers/layer-run.js';

/** A network whose predicted blocks run as one convolution each, and everything else layer by layer. */
export class FusedNetwork {
  readonly blocks: readonly BlockRun[];
  private readonly layers: LayerRun;
  /** Nodes that need computing, in order; a block stands at its output. */
  private readonly steps: readonly { readonly node: PlanNode; readonly block: BlockRun | undefined }[];

  /**
   * @throws RangeError when no block of the plan is predicted, a tensor is missing, or a kernel that is kept ternary is not
   */
  constructor(plan: ModelPlan, tensors: NamedTensors) {
    this.layers = new LayerRun(plan, tensors);
    this.blocks = predictedBlocksOf(plan).map((block) => new BlockRun(plan, tensors, block));
    if (this.blocks.length === 0) throw new RangeError('the network has no block with a predictor');
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

/** The blocks of a plan whose ReLUs are gates. */
export function predictedBlocksOf(plan: ModelPlan) {
  return findFusedBlocks(plan, new Set(plan.nodes.filter(({ op }) => op === 'gate').map(({ name }) => name)));
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
