import type { Layer, Network, PlainLayer, TensorShape } from '@archon-dse/core';
import { checkLayer, outputShape } from '../operations/table.js';
import { inferShapes } from '../shapes.js';

/** What a layer of the network under construction gives; pass it to the layers that read it. */
export interface Tensor {
  /** Name of the layer. */
  readonly name: string;
  readonly shape: TensorShape;
  /** What layers derived from this one are named after: `b1.expand` for `b1.expand` and `b1.expand.bn`. */
  readonly stem: string;
}

/** A layer before the builder has added its inputs and block. */
export type NewLayer = Layer extends infer L ? (L extends Layer ? Omit<L, 'inputs' | 'block'> : never) : never;

export type NetworkHead = Pick<Network, 'id' | 'input' | 'classes' | 'batch'>;

/** The layers of a network under construction: each one is checked as it is added. */
export abstract class LayerStack {
  /** The image. */
  readonly input: Tensor;
  private readonly layers: Layer[] = [];
  private readonly head: NetworkHead;
  private label = 'head';

  constructor(head: NetworkHead) {
    this.head = head;
    this.layers.push({ name: 'input', op: 'input', inputs: [], block: this.label, role: 'input' });
    this.input = { name: 'input', shape: head.input, stem: 'input' };
  }

  /** Labels the layers added from now on: `head` (from the start), `b0`, `b1`, ... or `tail`. */
  block(label: string): void {
    this.label = label;
  }

  /** The finished network, checked as a whole. */
  build(): Network {
    const network: Network = { ...this.head, layers: [...this.layers] };
    inferShapes(network);
    return network;
  }

  /** Adds a layer that is named after what it reads. */
  protected derive(op: PlainLayer['op'], role: string, suffix: string, from: Tensor): Tensor {
    return this.push({ name: `${from.stem}.${suffix}`, op, role }, [from], from.stem);
  }

  protected push(part: NewLayer, from: readonly Tensor[], stem = part.name): Tensor {
    const layer: Layer = { ...part, inputs: from.map((tensor) => tensor.name), block: this.label };
    checkLayer(layer);
    const shape = outputShape(
      layer,
      from.map((tensor) => tensor.shape),
    );
    this.layers.push(layer);
    return { name: layer.name, shape, stem };
  }
}
