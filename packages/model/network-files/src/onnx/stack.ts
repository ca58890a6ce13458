import type { Layer, TensorShape } from '@archon-dse/core';
import { outputShape } from '@archon-dse/workload';
import { unsupported } from './refusal.js';
import { axesOf, sameAxes, shapeIn, type Activation, type View } from './value.js';

/** A layer before it has a name of its own and its inputs. */
export type NewLayer = Layer extends infer L ? (L extends Layer ? Omit<L, 'inputs' | 'block' | 'name'> : never) : never;

/** What brings values of a layer into a view. */
function moveOf({ shuffle, dims }: Activation, view: View, shape: TensorShape): NewLayer {
  const isShuffle = shuffle?.isDealt === true && view === 'planes' && dims.length === 4;
  return isShuffle
    ? { op: 'channelShuffle', role: 'shuffle', groups: shuffle.groups }
    : { op: 'move', role: 'move', shape };
}

/** The layers of a network under construction, with their shapes. */
export class Stack {
  readonly layers: Layer[] = [];
  private readonly shapes = new Map<string, TensorShape>();
  private readonly taken = new Set<string>();

  /**
   * Adds a layer under its name, or a number behind it where that is taken.
   *
   * @throws ArchonError ARCHON_NETWORK_INVALID where it does not fit its inputs
   */
  add(name: string, part: NewLayer, inputs: readonly string[], input?: TensorShape): string {
    const unique = this.unique(name);
    const layer = { name: unique, ...part, inputs, block: 'head' } as Layer;
    const shapes = inputs.map((one) => this.shapeOf(one));
    this.shapes.set(unique, input ?? outputShape(layer, shapes));
    this.layers.push(layer);
    return unique;
  }

  shapeOf(layer: string): TensorShape {
    return this.shapes.get(layer) ?? [0, 0, 0];
  }

  /** The layer that gives a tensor in a view; one that moves values is added where none does. */
  use(value: Activation, view: View): string {
    const made = value.made.get(view);
    if (made !== undefined) return made;
    const shape = shapeIn(view, value.dims);
    if (shape === undefined) {
      unsupported(`it reads a tensor of [${value.dims.join(',')}] as an image`, 'one image, [1,channels,rows,columns]');
    }
    const name = this.isThere(value, view, shape)
      ? value.layer
      : this.add(value.movedBy ?? `${value.layer}.${view}`, moveOf(value, view, shape), [value.layer]);
    value.made.set(view, name);
    return name;
  }

  private isThere({ dims, shape: has, axes, inOrder }: Activation, view: View, shape: TensorShape): boolean {
    const wanted = axesOf(view, dims);
    if (axes !== undefined && wanted !== undefined) return sameAxes(axes, wanted, dims);
    return inOrder && has.every((size, axis) => size === shape[axis]);
  }

  private unique(name: string): string {
    const plain = name.replace(/^\/+/, '') || 'node';
    const base = plain === '__proto__' ? 'node' : plain;
    let unique = base;
    for (let count = 2; this.taken.has(unique); count += 1) unique = `${base}.${count}`;
    this.taken.add(unique);
    return unique;
  }
}
