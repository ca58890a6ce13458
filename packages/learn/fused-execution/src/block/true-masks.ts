import type { PlanNode } from '@archon-dse/tensor';
import { placeIn } from '../channels.js';
import type { LayerRun } from '../layers/layer-run.js';
import type { BlockLayer, FusedBlock, Masks } from './fused-block.js';
import { shapeOf } from './shape-of.js';

/** The masks of a block without predictor: the true signs, for which its first two convolutions are computed layer by layer. */
export class TrueMasks implements Masks {
  readonly first: Uint8Array;
  readonly second: Uint8Array;
  private readonly layers: LayerRun;
  private readonly block: FusedBlock;
  private readonly nodes: readonly PlanNode[];

  /** @param layers - computes the layers; what it holds of the block is overwritten */
  constructor(layers: LayerRun, block: FusedBlock) {
    const [first, second, third] = block.layers;
    const size = ({ conv }: BlockLayer): number =>
      shapeOf(layers.plan, conv.name).reduce((product, side) => product * side, 1);
    const inner = layers.plan.nodes.filter(({ name }) => block.nodes.has(name));
    this.first = new Uint8Array(size(first));
    this.second = new Uint8Array(size(second));
    this.layers = layers;
    this.block = block;
    this.nodes = inner.slice(
      0,
      inner.findIndex(({ name }) => name === third.conv.name),
    );
  }

  run(x: Float32Array): void {
    this.layers.plane(this.block.input).set(x);
    for (const node of this.nodes) this.layers.step(node);
    this.readSigns(this.block.layers[0], this.first);
    this.readSigns(this.block.layers[1], this.second);
  }

  private readSigns({ gate }: BlockLayer, masks: Uint8Array): void {
    if (gate === undefined) return;
    this.layers.plane(gate.node.inputs[0] ?? '').forEach((value, at) => {
      masks[placeIn(gate.order, at)] = value > 0 ? 1 : 0;
    });
  }
}
